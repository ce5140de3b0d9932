"""Background jobs in the admin; the translation desk links to them."""

from django.urls import URLResolver, include, path
from wagtail import hooks

from newsroom.worker.views import urlpatterns


@hooks.register("register_admin_urls")
def register_job_urls() -> list[URLResolver]:
    return [path("jobs/", include((urlpatterns, "jobs")))]
