"""Two worker processes do what fell due during an outage, each thing once."""

from collections import Counter
from contextlib import closing
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Site

from newsroom.publication.models import RefusedPublication
from newsroom.publication.schedule import publish_scheduled
from newsroom.translation.models import Release
from newsroom.translation.releases.due import publish_due
from newsroom.worker import schedule
from search.models import Entry
from tests.backup.site import PATIENCE_SECONDS
from tests.backup.site import Site as SiteProcesses
from tests.factories import make_article, make_section
from tests.publication.test_scheduled import schedule_at
from tests.servers.processes import wait_until

pytestmark = pytest.mark.django_db

PROMISED_SECONDS = 10
PAGES = 6
OUTAGE = timedelta(days=1)


def test_due_pages_and_releases_are_looked_for_often_enough():
    """A tick may take as long as its pause and still be in time."""
    pauses = {job.run: job.every_seconds for job in schedule._jobs}
    for job in (publish_scheduled, publish_due):
        assert 2 * pauses[job] < PROMISED_SECONDS
    # In a thread of their own: jobs with the same pause wait for each other.
    alone = [run for run, pause in pauses.items() if pause == schedule.PROMPT]
    assert set(alone) == {publish_scheduled, publish_due}


def due_work() -> dict[str, int]:
    """Make scheduled pages, one of them refused, an expired page and a release."""
    users = get_user_model().objects
    root = users.create_superuser("root", "root@example.org")
    planner = users.create_superuser("planner", "planner@example.org")
    section = make_section(Site.objects.get().root_page)
    moment = timezone.now() - OUTAGE
    for number in range(PAGES):
        page = make_article(section, title=f"Хабар {number}", live=False)
        schedule_at(page, root if number else planner, moment)
    planner.is_superuser = False  # the page that this account has scheduled is refused
    planner.save()
    old = make_article(section, title="Ескі хабар")
    Page.objects.filter(pk=old.pk).update(expire_at=moment)
    joint = make_article(section, title="Бірге", live=False)
    release = Release.objects.create(
        translation_key=joint.translation_key, created_by=root, publish_at=moment
    )
    release.locales.set([joint.locale])
    return {"old": old.pk, "joint": joint.pk}


def is_done(pages: dict[str, int]) -> bool:
    return (
        Page.objects.filter(live=True, title__startswith="Хабар").count() == PAGES - 1
        and RefusedPublication.objects.count() == 1
        and Page.objects.get(pk=pages["joint"]).live
        and not Page.objects.get(pk=pages["old"]).live
    )


def test_two_workers_do_each_due_thing_once_after_an_outage(own_database, tmp_path):
    pages = due_work()
    with closing(SiteProcesses(own_database, tmp_path)) as site:
        workers = [site.start("manage.py", "worker") for _n in range(2)]
        assert wait_until(lambda: is_done(pages), PATIENCE_SECONDS)
        for worker in workers:
            worker.terminate()
        output = "".join(worker.communicate()[0] for worker in workers)
        assert [worker.returncode for worker in workers] == [0, 0], output
    assert "Traceback" not in output
    log = PageLogEntry.objects.filter(timestamp__gte=timezone.now() - OUTAGE)
    scheduled = log.filter(action="wagtail.publish.scheduled")
    count = Counter(scheduled.values_list("page", flat=True))
    assert len(count) == PAGES - 1
    assert set(count.values()) == {1}
    taken_down = log.filter(action="wagtail.unpublish.scheduled")
    assert list(taken_down.values_list("page", flat=True)) == [pages["old"]]
    assert log.filter(action="wagtail.publish", page=pages["joint"]).count() == 1
    assert Release.objects.get().state == Release.State.PUBLISHED
    letters = [line for line in output.splitlines() if line.startswith("To: ")]
    assert letters == ["To: planner@example.org"]
    live = {f"page:{pk}" for pk in [*count, pages["joint"]]}
    assert set(Entry.objects.values_list("key", flat=True)) == live
