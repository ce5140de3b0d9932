"""A restored site sends no mail and does nothing that is due until it is resumed."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.core.mail import send_mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision
from wagtail.users.models import UserProfile

from newsroom.backup.permissions import may_resume
from newsroom.bin.models import DeletedPage
from newsroom.pictures.tasks import make_renditions
from newsroom.translation.models import Release
from newsroom.worker import schedule
from newsroom.worker.hold import current_hold, is_held
from newsroom.worker.models import RestoreHold
from tests.factories import make_article, make_section
from tests.worker.working import do_jobs

pytestmark = pytest.mark.django_db

LATE = timedelta(days=2)


@pytest.fixture
def held(homes):
    """Put the site on hold, with two pages to publish, one to take down, a task."""
    section = make_section(homes["kk"])
    moment = timezone.now() - LATE
    for title in ("Бірінші", "Екінші"):
        page = make_article(section, title=title, live=False)
        page.go_live_at = moment
        page.save_revision(approved_go_live_at=moment)
    live = make_article(section, title="Мерзімі өткен")
    Page.objects.filter(pk=live.pk).update(expire_at=moment)
    make_renditions.enqueue(1, [])
    Release.objects.create(translation_key=live.translation_key, publish_at=moment)
    return RestoreHold.objects.create(taken_at=moment, restored_at=timezone.now())


@pytest.fixture
def admin(client):
    user = get_user_model().objects.create_superuser("admin", email="a@example.org")
    client.force_login(user)
    return user


@pytest.fixture
def work(django_capture_on_commit_callbacks):
    """Return a function that does what the worker does, once."""

    def do() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            for seconds in schedule.periods():
                schedule.run_jobs(seconds)
            do_jobs()

    return do


@pytest.fixture
def own_mail(settings):
    settings.SENDING_EMAIL_BACKEND = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "newsroom.worker.mail.HeldEmailBackend"


def state() -> tuple[int, int, int]:
    """Return the numbers of live pages, open releases and waiting tasks."""
    return (
        Page.objects.filter(live=True, title__in=["Бірінші", "Екінші"]).count(),
        Release.objects.filter(state=Release.State.PLANNED).count(),
        DBTaskResult.objects.ready().count(),
    )


def test_a_held_site_publishes_sends_and_deletes_nothing(held, work, own_mail):
    DeletedPage.objects.update(deleted_at=timezone.now() - timedelta(days=99))
    work()
    work()
    assert state() == (0, 1, 1)
    assert Page.objects.get(title="Мерзімі өткен").live
    for command in ("publish_scheduled", "publish_releases"):
        with pytest.raises(CommandError, match="on hold"):
            call_command(command)
    assert send_mail("Subject", "text", None, ["a@example.org"]) == 0
    assert mail.outbox == []
    assert current_hold().mails_not_sent == 1


def test_mail_is_sent_by_the_usual_backend_without_a_hold(db, own_mail):
    assert send_mail("Subject", "text", None, ["a@example.org"]) == 1
    assert [letter.subject for letter in mail.outbox] == ["Subject"]


def test_after_resuming_what_was_due_is_done_late_but_whole(held, work, capsys):
    call_command("resume_after_restore", "--show")
    assert is_held()
    call_command("resume_after_restore")
    assert "2 scheduled pages, 1 releases, 1 expiries" in capsys.readouterr().out
    work()
    assert state()[0] == 2
    assert not Page.objects.get(title="Мерзімі өткен").live
    published = PageLogEntry.objects.filter(action="wagtail.publish.scheduled")
    assert published.count() == 2
    call_command("resume_after_restore")
    assert "not on hold" in capsys.readouterr().out


def test_what_was_due_can_be_cancelled(held, work):
    later = timezone.now() + LATE
    other = Page.objects.get(title="Екінші")
    revision = other.specific.save_revision(approved_go_live_at=later)
    call_command("resume_after_restore", "--drop")
    work()
    assert state() == (0, 0, 0)
    assert Page.objects.get(title="Мерзімі өткен").live
    assert Release.objects.get().state == Release.State.CANCELLED
    scheduled = Revision.objects.exclude(approved_go_live_at=None)
    assert list(scheduled) == [revision]  # what is not due yet stays


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_every_screen_says_so_in_the_users_language(held, admin, client, code):
    with translation.override(code):
        expected = translation.gettext("Decide what happens to it")
    UserProfile.objects.create(user=admin, preferred_language=code)
    for name in ("wagtailadmin_home", "jobs:index"):
        text = client.get(reverse(name)).content.decode()
        assert expected in text
        assert reverse("backup:restored") in text
    RestoreHold.objects.all().delete()
    text = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "restored-banner" not in text


@pytest.mark.parametrize(("choice", "live"), [("do", 2), ("drop", 0)])
def test_an_administrator_ends_the_hold(held, admin, client, work, choice, live):
    url = reverse("backup:restored")
    assert client.get(url).status_code == 200
    assert client.post(url, {"due": "nonsense"}).status_code == 200
    assert is_held()
    assert client.post(url, {"due": choice}).status_code == 302
    assert not is_held()
    work()
    assert state()[0] == live
    entry = ModelLogEntry.objects.get(action__startswith="newsroom.resume")
    assert (entry.user, entry.data["due"]["publications"]) == (admin, 2)
    assert client.get(url).status_code == 302


@pytest.mark.parametrize(("choice", "live"), [("do", 2), ("drop", 0)])
def test_the_role_administrators_ends_the_hold(held, client, work, choice, live):
    user = get_user_model().objects.create_user("administrator")
    user.groups.add(Group.objects.get(name="Administrators"))
    client.force_login(user)
    url = reverse("backup:restored")
    assert url in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(url).status_code == 200
    assert client.post(url, {"due": choice}).status_code == 302
    assert not is_held()
    work()
    assert state()[0] == live
    entry = ModelLogEntry.objects.get(action__startswith="newsroom.resume")
    assert (entry.user, entry.data["due"]["publications"]) == (user, 2)


def test_a_deactivated_administrator_may_not_end_the_hold(db):
    user = get_user_model().objects.create_superuser("gone", is_active=False)
    assert not may_resume(user)


@pytest.mark.parametrize("role", ["Journalists", "News editors", "Publishers"])
def test_others_see_the_banner_and_cannot_end_the_hold(held, client, role):
    user = get_user_model().objects.create_user("member")
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    text = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "restored-banner" in text
    url = reverse("backup:restored")
    assert url not in text
    for send in (client.get, client.post):
        assert send(url, {"due": "do"}).status_code == 302  # to the home page
    client.logout()
    assert client.post(url, {"due": "do"}).status_code == 302
    assert is_held()
