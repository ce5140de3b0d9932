"""Endings of nouns, adjectives, numerals and participles.

The slots are stem, plural, possessive, case. Then -ғы or -нікі may follow, which reopen
the slots, and then the person of a predicate. States are named for the last ending.

Source: the tables of declension in school grammars of Kazakh.
"""

from .rules import Rule, after

OPEN = "noun participle gerund attributive"
"""States that take the plural."""

NUMBER = after(
    OPEN,
    ("plural", "LAр", "plural", "қала-лар, көл-дер, кітап-тар"),
)

POSSESSION = after(
    OPEN + " plural desire",
    ("my", "(Y)м", "possessed", "ана-м, ат-ым"),
    ("thy", "(Y)ң", "possessed", "ана-ң, ат-ың"),
    ("your", "(Y)ңYз", "possessed-long", "ана-ңыз, ат-ыңыз"),
    ("our", "(Y)мYз", "possessed-long", "ана-мыз, ел-іміз"),
    ("his", "(с)Y", "possessed-third", "ана-сы, ат-ы, министр-і"),
) + after(
    "collective",
    ("your", "ңYз", "possessed-long", "екеу-ңіз"),
    ("our", "мYз", "possessed-long", "екеу-міз, үшеу-міз"),
)

CASES = (
    *after(
        OPEN + " plural possessed-long",
        ("dative", "ҒA", "case", "қала-ға, ел-ге, ат-қа"),
    ),
    *after("possessed", ("dative", "A", "case", "анам-а, елім-е")),
    *after(
        OPEN + " plural possessed possessed-long",
        ("genitive", "NYң", "genitive", "қала-ның, ел-дің, ат-тың"),
        ("accusative", "WY", "case", "қала-ны, ел-ді, ат-ты"),
        ("locative", "DA", "locative", "қала-да, ат-та"),
        ("ablative", "TAн", "case", "қала-дан, адам-нан, ат-тан"),
    ),
    *after(
        "possessed-third",
        ("genitive", "нYң", "genitive", "анасы-ның, аты-ның"),
        ("accusative", "н", "case", "анасы-н, аты-н"),
        ("dative", "нA", "case", "анасы-на, елі-не"),
        ("locative", "ндA", "locative", "анасы-нда, елі-нде"),
        ("ablative", "нAн", "case", "анасы-нан, елі-нен"),
    ),
    *after(
        OPEN + " plural possessed possessed-long possessed-third",
        ("instrumental", "Bен", "case", "қала-мен, қыз-бен, ат-пен"),
        ("instrumental", "Bенен", "case", "қала-менен (in verse)"),
    ),
)

LIKENESS = (
    *after(
        OPEN + " plural possessed possessed-long",
        ("similative", "DAй", "adverbial", "бала-дай, ат-тай, барған-дай"),
    ),
    *after("possessed-third", ("similative", "ндAй", "adverbial", "анасы-ндай")),
    *after(
        "noun plural genitive",
        ("equative", "шA", "adverbial", "қазақ-ша, менің-ше"),
    ),
    *after("noun", ("comparative", "(Y)рAK", "noun", "жақын-ырақ, үлкен-ірек")),
)

REOPENING = (
    *after(
        "locative",
        ("attributive", "ҒY", "attributive", "қалада-ғы, мектепте-гі"),
    ),
    *after(
        OPEN + " plural possessed possessed-long",
        ("pertaining", "Nікі", "attributive", "бала-нікі, ел-дікі"),
    ),
    *after("possessed-third", ("pertaining", "нікі", "attributive", "анасы-нікі")),
    *after("time", ("attributive", "ҒY", "attributive", "бүгін-гі, қыс-қы, жыл-ғы")),
    *after(
        "number",
        ("ordinal", "(Y)ншY", "noun", "бес-інші, алты-ншы"),
        ("approximate", "LAҒAн", "noun", "он-даған, жүз-деген"),
        ("approximate", "LAп", "adverbial", "жүз-деп, мың-дап"),
    ),
)

PERSONS = after(
    OPEN + " plural possessed possessed-long possessed-third case locative adverbial",
    ("I am", "BYн", "person", "оқушы-мын, қазақ-пын"),
    ("thou art", "сYң", "person", "оқушы-сың"),
    ("you are", "сYз", "person", "оқушы-сыз"),
    ("we are", "MYз", "person", "оқушы-мыз, адам-быз, қазақ-пыз"),
    ("ye are", "сYңдAр", "person", "оқушы-сыңдар"),
    ("you all are", "сYздAр", "person", "оқушы-сыздар"),
)

NOMINAL_RULES: tuple[Rule, ...] = (
    *NUMBER,
    *POSSESSION,
    *CASES,
    *LIKENESS,
    *REOPENING,
    *PERSONS,
)

_FINAL = (
    "noun participle gerund attributive plural possessed possessed-long "
    "possessed-third case genitive locative adverbial person"
)
NOMINAL_FINAL = frozenset(_FINAL.split())
"""States in which a word may end."""
