"""URL patterns of the site."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from newsroom.articles.views import serve_page, site_name
from newsroom.files.views import private_file
from newsroom.web import security_contact
from newsroom.web.violation_reports import csp_reports
from search.web import views as search_views

handler500 = "newsroom.web.error_pages.server_error"
handler404 = "newsroom.articles.views.page_not_found"

# Wagtail's own URLs except the last pattern (pages): login for private pages.
WAGTAIL_UTILITIES = wagtail_urls.urlpatterns[:-1]

urlpatterns = [
    path(security_contact.PATH, security_contact.security_txt, name="security_txt"),
    path("csp-reports/", csp_reports, name="csp_reports"),
    path("", include("newsroom.accounts.urls")),
    path("", include(WAGTAIL_UTILITIES)),
    path("admin/sign-in/", include("newsroom.access.second_factors.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("files/<path:name>", private_file, name="private_file"),
    path("a/", include("newsroom.archive.permalink_urls")),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]

urlpatterns += i18n_patterns(
    path("search/", search_views.search, name="search"),
    path("search/suggestions/", search_views.suggest, name="search_suggestions"),
    path("search/results.json", search_views.results, name="search_results"),
    path(
        "search/feed.atom",
        search_views.feed,
        {"site_name": site_name},
        name="search_feed",
    ),
    path("archive/", include("newsroom.archive.urls")),
    # Wagtail's own pattern and name, with a view that handles missing pages.
    re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
)
