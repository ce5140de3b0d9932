"""URLs of the stock site, with the language in front, as Wagtail's guide says."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from stock.urls import urlpatterns as generated
from wagtail import urls as wagtail_urls

urlpatterns = generated[:-1] + i18n_patterns(path("", include(wagtail_urls)))
