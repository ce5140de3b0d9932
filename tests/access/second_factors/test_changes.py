"""Adding and removing one's own factors on the account page."""

from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils.translation import override
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp_webauthn.models import WebAuthnCredential
from wagtail.models import ModelLogEntry

from newsroom.access import audit
from newsroom.access.second_factors.codes import make_recovery_codes
from tests.access.second_factors.conftest import (
    PASSWORD,
    add_passkey,
    code_of,
    enter_password,
    give_app,
    is_signed_in,
    url,
)

ACCOUNT = reverse("wagtailadmin_account")


@pytest.fixture
def app(journalist):
    return give_app(journalist)


def confirm(client, **data):
    return client.post(url("confirm"), data or {"password": PASSWORD})


@pytest.mark.parametrize(
    "name", ["set_up_app", "app_qr", "add_passkey", "remove_app", "recovery_codes"]
)
def test_every_change_asks_who_it_is(signed_in, journalist, app, name):
    page = url(name)
    for ask in (signed_in.get, signed_in.post):
        response = ask(page)
        assert response["Location"].startswith(url("confirm")), name
    assert list(journalist.totpdevice_set.all()) == [app]
    assert not StaticDevice.objects.exists()


def test_one_confirmation_serves_one_change(signed_in):
    confirm(signed_in)
    assert signed_in.post(url("recovery_codes")).status_code == 200
    assert signed_in.post(url("recovery_codes")).status_code == 302


def test_a_confirmation_leads_back_to_the_change(signed_in):
    question = signed_in.get(url("remove_app"))["Location"]
    assert url("remove_app") in signed_in.get(question).context["next"]
    data = {"password": PASSWORD, "next": url("remove_app")}
    assert confirm(signed_in, **data)["Location"] == url("remove_app")


@pytest.mark.parametrize(
    "data", [{}, {"password": "wrong"}, {"code": "123"}, {"password": "", "code": ""}]
)
def test_a_wrong_confirmation_opens_nothing(signed_in, data):
    response = signed_in.post(url("confirm"), data)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert signed_in.get(url("add_passkey")).status_code == 302


def test_a_code_confirms_too(signed_in, app):
    assert confirm(signed_in, code=code_of(app)).status_code == 302
    assert signed_in.get(url("add_passkey")).status_code == 200


def test_the_code_of_the_sign_in_does_not_confirm(signed_in, app):
    assert confirm(signed_in, code=code_of(app, -1)).status_code == 200
    assert signed_in.get(url("add_passkey")).status_code == 302


def test_a_confirmation_ends_after_five_minutes(signed_in):
    confirm(signed_in)
    session = signed_in.session
    session["second_factor_confirmed_at"] -= 301
    session.save()
    assert signed_in.get(url("add_passkey")).status_code == 302


def test_nobody_reaches_the_changes_without_signing_in(db, client):
    for name in ("confirm", "set_up", "set_up_app", "add_passkey", "second_step"):
        assert client.get(url(name))["Location"].startswith("/admin/login/"), name


def test_the_qr_code_is_a_picture_of_ones_own_key(signed_in, journalist):
    confirm(signed_in)
    response = signed_in.get(url("app_qr"))
    assert response["Content-Type"] == "image/svg+xml"
    assert "no-store" in response["Cache-Control"]
    assert ElementTree.fromstring(response.content).tag.endswith("svg")
    new = journalist.totpdevice_set.get(confirmed=False)
    page = signed_in.get(url("set_up_app")).context
    assert page["key"].replace(" ", "") in new.config_url
    assert "daniyar" in new.config_url
    assert "style" not in response.content.decode()


def test_a_new_app_replaces_the_old_one(signed_in, journalist, app, events):
    confirm(signed_in)
    signed_in.get(url("set_up_app"))
    new = journalist.totpdevice_set.get(confirmed=False)
    response = signed_in.post(url("set_up_app"), {"code": code_of(new)})
    assert response["Location"] == ACCOUNT
    assert journalist.totpdevice_set.get() == new
    assert is_signed_in(signed_in)
    assert events == [("add", "app", "daniyar", "daniyar")]


def test_the_code_that_sets_up_an_app_does_not_sign_in(client, journalist):
    enter_password(client, journalist)
    confirm(client)
    client.get(url("set_up_app"))
    new = journalist.totpdevice_set.get()
    code = code_of(new)
    client.post(url("set_up_app"), {"code": code})
    client.logout()
    enter_password(client, journalist)
    assert client.post(url("second_step"), {"code": code}).status_code == 200
    assert not is_signed_in(client)


@pytest.mark.parametrize("code", ["", "000", "abcdef", "999999999"])
def test_an_app_is_not_set_up_by_a_wrong_code(signed_in, journalist, app, code):
    confirm(signed_in)
    response = signed_in.post(url("set_up_app"), {"code": code})
    assert response.context["form"].errors["code"]
    assert journalist.totpdevice_set.get(confirmed=True) == app
    # The key stays, and the confirmation serves until the change is made.
    key = response.context["key"]
    assert signed_in.get(url("set_up_app")).context["key"] == key


def test_the_last_factor_can_be_removed_where_none_is_required(
    signed_in, journalist, events
):
    make_recovery_codes(journalist)
    confirm(signed_in)
    assert signed_in.post(url("remove_app"))["Location"] == ACCOUNT
    assert not journalist.totpdevice_set.exists()
    assert not StaticDevice.objects.exists()
    assert is_signed_in(signed_in)
    assert events == [("remove", "app", "daniyar", "daniyar")]


