"""Words with irregular forms, and words that must not be analysed.

Sources: the tables of pronouns and of the verb е- in school grammars of Kazakh.
"""

PARADIGMS: dict[str, str] = {
    # Pronouns change their stems before the endings of case.
    "мен": "бен пен мені менің маған менде менен менімен меніңше менікі",
    "сен": "сені сенің саған сенде сенен сенімен сеніңше сенікі",
    "ол": "о аны аның оны оның оған онда одан онан онымен онікі оныкі онысы онсыз "
    "олай онша",
    "бұл": "бұ мұны мұның мұнда мұнан мұнымен бұны бұның бұған бұнда бұдан бұнан "
    "бұнымен бұлай бұнша мұнша мұнысы бұнысы",
    "сол": "соны соның соған сонда содан сонан сонымен солай сонша сонысы",
    "осы": "осыны осының осыған осыдан осымен осында осыған осылай осынша осынысы",
    # Particles and conjunctions: the onset depends on the word before them.
    "да": "де та те",
    "ма": "ме ба бе па пе",
    "ғана": "қана",
    # Contracted converbs of spoken language.
    "болу": "боп",
    "келу": "кеп",
    "қылу": "қып ғып",
    "алу": "ап",
    "қалу": "қап",
    "әкелу": "әкеп",
}
"""Stem → its irregular forms."""
STEM_OF = {form: stem for stem, forms in PARADIGMS.items() for form in forms.split()}
"""Irregular form → its stem."""

BASES: dict[tuple[str, str], tuple[str, str]] = {
    ("еді", "past"): ("е", "verb"),  # едім, едің, едіңіз, едік
    ("екен", "participle"): ("е", "verb"),  # екенін, екенмін
    ("емес", "participle"): ("е", "verb"),  # емеспін, емесі
    ("жатыр", "participle"): ("жат", "verb"),  # жатырмын, жатырсыз
    ("отыр", "participle"): ("отыр", "verb"),  # отырмын
    ("тұр", "participle"): ("тұр", "verb"),
    ("жүр", "participle"): ("жүр", "verb"),
    ("бұлар", "plural"): ("бұл", "noun"),  # бұлардың, бұларға
    ("солар", "plural"): ("сол", "noun"),  # солардың
    ("бәрі", "possessed-third"): ("бәрі", "noun"),  # бәрін, бәріне
    ("баршасы", "possessed-third"): ("барша", "noun"),  # баршасын
}
"""(form, its state in the grammar) → stem and part of speech; endings may follow."""

_COLLECTIVES = {
    "екі": "екеу",
    "үш": "үшеу",
    "төрт": "төртеу",
    "бес": "бесеу",
    "алты": "алтау",
    "жеті": "жетеу",
}
BASES |= {
    (collective, state): (number, "noun")
    for number, collective in _COLLECTIVES.items()
    for state in ("noun", "collective")  # бесеуі, бесеуіміз; бесеуміз
}
BASES["жиырмасыншы", "noun"] = ("жиырма", "noun")

_FIXED = """
    және мен бірақ алайда немесе әлде яғни егер өйткені себебі сондықтан
    үшін туралы дейін сайын арқылы бойынша секілді гөрі бірге
    бұл ол сол осы мынау анау мына ана сонау осынау
    өте тек ғана әрі бүгін ертең кеше қазір енді әлі әлі-ақ қашан әрдайым әрқашан
    қайда қайдан қалай неге неліктен қандай мұндай сондай ондай осындай мынадай
    жоқ иә ия тағы тіпті мәселен мысалы ретінде
"""
FIXED = frozenset(_FIXED.split())
"""Words that are their own stems, even if they appear to have endings."""

SHORT_VERBS = {"қорық": "қорқ", "сарық": "сарқ", "ірік": "ірк", "бүрік": "бүрк"}
"""Verbs that lose their last vowel before the -у of the dictionary form."""

_TIME = """
    бүгін кеше ертең биыл былтыр қазір бұрын кейін соң дейін жыл күз көктем жаз қыс күн
    түн түс таң кеш ежел енді күндіз ай ғасыр арт сырт бағана мана әлгі түнде кешке
"""
TIME = frozenset(_TIME.split())
"""Words of time and place that take -ғы, -гі, -қы, -кі: бүгінгі, жылғы, кешкі."""

_NUMBERS = """
    бір екі үш төрт бес алты жеті сегіз тоғыз он жиырма отыз қырық елу алпыс жетпіс
    сексен тоқсан жүз мың миллион миллиард триллион неше
"""
NUMBERS = frozenset(_NUMBERS.split())
"""Words that take the ordinal's -(ы)ншы."""

_PARTICLES = "ақ ау ай мыс міс ді ды ты ті мы мі шы ші ғой қой"
PARTICLES = frozenset(_PARTICLES.split())
"""Particles after a hyphen that are not part of the word: ертең-ақ, білмейміз-ау."""
