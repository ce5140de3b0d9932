"""Chinese and Japanese: runs without spaces come cut into pairs of characters."""

from .language import Language


class PairLanguage(Language):
    """Prefix and folding have nothing to add to a pair of characters."""

    def prefix(self, exact: str) -> str:
        """The pair itself; five letters of a word in another script."""
        return exact if len(exact) <= 2 else super().prefix(exact)


def language(code: str, script: str | None = None) -> PairLanguage:
    """The registry's entry point."""
    return PairLanguage(code, script)
