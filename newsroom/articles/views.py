"""Views that serve pages, and offer other languages if a page is missing."""

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotFound,
)
from django.shortcuts import render
from django.utils.translation import get_language, get_language_from_path
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.models import Page, Site
from wagtail.views import serve

from newsroom.articles.models import SectionPage
from newsroom.articles.querysets import public_versions
from newsroom.articles.routing import route
from newsroom.articles.site_state import SiteState, site_of, site_state
from newsroom.articles.templatetags.editions import home_page
from search.site_languages import site_languages


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Serve the Wagtail page at *path*, or the archive's own "not found" page."""
    route(request, path)
    try:
        return serve(request, path)
    except Http404 as error:
        return page_not_found(request, error)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return a 404 page, or offer the languages in which the same path exists.

    The language switcher links to ``/ru/qogam/forum/`` even if the article exists only
    in Kazakh. This is no error: the response has status 200 and ``noindex``. If the
    path is redirected, the redirect is left to Wagtail's middleware.
    """
    versions = versions_at(request)
    if versions and _redirects(request):
        versions = []
    context = {"language_versions": versions}
    return render(request, "404.html", context, status=200 if versions else 404)


def _redirects(request: HttpRequest) -> bool:
    """Return whether Wagtail's middleware would redirect *request* after a 404."""
    missing = HttpResponseNotFound()
    middleware = RedirectMiddleware(lambda _request: missing)
    return middleware.process_response(request, missing) is not missing


def _unpublished_section(state: SiteState, site: Site, tail: str) -> SectionPage | None:
    """Return the section of this path if it is a draft with a live article below it."""
    home = state.home(site, get_language())
    path = f"{home.url_path}{tail}/" if home else ""
    section = SectionPage.objects.not_live().filter(url_path=path).first()
    is_needed = section and section.get_children().live().public().exists()
    return section if is_needed else None


def site_name(request: HttpRequest) -> str:
    """Return the site's name in the request's language: the title of its home page."""
    home = home_page({"request": request})
    return home.title if home else _("News archive")


def versions_at(request: HttpRequest) -> list[Page]:
    """Return live language versions of the page that another language has at this path.

    A section that is not published in the requested language is at this path too if an
    article below it is. The pages are sorted in the order of ``LANGUAGES``.
    """
    prefix = get_language_from_path(request.path_info)
    site = site_of(request)
    if not prefix or not site or not site.root_page:
        return []
    tail = request.path_info.removeprefix(f"/{prefix}/").strip("/")
    if not tail:
        return []
    homes = site.root_page.get_translations(inclusive=True).exclude(
        locale__language_code=get_language()
    )
    paths = [f"{home.url_path}{tail}/" for home in homes]
    page = Page.objects.live().public().filter(url_path__in=paths).first()
    page = page or _unpublished_section(site_state(request), site, tail)
    if page is None:
        return []
    order = site_languages()
    versions = public_versions(page.translation_key)
    return sorted(
        versions.filter(locale__language_code__in=order).specific(),
        key=lambda version: order.index(version.locale.language_code),
    )
