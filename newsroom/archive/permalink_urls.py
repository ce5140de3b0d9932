"""Short permanent URLs below ``/a/``, without a language prefix."""

from django.urls import path

from newsroom.archive import converters  # noqa: F401  (registers them)
from newsroom.archive.views import permalinks

urlpatterns = [
    path("<number:number>/", permalinks.article, name="permalink"),
    path(
        "<number:number>/<slug:language>/", permalinks.version, name="permalink_version"
    ),
    path(
        "<number:number>/<slug:language>/cite.bib",
        permalinks.cite,
        {"style": "bibtex"},
        name="cite_bibtex",
    ),
    path(
        "<number:number>/<slug:language>/cite.ris",
        permalinks.cite,
        {"style": "ris"},
        name="cite_ris",
    ),
]
