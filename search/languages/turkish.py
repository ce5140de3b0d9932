"""Turkish: dotted and dotless i, endings after an apostrophe, the Snowball stemmer."""

from .normalisation import normalise
from .snowball import SnowballLanguage


class Turkish(SnowballLanguage):
    """`İSTANBUL'DA` has the stem `istanbul`, `ISPARTA` is `ısparta`."""

    def normalise(self, word: str) -> str:
        """In Turkish the small letter of I is ı, and that of İ is i."""
        return normalise(word.replace("I\u0307", "İ").replace("I", "ı"))

    def stems(self, exact: str) -> tuple[str, ...]:
        """An apostrophe parts a name from its ending; the name is its own stem."""
        name, apostrophe, _ending = exact.partition("'")
        return (name,) if name and apostrophe else super().stems(exact)

    def is_ending(self, head: str, tail: str) -> bool:
        """After a number, `1990'larda`; a name's ending is cut off with its stem."""
        return head[-1:].isdigit() and tail.isalpha()


def language(code: str, script: str | None = None) -> Turkish:
    """The registry's entry point."""
    return Turkish(code, script)
