"""The registry of language modules. A setting can add or replace entries.

A module of the registry has one function, `language(code, script=None) -> Language`.
"""

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module

from .language import Language
from .snowball import ALGORITHMS

_PLAIN = "search.languages.plain"
_OWN_MODULES = {
    "kk": "search.languages.kazakh.language",
    "ru": "search.languages.russian",
    "en": "search.languages.english",
    "tr": "search.languages.turkish",
    "zh": "search.languages.cjk",
    "ja": "search.languages.cjk",
}
_WITHOUT_STEMMER = "az ba be bg he hr ka ko ky mn ps sk sl sq tg tk tt ug uk ur uz vi"

_modules: dict[str, str] = {
    **dict.fromkeys(_WITHOUT_STEMMER.split(), _PLAIN),
    **dict.fromkeys(ALGORITHMS, "search.languages.snowball"),
    **_OWN_MODULES,
}

_of_queries = {"kk": "search.languages.kazakh.asked"}
"""Modules that read the words of queries otherwise than those of texts."""


def register(modules: Mapping[str, str]) -> None:
    """Add `modules`, language subtag → dotted path, to the registry.

    Later entries replace earlier ones. A module is imported on first use.
    """
    for code, path in modules.items():
        _modules[subtag(code)] = path
        _of_queries.pop(subtag(code), None)
    language.cache_clear()
    query_language.cache_clear()


def has_analyser(code: str) -> bool:
    """Return whether `code` (a tag such as `kk` or `kk-Latn`) has a working module.

    Text in a language without a module is still analysed, as if it had no stemmer.
    """
    try:
        _load(subtag(code), None)
    except (ImportError, KeyError, AttributeError):
        return False
    return True


def languages() -> tuple[str, ...]:
    """Return the codes of all registered languages, sorted."""
    return tuple(sorted(_modules))


@lru_cache(maxsize=128)
def language(code: str, script: str | None = None) -> Language:
    """Return the language of the tag `code`, in `script` or the script of the tag."""
    base = subtag(code)
    script = script or script_subtag(code)
    if base in _modules:
        return _load(base, script)
    return Language(base, script)


@lru_cache(maxsize=128)
def query_language(code: str, script: str | None = None) -> Language:
    """Return the language that reads queries in the language of the tag `code`."""
    base = subtag(code)
    if base not in _of_queries:
        return language(code, script)
    return _load_from(_of_queries[base], base, script or script_subtag(code))


def subtag(code: str) -> str:
    """Return the language of a tag: `kk` for `kk-Latn`, `kk_KZ` and `KK`."""
    return code.replace("_", "-").split("-")[0].lower()


def script_subtag(code: str) -> str | None:
    """Return the script of a tag, None if it has none: `kk-Latn-KZ` gives `Latn`.

    The private subtags of BCP 47 say which orthography of the script it is:
    `kk-Latn-x-1929` gives `Latn-1929`.
    """
    public, _, private = code.replace("_", "-").partition("-x-")
    for part in public.split("-")[1:]:
        if len(part) == 4 and part.isalpha():
            return f"{part.title()}-{private}" if private else part.title()
    return None


def _load(base: str, script: str | None) -> Language:
    return _load_from(_modules[base], base, script)


def _load_from(path: str, base: str, script: str | None) -> Language:
    loaded = import_module(path).language(base, script)
    if not isinstance(loaded, Language):
        message = f"{path}.language() must return a Language."
        raise TypeError(message)
    return loaded
