"""Facts that every page shows of its site: languages, home pages and sections.

One query a request reads all of it, so that it is never outdated.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Locale, Page, PageViewRestriction, Site

from newsroom.articles.models import SectionPage
from newsroom.web.row_batches import Batch, Part

# Home pages are below the root of the page tree, sections below them.
SECTION_DEPTH = 3
PAGE_FIELDS = (
    "path",
    "depth",
    "numchild",
    "translation_key",
    "locale",
    "live",
    "title",
    "slug",
    "url_path",
    "content_type",
    "alias_of",
)
PAGES, RESTRICTIONS = Page._meta.db_table, PageViewRestriction._meta.db_table
PARTS = (
    Part("sites", Site, "1 = 1"),
    Part("locales", Locale, "1 = 1"),
    Part(
        "homes",
        Page,
        f"translation_key IN (SELECT root.translation_key FROM {PAGES} root"
        f" JOIN {Site._meta.db_table} site ON site.root_page_id = root.id)",
        fields=PAGE_FIELDS,
    ),
    Part("sections", SectionPage, "1 = 1", fields=PAGE_FIELDS),
    Part(
        "restricted",
        Page,
        f"id IN (SELECT page_id FROM {RESTRICTIONS}) AND depth <= %s",
        (SECTION_DEPTH,),
        fields=("path",),
    ),
)


class SiteState:
    """Sites, locales, home pages and sections, as one query returned them."""

    def __init__(self) -> None:
        self._batch = Batch(PARTS)

    @property
    def raw(self) -> tuple[tuple[str, str], ...]:
        """What the database returned; it is equal as long as nothing has changed."""
        return self._batch.raw

    @cached_property
    def locales(self) -> dict[int, Locale]:
        return {locale.pk: locale for locale in self._batch.rows("locales")}

    @cached_property
    def homes(self) -> list[Page]:
        """The root pages of all sites, in all languages, drafts too."""
        return self.with_locales(self._batch.rows("homes"))

    @cached_property
    def sections(self) -> list[SectionPage]:
        """All sections in all languages, drafts too, in the order of the page tree."""
        pages = self.with_locales(self._batch.rows("sections"))
        return sorted(pages, key=lambda page: page.path)

    @cached_property
    def _restricted(self) -> tuple[str, ...]:
        return tuple(page.path for page in self._batch.rows("restricted"))

    def with_locales(self, pages: Iterable[Any]) -> list[Any]:
        """Return *pages* with their locales loaded."""
        pages = list(pages)
        for page in pages:
            page.locale = self.locales[page.locale_id]
        return pages

    def is_below_restricted(self, page: Page) -> bool:
        """Return whether *page* is a restricted home page or section, or below one."""
        return bool(self._restricted) and page.path.startswith(self._restricted)

    def locale(self, code: str | None) -> Locale | None:
        """Return the locale with this language code, or None."""
        found = (one for one in self.locales.values() if one.language_code == code)
        return next(found, None)

    def home(self, site: Site, code: str | None) -> Page | None:
        """Return the home page of *site* in the language *code*; None if missing."""
        locale = self.locale(code)
        root = next((one for one in self.homes if one.pk == site.root_page_id), None)
        if locale is None or root is None:
            return None
        for home in self.homes:
            is_version = home.translation_key == root.translation_key
            if is_version and home.locale_id == locale.pk:
                return home
        return None

    def sections_of(self, home: Page) -> list[SectionPage]:
        """Return the live public sections below *home*."""
        return [
            page
            for page in self.sections
            if page.live
            and page.depth == home.depth + 1
            and page.path.startswith(home.path)
            and not self.is_below_restricted(page)
        ]

    def public_versions(self, page: Page) -> list[Page] | None:
        """Return the live public language versions of a home page or section.

        None if *page* is neither.
        """
        for pages in (self.homes, self.sections):
            if any(one.pk == page.pk for one in pages):
                return [
                    one
                    for one in pages
                    if one.translation_key == page.translation_key
                    and one.live
                    and not self.is_below_restricted(one)
                ]
        return None

    def site(self, request: Any) -> Site | None:
        """Return the site that Wagtail finds for *request*."""
        hostname = split_domain_port(request._get_raw_host())[0]
        return site_for(self._batch.rows("sites"), hostname, request.get_port())


def site_for(sites: Iterable[Site], hostname: str, port: str) -> Site | None:
    """Return the site for a host and port by the rules of Wagtail, or None.

    These are the rules of ``wagtail.models.sites.get_site_for_hostname``: host and
    port, then the default site with this host, then the only site with this host, then
    the default site.
    """
    named = [site for site in sites if site.hostname == hostname]
    default = next((site for site in sites if site.is_default_site), None)
    for site in named:
        if str(site.port) == str(port):
            return site
    return named[0] if len(named) == 1 and default not in named else default


def site_state(request: HttpRequest) -> SiteState:
    """Return the state of the site, read once for each request."""
    state = getattr(request, "site_state", None)
    if state is None:
        state = SiteState()
        request.site_state = state  # type: ignore[attr-defined]
    return state


def site_of(request: Any) -> Site | None:
    """Return the site of *request*, as ``Site.find_for_request``, without a query."""
    if not hasattr(request, "_wagtail_site"):
        request._wagtail_site = site_state(request).site(request)
    return request._wagtail_site
