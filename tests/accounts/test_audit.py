"""The audit log: what is recorded, who reads it, and that nobody changes it."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import override
from wagtail.log_actions import registry
from wagtail.models import APIToken, ModelLogEntry, Page, PageLogEntry

from newsroom.access import audit
from newsroom.access.audit import printable, record
from newsroom.accounts.audit.retention import BATCH, delete_old_entries
from newsroom.worker import schedule
from tests.accounts.members import account_manager, chief, entries, member, sign_in

pytestmark = pytest.mark.django_db
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_sign_in_and_sign_out_are_recorded_with_address_and_browser(client):
    user = member("aigul", "Journalists")
    headers = {"REMOTE_ADDR": "203.0.113.7", "HTTP_USER_AGENT": AGENT + "x" * 500}
    sign_in(client, "aigul", **headers)
    client.post(reverse("wagtailadmin_logout"), **headers)
    found = entries(audit.SIGN_IN, audit.SIGN_OUT)
    assert [one.action for one in found] == [audit.SIGN_IN, audit.SIGN_OUT]
    for one in found:
        assert (one.user, one.object_id) == (user, str(user.pk))
        assert one.data["address"] == "203.0.113.7"
        assert one.data["agent"].startswith(AGENT)
        assert len(one.data["agent"]) <= audit.MAX_AGENT
    assert len({one.data["request_id"] for one in found}) == 2


def test_a_forwarded_address_of_an_untrusted_client_is_not_recorded(client):
    member("aigul")
    sign_in(client, "aigul", HTTP_X_FORWARDED_FOR="198.51.100.1")
    assert entries(audit.SIGN_IN)[0].data["address"] == "127.0.0.1"


def test_a_failed_sign_in_names_the_account(client):
    user = member("aigul")
    sign_in(client, "aigul", "wrong")
    [entry] = entries(audit.SIGN_IN_FAILED)
    assert (entry.object_id, entry.label, entry.user) == (str(user.pk), "aigul", None)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("nobody", "nobody"),
        ("a\x1b[31mb", "a[31mb"),
        ("line\r\nbreak", "line break"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("x" * 200, "x" * 39 + "…"),
    ],
    ids=["plain", "control", "line break", "direction", "long"],
)
def test_a_failure_with_an_unknown_name_is_recorded_without_an_account(
    client, typed, label
):
    sign_in(client, typed, "wrong")
    [entry] = entries(audit.SIGN_IN_FAILED)
    assert (entry.object_id, entry.user, entry.label) == (audit.NOBODY, None, label)


@pytest.mark.parametrize("text", ["", " ", "\x00", "\u200b\u202e"], ids=repr)
def test_a_name_of_invisible_characters_is_empty(text):
    assert printable(text, 10) == ""


def test_groups_of_a_user_are_recorded_before_and_after_from_both_sides():
    user, other = member("aigul", "Journalists"), member("bolat")
    editors = Group.objects.get(name="News editors")
    ModelLogEntry.objects.all().delete()
    user.groups.add(editors)
    user.groups.add(editors)  # no change, no entry
    editors.user_set.set([other])
    user.groups.clear()
    assert [
        (one.label, one.data["old"], one.data["new"])
        for one in entries(audit.GROUPS_CHANGE)
    ] == [
        ("aigul", ["Journalists"], ["Journalists", "News editors"]),
        ("aigul", ["Journalists", "News editors"], ["Journalists"]),
        ("bolat", [], ["News editors"]),
        ("aigul", ["Journalists"], []),
    ]


def test_the_members_of_a_deleted_group_lose_it_on_record():
    group = Group.objects.create(name="Guests")
    user = member("aigul", "Guests")
    ModelLogEntry.objects.all().delete()
    group.delete()
    [entry] = entries(audit.GROUPS_CHANGE)
    assert (entry.object_id, entry.data["old"], entry.data["new"]) == (
        str(user.pk),
        ["Guests"],
        [],
    )


def test_permissions_of_a_group_and_of_a_user_are_recorded():
    group, user = Group.objects.create(name="Guests"), member("aigul")
    ModelLogEntry.objects.all().delete()
    one = Permission.objects.get(codename="change_user")
    group.permissions.add(one)
    group.permissions.remove(one)
    user.user_permissions.set([one])
    one.group_set.add(group)
    found = entries(audit.PERMISSIONS_CHANGE)
    assert [(e.label, e.data["added"], e.data["removed"]) for e in found] == [
        ("Guests", ["auth.change_user"], []),
        ("Guests", [], ["auth.change_user"]),
        ("aigul", ["auth.change_user"], []),
        ("Guests", ["auth.change_user"], []),
    ]


def test_the_group_form_records_permissions_on_pages(client, homes):
    user = chief()
    client.force_login(user)
    group = Group.objects.create(name="Guests")
    ModelLogEntry.objects.all().delete()
    form = {
        "name": "Guests",
        "page_permissions-TOTAL_FORMS": "1",
        "page_permissions-INITIAL_FORMS": "0",
        "page_permissions-0-page": str(homes["kk"].pk),
        "page_permissions-0-permissions": ["change_page"],
    }
    for prefix in (
        "document_permissions",
        "image_permissions",
        "collection_permissions",
    ):
        form |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    url = reverse("wagtailusers_groups:edit", args=[group.pk])
    assert client.post(url, form).status_code == 302
    [added] = entries(audit.PERMISSIONS_CHANGE)
    assert added.user == user
    assert added.data["removed"] == []
    [name] = added.data["added"]
    assert name.startswith("wagtailcore.change_page: ")
    assert str(homes["kk"].pk) in name
    del form["page_permissions-0-page"], form["page_permissions-0-permissions"]
    form["page_permissions-TOTAL_FORMS"] = "0"
    assert client.post(url, form).status_code == 302
    assert entries(audit.PERMISSIONS_CHANGE)[-1].data["removed"] == [name]


def test_administrator_and_active_flags_are_recorded():
    user = member("aigul")
    user.is_superuser = True
    user.save()
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.save()  # nothing changed
    found = entries(audit.SUPERUSER_CHANGE, audit.ACTIVE_CHANGE)
    assert [(e.action, e.data["old"], e.data["new"]) for e in found] == [
        (audit.SUPERUSER_CHANGE, False, True),
        (audit.ACTIVE_CHANGE, True, False),
    ]


def test_accounts_deactivated_in_bulk_are_recorded_once(client):
    user, boss = member("aigul"), chief()
    client.force_login(boss)
    url = reverse("wagtail_bulk_action", args=["auth", "user", "set_active_state"])
    client.post(f"{url}?id={user.pk}&id={boss.pk}", {"mark_as_active": "False"})
    [entry] = entries(audit.ACTIVE_CHANGE)
    assert (entry.object_id, entry.user) == (str(user.pk), boss)


def test_a_new_password_is_recorded_but_a_stronger_hash_of_it_is_not(client, settings):
    user = member("aigul")
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    sign_in(client, "aigul")
    user.refresh_from_db()
    assert user.password.startswith("pbkdf2")
    assert entries(audit.PASSWORD_CHANGE) == []
    user.set_password("another")
    user.save()
    user.set_unusable_password()
    user.save()
    assert len(entries(audit.PASSWORD_CHANGE)) == 2


def test_tokens_are_recorded_when_created_and_when_revoked():
    user = member("aigul")
    token, plain = APIToken.create_token(user=user, name="agency")
    token.revoke()
    found = entries(audit.TOKEN_CREATE, audit.TOKEN_DELETE)
    assert [one.action for one in found] == [audit.TOKEN_CREATE, audit.TOKEN_DELETE]
    assert plain not in "".join(str(one.data) for one in found)


def test_every_file_that_the_admin_sends_is_recorded_as_an_export(client):
    user = chief()
    client.force_login(user)
    url = reverse("wagtailadmin_reports:site_history")
    assert client.get(f"{url}?export=csv").status_code == 200
    assert client.get(f"{reverse('insight:frequent')}?export=xlsx").status_code == 200
    assert client.get(reverse("translation_desk:terms_export")).status_code == 200
    client.get(url)
    found = entries(audit.EXPORT)
    assert [one.user for one in found] == [user] * 3
    assert found[0].data["path"] == f"{url}?export=csv"
    assert found[2].data["file"] == "termbase.tbx"


def test_a_refused_export_is_not_recorded(client):
    client.force_login(member("aigul"))
    client.get(reverse("translation_desk:terms_export"))
    assert entries(audit.EXPORT) == []


def test_every_action_has_a_label_and_a_message_in_every_language():
    entry = ModelLogEntry(data={})
    for action in audit.ACTIONS:
        entry.action = action
        shown = {}
        for code in ("kk", "ru", "en"):
            with override(code):
                formatter = registry.get_formatter(entry)
                shown[code] = (str(formatter.label), formatter.format_message(entry))
        assert len({label for label, _message in shown.values()}) == 3, action
        assert len({message for _label, message in shown.values()}) == 3, action


def test_the_lazy_user_of_a_request_is_recorded():
    user = member("aigul")
    lazy = SimpleLazyObject(lambda: SimpleLazyObject(lambda: user))
    record(audit.EXPORT, lazy, user=lazy, file="x")
    [entry] = entries(audit.EXPORT)
    assert (entry.user, entry.object_id) == (user, str(user.pk))


def test_an_action_that_is_not_registered_is_refused():
    with pytest.raises(Exception, match=r"newsroom\.unknown"):
        record("newsroom.unknown", member("aigul"))


@pytest.mark.parametrize("name", ["audit", "audit_results"])
@pytest.mark.parametrize("query", ["", "?export=csv", "?export=xlsx"])
def test_only_administrators_read_the_audit_log(client, name, query):
    url = reverse(f"accounts:{name}") + query
    assert client.get(url).status_code == 302
    for user in (
        member("editor", "News editors"),
        member("journalist", "Journalists"),
        account_manager(),
    ):
        client.force_login(user)
        assert client.get(url).status_code == 302
        assert client.post(url).status_code in (302, 405)
    client.force_login(chief())
    assert client.get(url).status_code == 200


def test_the_report_filters_by_action_user_date_and_address(client):
    user, boss = member("aigul"), chief()
    ModelLogEntry.objects.all().delete()
    sign_in(Client(), "aigul", REMOTE_ADDR="203.0.113.7")
    sign_in(Client(), "aigul", "wrong", REMOTE_ADDR="198.51.100.4")
    ModelLogEntry.objects.filter(action=audit.SIGN_IN_FAILED).update(
        timestamp=timezone.now() - timedelta(days=40)
    )
    client.force_login(boss)

    def shown(**query: str) -> list[str]:
        page = client.get(reverse("accounts:audit"), query)
        rows = [one.action for one in page.context["object_list"]]
        return [a for a in rows if a in (audit.SIGN_IN, audit.SIGN_IN_FAILED)]

    both = [audit.SIGN_IN, audit.SIGN_IN, audit.SIGN_IN_FAILED]
    assert shown() == both
    assert shown(action=audit.SIGN_IN_FAILED) == [audit.SIGN_IN_FAILED]
    assert shown(user=str(user.pk)) == [audit.SIGN_IN]
    assert shown(address="198.51.") == [audit.SIGN_IN_FAILED]
    old = timezone.localdate(timezone.now() - timedelta(days=30)).isoformat()
    assert shown(timestamp_to=old) == [audit.SIGN_IN_FAILED]
    assert shown(address="' OR 1=1") == []


def test_exported_names_are_no_formulas(client):
    sign_in(Client(), "=cmd|' /C calc'!A0", "wrong")
    client.force_login(chief())
    for url in (
        reverse("accounts:audit"),
        reverse("wagtailadmin_reports:site_history"),
    ):
        text = client.get(f"{url}?export=csv").getvalue().decode()
        assert "'=cmd" in text
        assert ",=cmd" not in text
        assert '"=cmd' not in text


def test_no_address_of_the_admin_changes_or_deletes_a_log_entry(client):
    """No view of the site is made for the models of the log."""
    found = []

    def walk(resolver: URLResolver) -> None:
        for one in resolver.url_patterns:
            if isinstance(one, URLResolver):
                walk(one)
                continue
            view = getattr(one.callback, "view_class", None)
            model = (one.callback.__dict__.get("view_initkwargs") or {}).get("model")
            if (model or getattr(view, "model", None)) in (ModelLogEntry, PageLogEntry):
                found.append(str(one.pattern))

    walk(get_resolver())
    assert found == []
    member("aigul")
    client.force_login(chief())
    before = ModelLogEntry.objects.count()
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(reverse("accounts:audit")).status_code == 405
    assert ModelLogEntry.objects.count() == before
    url = reverse(
        "wagtail_bulk_action", args=["wagtailcore", "modellogentry", "delete"]
    )
    assert client.post(f"{url}?id=1", follow=True).status_code == 404
    assert ModelLogEntry.objects.count() == before


def test_old_audit_entries_are_deleted_and_the_history_of_pages_is_kept(
    settings, homes
):
    settings.AUDIT_RETENTION_DAYS, settings.AUDIT_UNKNOWN_NAMES_DAYS = 100, 10
    user = member("aigul")
    ModelLogEntry.objects.all().delete()
    record(audit.SIGN_IN, user)
    record(audit.SIGN_IN_FAILED, typed="unknown")
    record(audit.SIGN_IN_FAILED, user)
    registry.log(instance=user, action="wagtail.edit")
    page = Page.objects.get(pk=homes["kk"].pk)
    registry.log(instance=page, action="wagtail.publish")
    history = PageLogEntry.objects.count()

    def age(days: int) -> list[str]:
        long_ago = timezone.now() - timedelta(days=days)
        ModelLogEntry.objects.update(timestamp=long_ago)
        PageLogEntry.objects.update(timestamp=long_ago)
        delete_old_entries()
        return [one.action for one in ModelLogEntry.objects.order_by("pk")]

    kept = [audit.SIGN_IN, audit.SIGN_IN_FAILED, audit.SIGN_IN_FAILED, "wagtail.edit"]
    assert age(9) == kept
    assert age(11) == [audit.SIGN_IN, audit.SIGN_IN_FAILED, "wagtail.edit"]
    assert age(101) == ["wagtail.edit"]
    assert PageLogEntry.objects.count() == history


def test_retention_of_zero_days_keeps_everything(settings):
    settings.AUDIT_RETENTION_DAYS = settings.AUDIT_UNKNOWN_NAMES_DAYS = 0
    record(audit.SIGN_IN, member("aigul"))
    ModelLogEntry.objects.update(timestamp=timezone.now() - timedelta(days=9999))
    assert delete_old_entries() == 0


def test_more_entries_than_a_batch_are_deleted_and_the_worker_does_it(settings):
    user = member("aigul")
    record(audit.SIGN_IN, user)
    [one] = entries(audit.SIGN_IN)
    one.timestamp = timezone.now() - timedelta(days=settings.AUDIT_RETENTION_DAYS + 1)
    one.pk = None
    ModelLogEntry.objects.bulk_create(
        [
            ModelLogEntry(
                content_type=one.content_type,
                object_id=one.object_id,
                label="x",
                action=one.action,
                timestamp=one.timestamp,
            )
            for _number in range(BATCH + 5)
        ]
    )
    for seconds in schedule.periods():
        if seconds > schedule.MINUTE:
            schedule.run_jobs(seconds)
    assert len(entries(audit.SIGN_IN)) == 1


def test_an_entry_outlives_the_account(client):
    user = member("aigul")
    sign_in(client, "aigul")
    get_user_model().objects.filter(pk=user.pk).delete()
    [entry] = entries(audit.SIGN_IN)
    assert entry.label == "aigul"
    client.force_login(chief())
    assert client.get(reverse("accounts:audit")).status_code == 200
