"""Template tags for the site's languages and the names in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language
from wagtail.models import Page

from newsroom.articles.models import SectionPage
from newsroom.articles.page_parts import public_versions_of
from newsroom.articles.querysets import public_versions
from newsroom.articles.site_state import site_of, site_state
from newsroom.localisation.languages import language
from newsroom.transliteration.editions import LANGUAGE, SCRIPT_EDITIONS, in_edition
from search.site_languages import site_languages

register = template.Library()

# A longer query string is truncated in links: the page contains a search three times.
MAX_QUERY_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class Edition:
    """A link to the same page in another language or script.

    ``url`` is for readers, ``full_url`` for metadata. ``exists`` is false if the page
    is not translated yet; the link then leads to a page that says so and offers the
    available languages. ``is_converted`` is true for a page that is converted to
    another script.
    """

    code: str
    name: str
    url: str
    full_url: str
    is_current: bool
    exists: bool
    is_converted: bool = False


@register.simple_tag(takes_context=True)
def editions(context: dict[str, Any]) -> list[Edition]:
    """Return the current page in every language of the site, in the order of LANGUAGES.

    Script editions follow the Kazakh one, if that exists. A view that serves no Wagtail
    page passes ``addresses``, its URL in each language that has it; without that, it is
    taken to exist in all languages.
    """
    request, page = context["request"], context.get("page")
    versions = _by_language(context.get("language_versions") or [])  # of a 404 page
    is_page = bool(versions) or (isinstance(page, Page) and bool(page.pk))
    if is_page and not versions:
        versions = _live_versions(request, page)
    addresses = context.get("addresses")
    path = _path_of(request)
    if isinstance(page, Page) and page.pk:
        # URLs below an article, such as its versions, exist in no other language.
        path = page.url or path
    return [
        edition
        for code in site_languages()
        for edition in _in_scripts(
            request,
            _edition(request, path, code, versions.get(code), is_page)
            if addresses is None
            else _edition_at(request, code, addresses.get(code)),
        )
    ]


def _path_of(request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")[:MAX_QUERY_LENGTH]
    return f"{request.path}?{query}" if query else request.path


def _in_scripts(request: HttpRequest, edition: Edition) -> Iterator[Edition]:
    """Yield the edition and, if it is the Kazakh one, its script editions."""
    read = getattr(request, "script_edition", None)
    if edition.code != LANGUAGE:
        yield edition
        return
    yield replace(edition, is_current=edition.is_current and read is None)
    if not edition.exists and not edition.is_current:
        return
    for script in SCRIPT_EDITIONS:
        yield replace(
            edition,
            code=script.lang,
            name=script.name,
            url=in_edition(edition.url, script, request.get_host()),
            full_url=in_edition(edition.full_url, script, _host_of(edition.full_url)),
            is_current=read is script,
            is_converted=True,
        )


def _host_of(url: str) -> str:
    return urlsplit(url).netloc


def _edition(
    request: HttpRequest,
    path: str,
    code: str,
    version: Page | None,
    is_page: bool,
) -> Edition:
    elsewhere = escape_leading_slashes(translate_url(path, code))
    url = (version and version.url) or elsewhere
    return Edition(
        code=code,
        name=language(code).own_name,
        url=url,
        full_url=(version and version.full_url) or request.build_absolute_uri(url),
        is_current=code == get_language(),
        exists=version is not None or not is_page,
    )


def _edition_at(request: HttpRequest, code: str, address: str | None) -> Edition:
    url = address or translate_url(request.path, code)
    return Edition(
        code=code,
        name=language(code).own_name,
        url=url,
        full_url=request.build_absolute_uri(url),
        is_current=code == get_language(),
        exists=address is not None,
    )


def _live_versions(request: HttpRequest, page: Page) -> dict[str, Page]:
    if getattr(page, "page_rows", None) is not None:
        return _by_language(public_versions_of(page))
    versions = site_state(request).public_versions(page)
    if versions is None:
        versions = public_versions(page.translation_key, type(page))
    return _by_language(versions)


def _by_language(versions: Iterable[Page]) -> dict[str, Page]:
    return {version.locale.language_code: version for version in versions}


@register.simple_tag(takes_context=True)
def in_edition_read(context: dict[str, Any], url: str) -> str:
    """Return *url* in the script that is being read.

    Needed for ``<link>``, which is not converted with the page.
    """
    request = context["request"]
    script = getattr(request, "script_edition", None)
    return in_edition(url, script, request.get_host()) if script else url


@register.simple_tag(takes_context=True)
def preloaded_fonts(context: dict[str, Any]) -> tuple[str, ...]:
    """Return the font files that the page needs first, by the script that is read."""
    script = getattr(context["request"], "script_edition", None)
    return script.fonts if script else language(get_language() or "").fonts


@register.simple_tag(takes_context=True)
def home_page(context: dict[str, Any]) -> Page | None:
    """Return the home page in the active language."""
    request = context["request"]
    site = site_of(request)
    return site_state(request).home(site, get_language()) if site else None


@dataclass(frozen=True, slots=True)
class ShownSection:
    """The section of an article as its page shows it.

    ``url`` is empty for a section without a page that readers can open. ``language`` is
    that of the title.
    """

    title: str
    url: str
    language: str


@register.simple_tag(takes_context=True)
def section_of(context: dict[str, Any], page: Page) -> ShownSection:
    """Return the section of *page*.

    An article can be published before its section is translated. The section is then a
    draft with the title of the original, and no link leads to it.
    """
    known = site_state(context["request"]).sections
    path = page.path[: -page.steplen]
    section = next((one for one in known if path and one.path == path), None)
    section = section or page.get_parent()
    code = page.locale.language_code
    if section.live:
        return ShownSection(section.title, section.url or "", code)
    originals = [
        one
        for one in known
        if one.translation_key == section.translation_key
        and one.pk != section.pk
        and one.live
        and one.title == section.title
    ]
    original = min(originals, key=lambda one: one.pk, default=None)
    return ShownSection(
        section.title, "", original.locale.language_code if original else code
    )


@register.simple_tag(takes_context=True)
def sections(context: dict[str, Any], home: Page | None) -> list[SectionPage]:
    """Return the live public sections below *home*, in the order of the page tree."""
    return site_state(context["request"]).sections_of(home) if home else []
