"""The Kazakh alphabets, letter by letter, and named sets of letters.

Every row is in Cyrillic order. If a draft allows several forms, the first form is
written and listed here; the others are only read (`VARIANTS`).

Sources: the Latin alphabet presented on 28 January 2021 (31 letters: Ä Ğ I ı İ i Ñ Ö Ş
Ū Ü beside the Latin ones) with the letters for loans that its spelling rules propose;
the decrees 569 of 2017 and 637 of 2018; the working group's draft of November 2019; the
alphabet of the news agency Kazinform before 2017; the Arabic alphabet of 1924 (töte
jazu) as printed in Xinjiang.
"""

CYRILLIC = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"

_ROWS = {
    "Latn": (
        "a ä b v g ğ d e io j z i i k q l m n ñ o ö p r s t u ū ü f h h ts ch ş şş - "
        "y ı - e iu ia"
    ),
    "Latn-2019": (
        "a ä b v g ğ d e yo j z ı ı k q l m n ŋ o ö p r s t w u ü f h h ts ç ş ş - "
        "y i - e yw ya"
    ),
    "Latn-2018": (
        "a á b v g ǵ d e ıo j z ı ı k q l m n ń o ó p r s t ý u ú f h h ts ch sh sh - "
        "y i - e ıý ıa"
    ),
    "Latn-2017": (
        "a a' b v g g' d e i'o j z i' i' k q l m n n' o o' p r s t y' u u' f h h ts c' "
        "s' s'c' - y i - e i'y' i'a"
    ),
    "Latn-2007": (
        "a ä b v g ğ d e yo j z ï y k q l m n ñ o ö p r s t w u ü f x h c ç ş şş - "
        "ı i - é yw ya"
    ),
    "Arab": (
        "ا ا ب ۆ گ ع د ە يو ج ز ي ي ك ق ل م ن ڭ و و پ ر س ت ۋ ۇ ۇ ف ح ھ تس چ ش شش - "
        "ى ى - ە يۋ يا"
    ),
}

ALPHABETS: dict[str, dict[str, str]] = {
    name: {
        letter: "" if spelling == "-" else spelling
        for letter, spelling in zip(CYRILLIC, row.split(), strict=True)
    }
    for name, row in _ROWS.items()
}
"""Alphabet → Cyrillic letter → its spelling; in Arabic without the word's hamza."""

FRONT_VOWELS = frozenset("әөүіе")
"""Vowels of the front series; э is written like е but says nothing about harmony."""
BACK_VOWELS = frozenset("аоұыё")
VOWELS = FRONT_VOWELS | BACK_VOWELS | frozenset("эиуюя")

HAMZA = "\u0674"
"""ٴ before a word: its ا و ۇ ى are front vowels (ٴان is ән)."""
ARABIC_FRONT = frozenset("ەكگ")
"""A word with one of these letters needs no hamza: they occur in front words."""

ARABIC_PUNCTUATION = {",": "،", ";": "؛", "?": "؟"}
