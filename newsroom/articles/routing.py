"""Lookup of the page at a URL, with a query for the page instead of one a level."""

from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from newsroom.articles import page_rows
from newsroom.articles.models import ArticlePage, SectionPage
from newsroom.articles.page_parts import public_versions_of
from newsroom.articles.site_state import SiteState, site_of, site_state
from newsroom.web.row_batches import Batch, Part

# The URL of an article has the slug of its section and its own.
ARTICLE_SLUGS = 2


def route(request: HttpRequest, path: str) -> None:
    """Set the route of *request*, as ``Page.route_for_request`` does, if it is found.

    Pages other than home pages, sections and articles are left to Wagtail, as is what
    does not exist.
    """
    site = site_of(request)
    state = site_state(request)
    home = state.home(site, get_language()) if site else None
    if home is None or not home.live:
        return
    slugs = [slug for slug in path.split("/") if slug]
    page = _page_at(state, home, slugs[:ARTICLE_SLUGS])
    if page is None:
        return
    try:
        result: RouteResult = page.route(request, slugs[ARTICLE_SLUGS:])
    except Http404:
        return
    if isinstance(page, ArticlePage) and not result.args:
        page_rows.load(page, state)
        if page.lead_picture_id:
            page.lead_picture = page.page_rows.rows("lead_picture")[0]
        page.is_known_public = any(
            one.pk == page.pk for one in public_versions_of(page)
        )
    request._wagtail_route_for_request = result  # type: ignore[attr-defined]


def _page_at(state: SiteState, home: Page, slugs: list[str]) -> Page | None:
    if len(slugs) == ARTICLE_SLUGS:
        return _article_at(state, f"{home.url_path}{'/'.join(slugs)}/", slugs[-1])
    if slugs:
        url_path = f"{home.url_path}{slugs[0]}/"
        found = (one for one in state.sections if one.url_path == url_path)
        section = next(found, None)
        page = section and SectionPage.objects.filter(pk=section.pk).first()
    else:
        page = home.specific
    if page is not None:
        state.with_locales([page])
        page.is_known_public = not state.is_below_restricted(page)
    return page


def _article_at(state: SiteState, url_path: str, slug: str) -> ArticlePage | None:
    table = Page._meta.db_table
    where = f"{table}.slug = %s AND {table}.url_path = %s"
    batch = Batch([Part("article", ArticlePage, where, (slug, url_path))])
    articles: list[ArticlePage] = state.with_locales(batch.rows("article"))
    if len(articles) != 1:
        return None
    articles[0].body_source = batch.raw[0][1]
    return articles[0]
