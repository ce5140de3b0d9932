"""Resolution of an article's number to its versions."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation.trans_real import parse_accept_lang_header

from newsroom.archive.models import Permalink
from newsroom.articles.models import ArticlePage
from newsroom.articles.querysets import public_versions
from newsroom.translation.models import TranslationStatus
from search.site_languages import site_languages


class GoneError(Exception):
    """The article was published, but none of its versions is published any more."""


def readable_versions(number: int) -> dict[str, ArticlePage]:
    """Return the public versions of article *number*, by language.

    Empty if there is no such article, or if it was never public: the answer does not
    reveal drafts and private articles. Raises GoneError.
    """
    link = Permalink.objects.filter(pk=number).first()
    if link is None:
        return {}
    pages = ArticlePage.objects.filter(translation_key=link.translation_key)
    versions = {
        page.locale.language_code: page
        for page in public_versions(link.translation_key, ArticlePage)
    }
    codes = [code for code in site_languages() if code in versions]
    if not codes and _is_gone(pages.values_list("live", "first_published_at")):
        raise GoneError
    return {code: versions[code] for code in codes}


def _is_gone(states: Iterable[tuple[bool, object]]) -> bool:
    """Return whether all versions were deleted, or all published ones unpublished.

    A live page that is not readable is private, not gone.
    """
    states = list(states)
    if any(live for live, _published in states):
        return False
    return not states or any(published for _live, published in states)


def preferred(versions: dict[str, ArticlePage], accepted: str) -> ArticlePage:
    """Return the version in the best language of an Accept-Language header.

    If none matches, return the original, or else the first of *versions*.
    """
    for code, _quality in parse_accept_lang_header(accepted.lower()):
        for candidate in (code, code.partition("-")[0]):
            if candidate in versions:
                return versions[candidate]
    first = next(iter(versions.values()))
    return versions.get(_original_language(first.translation_key), first)


def _original_language(key: UUID) -> str:
    states = TranslationStatus.objects.filter(translation_key=key)
    codes = states.values_list("source_locale__language_code", flat=True)
    return codes.first() or ""
