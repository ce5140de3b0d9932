"""Endings of verbs, from voice to person; `nominal_rules` continues participles.

The slots are root, causative, reciprocal, passive, negation, tense or mood, person.
Causatives that a dictionary lists (көрсет-, енгіз-) are verbs of their own; the rules
are for those that it does not list (барғызды, жасаттырды).

Source: the tables of conjugation in school grammars of Kazakh.
"""

from .rules import Rule, after

BASES = "verb causative reciprocal passive"
ALL_BASES = BASES + " negative"

VOICE = (
    *after(
        "verb causative",
        ("causative", "DYр", "causative", "жаз-дыр, жаса-т-тыр"),
        ("causative", "ҒYз", "causative", "бар-ғыз, кір-гіз"),
    ),
    *after("verb", ("causative", "тDYр", "causative", "жаса-ттыр, ойна-ттыр")),
    *after("verb causative", ("reciprocal", "(Y)с", "reciprocal", "жаз-ыс, кел-іс")),
    *after(
        "verb causative reciprocal",
        ("passive", "(Y)л", "passive", "жаз-ыл, қара-л"),
        ("reflexive", "(Y)н", "passive", "ал-ын, жоспарла-н, көр-ін"),
    ),
    *after("passive", ("reflexive", "(Y)н", "passive", "істел-ін, қолданыл-ын")),
)

NEGATION = after(BASES, ("negative", "MA", "negative", "бар-ма, жаз-ба, айт-па"))

INDICATIVE = (
    *after(ALL_BASES, ("past", "DY", "past", "бар-ды, айт-ты")),
    *after(ALL_BASES, ("conditional", "сA", "past", "бар-са, кел-се")),
    *after(
        "past",
        ("I", "м", "finite", "барды-м, барса-м"),
        ("thou", "ң", "finite", "барды-ң"),
        ("you", "ңYз", "finite", "барды-ңыз"),
        ("we", "K", "finite", "барды-қ, келсе-к"),
        ("ye", "ңдAр", "finite", "барды-ңдар"),
        ("you all", "ңYздAр", "finite", "барды-ңыздар"),
    ),
    *after(ALL_BASES, ("present", "@", "present", "бар-а, қара-й, бол-ма-й")),
    *after(
        "present",
        ("I", "мYн", "finite", "бара-мын"),
        ("thou", "сYң", "finite", "бара-сың"),
        ("you", "сYз", "finite", "бара-сыз"),
        ("he", "дY", "finite", "бара-ды"),
        ("I", "м", "finite", "бара-м (spoken)"),
        ("we", "мYз", "finite", "бара-мыз"),
        ("ye", "сYңдAр", "finite", "бара-сыңдар"),
        ("you all", "сYздAр", "finite", "бара-сыздар"),
    ),
    *after(
        ALL_BASES,
        ("converb", "(Y)п", "finite", "бар-ып, қара-п"),
        ("hearsay he", "(Y)птY", "finite", "бар-ыпты"),
        ("hearsay I", "(Y)ппYн", "finite", "бар-ыппын"),
        ("hearsay thou", "(Y)псYң", "finite", "бар-ыпсың"),
        ("hearsay you", "(Y)псYз", "finite", "бар-ыпсыз"),
        ("hearsay we", "(Y)ппYз", "finite", "бар-ыппыз"),
    ),
)

MOODS = after(
    ALL_BASES,
    ("let him", "сYн", "finite", "бар-сын"),
    ("let me", "(A)йYн", "finite", "бар-айын, қара-йын"),
    ("let us", "(A)йYK", "finite", "бар-айық, қара-йық"),
    ("pray go", "(Y)ңYз", "order", "бар-ыңыз"),
    ("go ye", "(Y)ңдAр", "order", "бар-ыңдар"),
    ("pray go all", "(Y)ңYздAр", "order", "бар-ыңыздар"),
    ("desire", "ҒY", "desire", "бар-ғы(м келеді)"),
    ("optative", "ҒAй", "finite", "бол-ғай"),
    ("intention", "MAK", "participle", "бар-мақ, айт-пақ"),
    ("intention", "MAKшY", "participle", "бар-мақшы"),
    ("purpose", "ҒAлY", "finite", "бар-ғалы, көр-гелі"),
    ("until", "ҒAншA", "finite", "бар-ғанша"),
    ("lest", "(A)йYншA", "finite", "бармай-ынша"),
    ("once", "ҒAсYн", "finite", "бар-ғасын"),
)
ENTREATY = after(
    "verb order finite",
    ("pray", "шY", "finite", "айт-шы, барыңыз-шы, барайын-шы"),
)

PARTICIPLES = (
    *after(
        ALL_BASES,
        ("perfect", "ҒAн", "participle", "бар-ған, айт-қан"),
        ("habitual", "@тYн", "participle", "бар-атын, қара-йтын"),
        ("gerund", "у", "gerund", "бар-у, оқ(ы)-у"),
    ),
    *after(BASES, ("aorist", "(A)р", "participle", "бар-ар, қара-р")),
    *after("negative", ("aorist", "с", "participle", "барма-с")),
    *after("participle", ("fact", "DYK", "attributive", "барған-дық, келетін-дік")),
)

VERBAL_RULES: tuple[Rule, ...] = (
    *VOICE,
    *NEGATION,
    *INDICATIVE,
    *MOODS,
    *ENTREATY,
    *PARTICIPLES,
)

_FINAL = "verb causative reciprocal passive negative past present finite order"
VERBAL_FINAL = frozenset(_FINAL.split())
"""States in which a word may end."""
