"""The URLs of the archive below ``/kk/archive/``."""

from django.urls import path

from newsroom.archive import converters  # noqa: F401  (registers them)
from newsroom.archive.views import dates, names

app_name = "archive"
urlpatterns = [
    path("", dates.overview, name="overview"),
    path("<yyyy:year>/", dates.year, name="year"),
    path("<yyyy:year>/<xx:month>/", dates.month, name="month"),
    path("<yyyy:year>/<xx:month>/<xx:day>/", dates.day, name="day"),
    path("<facet:facet>/", names.names, name="names"),
    path("<facet:facet>/<number:pk>/", names.value, name="value"),
    path("<facet:facet>/<number:pk>-<slug:slug>/", names.value, name="value"),
]
