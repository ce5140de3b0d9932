"""Chinese and Japanese: text without spaces is split into pairs of characters."""

from .language import Language


class PairLanguage(Language):
    """A language of character pairs, which need no prefix and no folding."""

    def prefix(self, exact: str) -> str:
        """Return the pair itself, or the first five letters of a longer word."""
        return exact if len(exact) <= 2 else super().prefix(exact)


def language(code: str, script: str | None = None) -> PairLanguage:
    """Return the language object for the registry."""
    return PairLanguage(code, script)
