"""The whole content of the kept site, in order of creation."""

from datetime import timedelta
from typing import Any
from unittest import mock

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from newsroom.demo import content as demo
from newsroom.demo import loading
from newsroom.worker.models import Job, JobItem
from tests.upgrades.content.accounts import make_users
from tests.upgrades.content.files import fixed_file_names, make_files, small_picture
from tests.upgrades.content.pages import (
    make_corrections,
    make_deleted_pages,
    make_drafts_and_schedules,
    make_moved_and_closed_pages,
)
from tests.upgrades.content.translations import make_releases, make_translations
from tests.worker.working import run_waiting

DEMO_ARTICLES = {
    demo.REPORT,
    "kokaral-dam-ten-years",
    "latin-alphabet-2021-draft",
    "national-museum-golden-man",
    "three-new-regions-2022",
}


def fill() -> None:
    """Fill the migrated database and the media folders of an empty site."""
    with fixed_file_names(), mock.patch.object(loading, "_picture", small_picture):
        call_command("setup_site", verbosity=0)
        users = make_users()
        articles = [one for one in demo.articles() if one.id in DEMO_ARTICLES]
        loading.DemoLoader().load(articles)
        client = Client()
        client.force_login(users["admin"])
        make_translations(users, client)
        make_drafts_and_schedules(users)
        make_corrections(users)
        make_releases(users)
        make_files()
        make_moved_and_closed_pages(users)
        make_deleted_pages()
        _make_search_counts_and_jobs(users)
        run_waiting()


def _make_search_counts_and_jobs(users: dict[str, Any]) -> None:
    client = Client()
    for path, text in (("kk", "форум"), ("ru", "область"), ("en", "nothing here")):
        client.get(f"/{path}/search/", {"q": text})
    job = Job.objects.create(
        kind="machine_translation",
        owner=users["editor"],
        state=Job.State.DONE,
        finished_at=timezone.now() - timedelta(minutes=1),
    )
    JobItem.objects.create(job=job, subject="Көпір жөнделді", state=JobItem.State.DONE)
