"""Languages without a stemmer: normalisation, prefix and folding."""

from .language import Language


def language(code: str, script: str | None = None) -> Language:
    """Return the language object for the registry."""
    return Language(code, script)
