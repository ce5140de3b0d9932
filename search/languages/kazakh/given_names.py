"""Names of people, which win over other readings of a word with a capital letter.

Төлеген is a person and not what was paid, Ермек is not a form of еру. A name is in one
of the lists, or it is put together from words that names end in: Тұрсынбек, Базаркелді.
A surname has a Russian ending: Әбілдин, Әбілдина.
"""

import re
from functools import cache

from .data import FOLDER

_ENDS = (
    "бек бай хан жан ғали берген берді келді мұрат болат гүл нұр төре сұлтан дәулет "
    "ғазы мырза құл баршын сұлу бике жарқын мұхамед ақын арыстан бүбі бибі саттар "
    "рахман рахым қожа ғожа күл шах кәрім"
)
_COMPOUND = re.compile(f".{{2,}}(?:{'|'.join(_ENDS.split())})")
_SURNAME = re.compile(".{2,}(?:[ое]в|ин)а?")
SHORTEST = 2
"""Letters of a name that an ending may follow."""


@cache
def _listed() -> frozenset[str]:
    """Return the names of the lists, in lower case."""
    found: set[str] = set()
    for file in FOLDER.glob("given-names*.txt"):
        text = file.read_text(encoding="utf-8")
        found |= set(text.partition("\n\n")[2].lower().split())
    return frozenset(found)


def is_listed(word: str) -> bool:
    """Return whether `word`, in lower case, is a name of the lists."""
    return word in _listed()


def is_name(word: str) -> bool:
    """Return whether `word`, in lower case, is a given name without an ending."""
    return is_listed(word) or _COMPOUND.fullmatch(word) is not None


def is_surname(word: str) -> bool:
    """Return whether `word`, in lower case, is a surname without a Kazakh ending."""
    return _SURNAME.fullmatch(word) is not None
