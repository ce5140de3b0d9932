"""Languages without a stemmer: normalisation, prefix and folding."""

from .language import Language


def language(code: str, script: str | None = None) -> Language:
    """The registry's entry point."""
    return Language(code, script)
