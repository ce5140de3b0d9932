"""Lists whose every line is a person with a post or an organisation."""

import re
from typing import Any

_CAPITAL = "[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]"
_SMALL = r"[^\W\d_A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]"
_WORD = rf"(?:{_CAPITAL}\.|{_CAPITAL}[\w’'ʼ]*(?:-{_CAPITAL}\w+)?)"
_NAME = rf"{_WORD}(?: {_WORD}){{1,2}}"
_LINE = re.compile(
    rf"(?P<post>[^()]*?)(?P<name>{_NAME})(?: \((?P<organisation>[^()]+)\))?"
    rf"(?P<end>[,;]?)(?P<closing>(?: {_SMALL}[^,;()]*)?\.?)"
)
_SEPARATORS = {"": "none", ",": "comma", ";": "semicolon"}
# A post has a word in small letters: "UN-Habitat директоры", but not "Астана Опера".
_POST = re.compile(rf"(?:^|\s){_SMALL}[\w-]+")


def people_list(introduction: str, items: list[str]) -> dict[str, Any] | None:
    """Return the value of a people list block, or None if *items* are something else.

    Every line is "post name (organisation)", where the name is two or three words with
    capitals and either the post or the organisation may be missing. What follows the
    last name ("and others.") is kept.
    """
    lines = [_LINE.fullmatch(item.strip()) for item in items]
    read = [line for line in lines if line]
    if len(read) != len(items) or len(items) < 2 or not all(map(_is_person, read)):
        return None
    *others, last = read
    ends = {line["end"] for line in others}
    if len(ends) != 1 or any(line["closing"] for line in others):
        return None
    end = ends.pop()
    return {
        "introduction": introduction,
        "people": [
            {
                "name": line["name"],
                "post": line["post"].strip(),
                "organisation": line["organisation"] or "",
                "person": None,
            }
            for line in read
        ],
        "separator": _SEPARATORS[end],
        "closing": f"{last['end']}{last['closing']}".strip(),
    }


def _is_person(line: re.Match[str]) -> bool:
    post = line["post"].strip()
    return bool(_POST.search(post)) if post else bool(line["organisation"])
