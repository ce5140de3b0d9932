"""What the number of an article leads to: its versions, or that it is gone."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.utils.translation.trans_real import parse_accept_lang_header

from newsroom.archive.models import Permalink
from newsroom.articles.models import ArticlePage
from newsroom.translation.models import VersionState


class GoneError(Exception):
    """The article was published once, and no version of it is any more."""


def readable_versions(number: int) -> dict[str, ArticlePage]:
    """The versions of article *number* that anyone may read, by language.

    Empty where there is no such article, or none that was ever for everybody: a draft
    and a private article are not told apart from nothing. Raises GoneError.
    """
    link = Permalink.objects.filter(pk=number).first()
    if link is None:
        return {}
    pages = ArticlePage.objects.filter(translation_key=link.translation_key)
    versions = {
        page.locale.language_code: page
        for page in pages.live().public().select_related("locale")
    }
    codes = [code for code, _name in settings.LANGUAGES if code in versions]
    if not codes and _is_gone(pages.values_list("live", "first_published_at")):
        raise GoneError
    return {code: versions[code] for code in codes}


def _is_gone(states: Iterable[tuple[bool, object]]) -> bool:
    """Whether nothing is left of an article, or what was published of it was taken
    back; ``live`` and yet not readable means private."""
    states = list(states)
    if any(live for live, _published in states):
        return False
    return not states or any(published for _live, published in states)


def preferred(versions: dict[str, ArticlePage], accepted: str) -> ArticlePage:
    """The version in the language that the header *accepted* (Accept-Language) likes
    best, or else the original, or else the first of *versions*."""
    for code, _quality in parse_accept_lang_header(accepted.lower()):
        for candidate in (code, code.partition("-")[0]):
            if candidate in versions:
                return versions[candidate]
    first = next(iter(versions.values()))
    return versions.get(_original_language(first.translation_key), first)


def _original_language(key: UUID) -> str:
    states = VersionState.objects.filter(translation_key=key)
    codes = states.values_list("source_locale__language_code", flat=True)
    return codes.first() or ""
