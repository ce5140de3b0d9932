"""Turkish: dotted and dotless i, endings after an apostrophe, the Snowball stemmer."""

from .normalisation import normalise
from .snowball import SnowballLanguage


class Turkish(SnowballLanguage):
    """Turkish; `İSTANBUL'DA` has the stem `istanbul`, `ISPARTA` is `ısparta`."""

    def normalise(self, word: str) -> str:
        """Return the exact form; the lower case of I is ı, and that of İ is i."""
        return normalise(word.replace("I\u0307", "İ").replace("I", "ı"))

    def stems(self, exact: str) -> tuple[str, ...]:
        """Return the stems; a name before an apostrophe is its own stem."""
        name, apostrophe, _ending = exact.partition("'")
        return (name,) if name and apostrophe else super().stems(exact)

    def is_ending(self, head: str, tail: str) -> bool:
        """Return whether `tail` is an ending after a number: `1990'larda`.

        The ending of a name is removed by :meth:`stems`.
        """
        return head[-1:].isdigit() and tail.isalpha()


def language(code: str, script: str | None = None) -> Turkish:
    """Return the language object for the registry."""
    return Turkish(code, script)
