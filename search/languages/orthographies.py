"""Orthographies: the scripts and former alphabets that texts of a language may have.

An orthography is given by a language tag: `kk-Latn-x-1929`. Its key is the part after
the language, without `x`, in lower case: `latn-1929`.
"""

from .registry import language, script_subtag, subtag
from .script import has_letters


def orthographies(code: str) -> tuple[str, ...]:
    """Return the tags of the orthographies of the language `code`.

    There are none if all its texts are written alike.
    """
    return tuple(_tag(code, name) for name in language(subtag(code)).orthographies)


def orthography_of(text: str, tag: str) -> str:
    """Return the key of the orthography of `text`, an empty string if there is none.

    If `tag` does not name it, the letters of `text` tell it.
    """
    spoken = language(subtag(tag))
    if not spoken.orthographies:
        return ""
    return (script_subtag(tag) or spoken.orthography_of(text)).lower()


def key_of(tag: str) -> str:
    """Return the key of the orthography that `tag` names, else an empty string."""
    return (script_subtag(tag) or "").lower()


def key_called(tag: str) -> str:
    """Return the key of the orthography with this `tag`, an empty string if none is."""
    known = (one for one in orthographies(tag) if one.lower() == tag.lower())
    return key_of(next(known, ""))


def is_former(tag: str) -> bool:
    """Return whether `tag` names the orthography of a former time."""
    return "-" in key_of(tag)


def is_written_in(word: str, tag: str) -> bool:
    """Return whether `word` has a letter of the script that `tag` names."""
    return has_letters(word, key_of(tag).partition("-")[0].title())


def _tag(code: str, name: str) -> str:
    script, dash, time = name.partition("-")
    return f"{subtag(code)}-{script}-x-{time}" if dash else f"{subtag(code)}-{script}"