def test_the_last_factor_stays_where_one_is_required(settings, signed_in, app):
    settings.SECOND_FACTOR_REQUIRED = "everyone"
    confirm(signed_in)
    for ask in (signed_in.get, signed_in.post):
        response = ask(url("remove_app"))
        assert response.status_code == 200
        assert not response.context["may_remove"]
    app.refresh_from_db()
    assert is_signed_in(signed_in)


def test_one_of_two_factors_can_be_removed_where_one_is_required(
    settings, signed_in, journalist
):
    settings.SECOND_FACTOR_REQUIRED = "everyone"
    confirm(signed_in)
    add_passkey(signed_in, "Phone")
    passkey = WebAuthnCredential.objects.get()
    confirm(signed_in)
    assert signed_in.post(url("remove_app")).status_code == 302
    # The session was verified by the app, and goes on with the passkey.
    assert is_signed_in(signed_in)
    confirm(signed_in)
    page = signed_in.post(url("remove_passkey", passkey.pk))
    assert not page.context["may_remove"]
    assert WebAuthnCredential.objects.count() == 1


def test_recovery_codes_are_no_factor_that_may_remain(settings, signed_in, journalist):
    settings.SECOND_FACTOR_REQUIRED = "everyone"
    make_recovery_codes(journalist)
    confirm(signed_in)
    signed_in.post(url("remove_app"))
    assert journalist.totpdevice_set.exists()


def test_the_passkey_of_another_user_cannot_be_removed(signed_in, editor):
    passkey = WebAuthnCredential.objects.create(user=editor, credential_id=b"1")
    confirm(signed_in)
    for ask in (signed_in.get, signed_in.post):
        for pk in (passkey.pk, 0):
            # LocaleMiddleware looks for the page in the language of the reader, too.
            found = ask(url("remove_passkey", pk), follow=True)
            assert found.status_code == 404
    assert WebAuthnCredential.objects.count() == 1


def test_recovery_codes_are_shown_once(signed_in):
    confirm(signed_in)
    response = signed_in.post(url("recovery_codes"))
    assert "no-store" in response["Cache-Control"]
    codes = response.context["codes"]
    assert all(code in response.content.decode() for code in codes)
    confirm(signed_in)
    again = signed_in.get(url("recovery_codes")).content.decode()
    account = signed_in.get(ACCOUNT).content.decode()
    assert not any(code in again + account for code in codes)


def test_there_are_no_recovery_codes_without_a_factor(client, editor):
    enter_password(client, editor)
    confirm(client)
    assert client.post(url("recovery_codes"))["Location"].startswith(url("set_up"))
    assert not StaticDevice.objects.exists()


def test_after_a_recovery_code_a_new_app_can_be_set_up(client, journalist, app):
    codes = make_recovery_codes(journalist)
    enter_password(client, journalist)
    client.post(url("second_step"), {"code": codes[0]})
    confirm(client)
    client.get(url("set_up_app"))
    new = journalist.totpdevice_set.get(confirmed=False)
    client.post(url("set_up_app"), {"code": code_of(new)})
    assert journalist.totpdevice_set.get() == new
    assert is_signed_in(client)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_account_page_lists_the_factors(signed_in, journalist, language):
    signed_in.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    confirm(signed_in)
    add_passkey(signed_in, "Office <laptop>")
    make_recovery_codes(journalist)
    page = signed_in.get(ACCOUNT).content.decode()
    assert "Office &lt;laptop&gt;" in page
    assert url("remove_passkey", WebAuthnCredential.objects.get().pk) in page
    assert url("remove_app") in page
    assert 'id="panel-second_factors-heading"' in page or "second_factors" in page
    assert "10" in page


def test_the_account_page_saves_beside_the_factors(signed_in, journalist):
    page = signed_in.get(ACCOUNT)
    values = {}
    for panels in page.context["panels_by_tab"].values():
        for panel in panels:
            form = panel.get_form()
            for field in form:
                values[field.html_name] = field.value() or ""
    values |= {
        "name_email-first_name": "Данияр",
        "name_email-last_name": "Серік",
        "name_email-email": "d@example.kz",
    }
    assert signed_in.post(ACCOUNT, values).status_code == 302
    journalist.refresh_from_db()
    assert journalist.first_name == "Данияр"


def test_events_of_factors_are_in_the_audit_log(signed_in, journalist, app):
    confirm(signed_in)
    signed_in.post(url("recovery_codes"))
    confirm(signed_in)
    add_passkey(signed_in)
    confirm(signed_in)
    signed_in.post(url("remove_app"))
    entries = ModelLogEntry.objects.filter(
        action__startswith="newsroom.second_factor"
    ).order_by("pk")
    assert [(entry.action, entry.data["factor"]) for entry in entries] == [
        (audit.SECOND_FACTOR_USE, audit.APP),
        (audit.SECOND_FACTOR_ADD, audit.RECOVERY_CODES),
        (audit.SECOND_FACTOR_ADD, audit.PASSKEY),
        (audit.SECOND_FACTOR_REMOVE, audit.APP),
    ]
    assert {entry.user for entry in entries} == {journalist}
    assert {entry.object_id for entry in entries} == {str(journalist.pk)}
    with override("ru"):
        first = entries[0]
        assert "приложение-аутентификатор" in first.formatter.format_message(first)
