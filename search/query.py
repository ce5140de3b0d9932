"""What a reader typed, as an immutable query tree.

Words must all match; ``"several words"`` stand side by side as written; ``-word``
must not occur. Nothing that a reader can type is an error: what has no meaning as
an operator is searched as words, or dropped where it has no letter or digit.
"""

import re
from dataclasses import dataclass

# A longer query is cut here: no reader types this much, and each word costs a look-up.
MAX_LENGTH = 500
MAX_WORDS = 40  # after which words are left out, for the same reason

_QUOTES = '"“”„«»'
_PART = re.compile(
    rf"(?P<minus>-?)(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]|(?P<word>[^\s{_QUOTES}]+))"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that was asked for: a word, or a phrase of several."""

    text: str
    is_phrase: bool = False
    is_excluded: bool = False

    def __str__(self) -> str:
        text = f'"{self.text}"' if self.is_phrase else self.text
        return f"-{text}" if self.is_excluded else text


@dataclass(frozen=True, slots=True)
class Query:
    """What was understood of the text, and whether some of it was left out."""

    parts: tuple[Part, ...]
    was_cut: bool = False

    def __bool__(self) -> bool:
        return any(not part.is_excluded for part in self.parts)

    def __str__(self) -> str:
        return " ".join(map(str, self.parts))


def parse(text: str) -> Query:
    """Read what a reader typed. Never fails, whatever the text."""
    text = text.replace("\x00", " ")
    was_cut = len(text) > MAX_LENGTH
    parts = []
    for match in _PART.finditer(text[:MAX_LENGTH]):
        content = (match["phrase"] if match["word"] is None else match["word"]).strip()
        if any(character.isalnum() for character in content):
            parts.append(
                Part(
                    content,
                    is_phrase=match["word"] is None,
                    is_excluded=bool(match["minus"]),
                )
            )
    return Query(tuple(parts[:MAX_WORDS]), was_cut or len(parts) > MAX_WORDS)
