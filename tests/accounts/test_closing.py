"""A leaving member: who may close the account, what is handed over, what stays."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import APIToken, Comment, Page, PageLogEntry, Revision, TaskState

from newsroom.access import audit, holdings
from newsroom.access.holdings import kinds_of_work
from newsroom.accounts.closing import closing
from newsroom.accounts.closing.closing import (
    ClosingRefusedError,
    close_account,
    has_history,
    work_of,
)
from newsroom.publication.checking import scheduled_by
from newsroom.translation.models import Release, TranslationStatus
from newsroom.worker.models import Job
from tests.accounts.members import account_manager, chief, entries, member, sign_in
from tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db
Account = get_user_model()


def url_of(user) -> str:
    return reverse("accounts:close", args=[user.pk])


@pytest.fixture
def boss():
    return chief()


@pytest.fixture
def leaver():
    return member("leaver", "News editors", first_name="Айгүл", last_name="Серік")


@pytest.fixture
def heir():
    return member("heir", "News editors")


@pytest.fixture
def held(leaver, homes):
    """Return an article for which *leaver* holds work of every kind."""
    section = make_section(homes["kk"])
    page = make_article(section, owner=leaver)
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=leaver)
    planned = make_article(section, live=False, owner=leaver)
    draft = planned.get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(hours=1)
    draft.save_revision(user=leaver).publish(user=leaver)
    reviewed = make_article(section, live=False)
    reviewed.get_workflow().start(reviewed, leaver)
    Comment.objects.create(
        page=page, user=leaver, text="Тексеру керек", contentpath="t"
    )
    status = TranslationStatus.objects.filter(
        translation_key=page.translation_key
    ).first()
    TranslationStatus.objects.filter(pk=status.pk).update(translator=leaver)
    release = Release.objects.create(
        translation_key=page.translation_key, created_by=leaver
    )
    release.languages.create(locale=page.locale, chosen_by=leaver)
    Job.objects.create(kind="x", owner=leaver)
    Job.objects.create(kind="x", owner=leaver, state=Job.State.DONE)
    return page


def names(user) -> dict[str, int]:
    return {work.kind.name: len(work.items) for work in work_of(user)}


def test_everything_is_handed_to_a_colleague_and_the_account_closed(
    client, boss, leaver, heir, held
):
    worker = Client()
    sign_in(worker, "leaver")
    TOTPDevice.objects.create(user=leaver, confirmed=True, name="app")
    token, _plain = APIToken.create_token(user=leaver, name="agency")
    before = names(leaver)
    assert set(before) == {kind.name for kind in kinds_of_work()} - {"tasks"}
    client.force_login(boss)
    page = client.get(url_of(leaver)).content.decode()
    for kind in before:
        assert next(str(k.label) for k in kinds_of_work() if k.name == kind) in page
    assert client.post(url_of(leaver), {"colleague": heir.pk}).status_code == 302
    leaver.refresh_from_db()
    assert not leaver.is_active
    assert not leaver.has_usable_password()
    assert worker.get(reverse("wagtailadmin_home")).status_code == 302
    assert not TOTPDevice.objects.filter(user=leaver).exists()
    token.refresh_from_db()
    assert token.revoked_at
    assert names(leaver) == {"comments": 1}  # they keep their author
    # The heir is now the only one who can decide the review.
    taken = {k: n for k, n in before.items() if k != "comments"}
    assert names(heir) == taken | {"tasks": 1}
    assert Page.objects.get(pk=held.pk).owner == leaver
    assert Comment.objects.get().user == leaver
    assert held.subscribers.filter(user=heir, comment_notifications=True).exists()
    assert Job.objects.filter(owner=leaver).count() == 1  # the finished one
    [entry] = entries(audit.ACCOUNT_CLOSE)
    assert (entry.user, entry.object_id) == (boss, str(leaver.pk))
    assert entry.data["work"] == before


def test_a_scheduled_publication_is_published_in_the_colleagues_name(
    boss, leaver, heir, held
):
    close_account(leaver, colleague=heir, by=boss)
    [revision] = Revision.objects.filter(approved_go_live_at__isnull=False)
    assert scheduled_by(revision) == heir.pk


def test_a_colleague_without_the_permissions_is_refused_and_nothing_changes(
    client, boss, leaver, held
):
    guest = member("guest", "Journalists")
    before = names(leaver)
    client.force_login(boss)
    answer = client.post(url_of(leaver), {"colleague": guest.pk})
    assert answer.status_code == 200
    assert "қабылдай алмайды" in answer.content.decode()
    leaver.refresh_from_db()
    assert leaver.is_active
    assert names(leaver) == before
    assert names(guest) == {}


@pytest.mark.parametrize("choice", ["nobody", "self", "inactive", "outsider", "text"])
def test_work_needs_an_active_colleague(client, boss, leaver, held, choice):
    gone = member("gone", "News editors", is_active=False)
    outsider = member("outsider")
    client.force_login(boss)
    value = {
        "nobody": "",
        "self": leaver.pk,
        "inactive": gone.pk,
        "outsider": outsider.pk,
        "text": "x",
    }[choice]
    assert client.post(url_of(leaver), {"colleague": value}).status_code == 200
    leaver.refresh_from_db()
    assert leaver.is_active
    assert entries(audit.ACCOUNT_CLOSE) == []


def test_code_cannot_hand_work_to_the_leaver_or_to_a_closed_account(boss, leaver, held):
    gone = member("gone", "News editors", is_active=False)
    for colleague in (leaver, gone, None):
        with pytest.raises(ClosingRefusedError):
            close_account(leaver, colleague=colleague, by=boss)


def test_an_account_without_work_needs_no_colleague(client, boss):
    user = member("idle", "Journalists")
    client.force_login(boss)
    assert client.post(url_of(user), {}).status_code == 302
    user.refresh_from_db()
    assert not user.is_active


def test_a_failure_in_the_middle_changes_nothing(boss, leaver, heir, held, monkeypatch):
    def fail(*_arguments):
        raise IntegrityError

    before = names(leaver)
    broken = holdings.Holding(
        "broken", "x", lambda user: [1], str, lambda *_: True, fail, 99
    )
    monkeypatch.setattr(
        closing, "kinds_of_work", lambda: [*holdings.kinds_of_work(), broken]
    )
    with pytest.raises(IntegrityError):
        close_account(leaver, colleague=heir, by=boss)
    monkeypatch.undo()
    leaver.refresh_from_db()
    assert leaver.is_active
    assert names(leaver) == before


def test_who_may_close_whose_account(client, boss):
    journalist = member("journalist", "Journalists")
    editor = member("editor", "News editors")
    manager = account_manager("manager")
    second = chief("second")
    plain = member("plain")
    for actor, account, allowed in (
        (journalist, plain, False),
        (editor, plain, False),
        (manager, plain, True),
        (manager, boss, False),
        (manager, manager, False),
        (boss, boss, False),
        (second, boss, True),
    ):
        client.force_login(Account.objects.get(pk=actor.pk))
        assert (client.get(url_of(account)).status_code == 200) is allowed
        client.post(url_of(account), {})
        account.refresh_from_db()
        assert account.is_active is not allowed
        Account.objects.filter(pk=account.pk).update(is_active=True)
    visitor = Client()
    assert visitor.post(url_of(plain)).status_code == 302
    plain.refresh_from_db()
    assert plain.is_active


def test_the_last_administrator_is_not_closed(boss):
    manager = account_manager()
    with pytest.raises(ClosingRefusedError):
        close_account(boss, colleague=None, by=manager)
    boss.refresh_from_db()
    assert boss.is_active


def test_two_administrators_cannot_close_each_other(boss):
    second = chief("second")
    close_account(second, colleague=None, by=boss)
    with pytest.raises(ClosingRefusedError):
        close_account(boss, colleague=None, by=second)


def test_a_review_that_nobody_else_can_decide_needs_somebody_who_can(
    boss, leaver, homes
):
    article = make_article(make_section(homes["kk"]), live=False)
    article.get_workflow().start(article, boss)
    state = TaskState.objects.get()
    for group in state.task.specific.groups.all():
        group.user_set.set([leaver] if group.name == "News editors" else [])
    assert names(leaver) == {"tasks": 1}
    guest = member("guest", "Journalists")
    with pytest.raises(ClosingRefusedError):
        close_account(leaver, colleague=guest, by=boss)
    close_account(leaver, colleague=chief("second"), by=boss)


@pytest.mark.parametrize(
    "trace", ["sign-in", "article", "comment", "revision", "log entry"]
)
def test_an_account_that_has_done_anything_is_closed_instead_of_deleted(
    client, boss, homes, trace
):
    user = member("aigul", "News editors")
    page = make_article(make_section(homes["kk"]))
    match trace:
        case "sign-in":
            sign_in(Client(), "aigul")
        case "article":
            Page.objects.filter(pk=page.pk).update(owner=user)
        case "comment":
            Comment.objects.create(page=page, user=user, text="x", contentpath="t")
        case "revision":
            page.save_revision(user=user, log_action=False)
        case "log entry":
            PageLogEntry.objects.log_action(page, "wagtail.edit", user=user)
    assert has_history(user)
    client.force_login(boss)
    url = reverse("wagtailusers_users:delete", args=[user.pk])
    for answer in (client.get(url), client.post(url)):
        assert answer.status_code == 302
        assert answer.url == url_of(user)
    bulk = reverse("wagtail_bulk_action", args=["auth", "user", "delete"])
    client.post(f"{bulk}?id={user.pk}")
    assert Account.objects.filter(pk=user.pk).exists()


def test_an_account_that_has_done_nothing_can_be_deleted(client, boss):
    user, other = member("typo", "Journalists"), member("typo2")
    assert not has_history(user)
    client.force_login(boss)
    client.post(reverse("wagtailusers_users:delete", args=[user.pk]))
    bulk = reverse("wagtail_bulk_action", args=["auth", "user", "delete"])
    client.post(f"{bulk}?id={other.pk}")
    assert not Account.objects.filter(pk__in=[user.pk, other.pk]).exists()


def test_one_account_with_a_history_keeps_the_others_of_a_bulk_deletion(client, boss):
    user, other = member("aigul"), member("typo")
    sign_in(Client(), "aigul")
    client.force_login(boss)
    bulk = reverse("wagtail_bulk_action", args=["auth", "user", "delete"])
    client.post(f"{bulk}?id={user.pk}&id={other.pk}")
    assert Account.objects.filter(pk__in=[user.pk, other.pk]).count() == 2


def test_a_closed_account_cannot_ask_for_a_password(boss, leaver):
    close_account(leaver, colleague=None, by=boss)
    client = Client()
    sign_in(client, "leaver")
    assert "_auth_user_id" not in client.session
