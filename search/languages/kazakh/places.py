"""Places of Kazakhstan, in every spelling on keyboards without Kazakh letters.

A key cannot merge w and ш (`Wymkent`), e and ә (`Сэтбаев`) or u and ө (`Kukshetau`) in
all words without merging different words. For the most searched names it can: each name
is spelled with all substitutes for its letters, and the keys of these spellings are
mapped to the key of the name.
"""

from collections.abc import Callable
from functools import cache
from itertools import islice, product

TOWNS = (
    "Алматы Астана Шымкент Қарағанды Ақтөбе Тараз Павлодар Өскемен Семей Атырау "
    "Қостанай Қызылорда Орал Петропавл Ақтау Теміртау Түркістан Көкшетау Талдықорған "
    "Екібастұз Рудный Жаңаөзен Жезқазған Балқаш Кентау Сәтбаев Қаскелең Қонаев Талғар "
    "Құлсары Байқоңыр Риддер Степногорск Ақсу Сараң Арыс Аягөз Щучинск Хромтау "
    "Шахтинск Лисаков Жаркент Есік Сарыағаш"
)
REGIONS = (
    "Қазақстан Абай Ақмола Жамбыл Жетісу Маңғыстау Ұлытау Сарыарқа Есіл Байқоңыр "
    "Алатау Арқалық"
)
EXONYMS = {"караганда": "Қарағанды", "karaganda": "Қарағанды"}
"""Names in other languages that another Kazakh word looks like, and no spelling."""

_LATIN_LETTERS = (
    "а:a ә:a|ae|e б:b в:v г:g ғ:g|gh д:d е:e|ye ё:yo|io|e ж:zh|j з:z и:i|y й:y|i|j к:k "
    "қ:k|q л:l м:m н:n ң:n|ng о:o ө:o|oe|u п:p р:r с:s т:t у:u|w|y ұ:u|o ү:u|y|ue ф:f "
    "х:h|kh|x һ:h ц:ts|c ч:ch ш:sh|w щ:sch|shch|sh ъ: ы:y|i і:i|y ь: э:e ю:yu|iu|ju "
    "я:ya|ia|ja"
)
_RUSSIAN_LETTERS = "ә:а|э|е ғ:г қ:к ң:н|нг ө:о ұ:у ү:у һ:х|г і:и|i ё:е|ё"
"""Letter → its substitutes; other letters are the same on a Russian keyboard."""

MOST_SPELLINGS = 1000
"""A limit for names with many such letters; none of those above reaches it."""


def spellings(name: str) -> set[str]:
    """Return every lower-case spelling of `name` on a Latin and a Russian keyboard."""
    found: set[str] = set()
    for letters in (_LATIN_LETTERS, _RUSSIAN_LETTERS):
        stand_ins = dict(pair.split(":") for pair in letters.split())
        choices = [stand_ins.get(letter, letter).split("|") for letter in name.lower()]
        found.update(map("".join, islice(product(*choices), MOST_SPELLINGS)))
    return found


@cache
def _names_by_spelling() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name in f"{TOWNS} {REGIONS}".split():
        for spelling in spellings(name):
            found.setdefault(spelling, set()).add(name)
    return found


def meant(word: str) -> str | None:
    """Return the place that `word` spells without Kazakh letters, None if unclear."""
    word = word.lower()
    names = _names_by_spelling().get(word, ())
    return EXONYMS.get(word) or (next(iter(names)) if len(names) == 1 else None)


def keys(key: Callable[[str], str]) -> dict[str, str]:
    """Return the keys of all spellings → the key of the name, if these differ.

    A spelling that is the name of another place, or shared by two names, is left out.
    """
    names = {name: key(name) for name in f"{TOWNS} {REGIONS}".split()}
    own = set(names.values())
    found: dict[str, set[str]] = {}
    for spelling, meant_names in _names_by_spelling().items():
        found.setdefault(key(spelling), set()).update(
            map(names.__getitem__, meant_names)
        )
    return {
        spelling: name_keys.pop()
        for spelling, name_keys in found.items()
        if spelling not in own and len(name_keys) == 1
    }
