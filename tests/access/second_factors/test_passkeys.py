"""Passkeys, with a device in Python; Chromium's is in tests/browser."""

import json

import pytest
from django.test import Client
from django_otp_webauthn.models import WebAuthnCredential

from newsroom.access.second_factors.configuration import (
    passkey_domain,
    passkey_origins,
)
from newsroom.access.second_factors.passkeys import MAX_PASSKEYS
from tests.access.second_factors.authenticator import Authenticator
from tests.access.second_factors.conftest import (
    HOME,
    PASSWORD,
    add_passkey,
    code_of,
    enter_password,
    give_app,
    is_signed_in,
    post_json,
    url,
    use_passkey,
)


def confirmed(client, user):
    """Sign *user* in, and confirm one change by the password."""
    enter_password(client, user)
    response = client.post(url("confirm"), {"password": PASSWORD})
    assert response.status_code == 302
    return client


@pytest.fixture
def passkey(client, journalist):
    """The passkey of a journalist, whose session has ended."""
    found, answer = add_passkey(confirmed(client, journalist), "Office laptop")
    assert answer.status_code == 200, answer.content
    client.logout()
    return found


def test_a_passkey_signs_in_without_a_password(client, passkey, events):
    answer = use_passkey(client, passkey, "/admin/pages/")
    assert answer.json() == {"redirect_url": "/admin/pages/"}
    assert is_signed_in(client)
    assert events == [("use", "passkey", "daniyar", "daniyar")]
    assert WebAuthnCredential.objects.get().last_used_at is not None


def test_a_passkey_completes_a_sign_in_by_password(client, journalist, passkey):
    enter_password(client, journalist)
    assert not is_signed_in(client)
    begin = post_json(client, url("begin_use"), {}).json()
    assert len(begin["allowCredentials"]) == 1
    assert begin["userVerification"] == "required"
    before = client.session.session_key
    assert use_passkey(client, passkey).status_code == 200
    assert is_signed_in(client)
    assert client.session.session_key != before


def test_the_name_of_a_passkey_is_kept(passkey):
    assert WebAuthnCredential.objects.get().name == "Office laptop"


@pytest.mark.parametrize("name", ["", "   ", "%E2%80%AE"])
def test_a_passkey_without_a_usable_name_gets_one(client, journalist, name):
    add_passkey(confirmed(client, journalist), name)
    stored = WebAuthnCredential.objects.get().name
    assert stored.isprintable()
    assert "1" in stored


def test_a_long_name_is_cut(client, journalist):
    add_passkey(confirmed(client, journalist), "қ" * 500)
    assert WebAuthnCredential.objects.get().name == "қ" * 64


def test_a_visitor_learns_nothing_of_accounts(db, client, passkey):
    begin = post_json(Client(), url("begin_use"), {}).json()
    assert begin.get("allowCredentials", []) == []
    assert begin["userVerification"] == "required"


def test_a_device_that_does_not_verify_its_user_is_refused(client, journalist):
    confirmed(client, journalist)
    options = post_json(client, url("begin_registration"), {}).json()
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    lazy = Authenticator(verifies=False)
    answer = post_json(client, url("complete_registration"), lazy.create(options))
    assert answer.status_code == 422
    assert not WebAuthnCredential.objects.exists()


def test_a_sign_in_that_does_not_verify_the_user_is_refused(client, passkey):
    passkey.verifies = False
    assert use_passkey(client, passkey).status_code == 422
    assert not is_signed_in(client)


def test_a_passkey_of_another_site_is_refused(client, passkey):
    passkey.origin = "https://evil.example"
    assert use_passkey(client, passkey).status_code == 422
    assert not is_signed_in(client)


def test_an_answer_cannot_be_sent_twice(client, passkey):
    options = post_json(client, url("begin_use"), {}).json()
    answer = passkey.get(options)
    assert post_json(client, url("complete_use"), answer).status_code == 200
    client.logout()
    assert post_json(client, url("complete_use"), answer).status_code == 400
    post_json(client, url("begin_use"), {})
    assert post_json(client, url("complete_use"), answer).status_code == 422
    assert not is_signed_in(client)


def test_an_unknown_passkey_is_refused(db, client):
    answer = use_passkey(client, Authenticator())
    assert answer.status_code == 422
    assert answer.json()["code"] == "credential_not_found"
    assert not is_signed_in(client)


def test_a_passkey_with_another_key_is_refused(client, journalist, passkey, events):
    forged = Authenticator()
    forged.credential_id = passkey.credential_id
    enter_password(client, journalist)
    assert use_passkey(client, forged).status_code == 422
    assert events == [("failed", "passkey", "daniyar", "daniyar")]
    assert not is_signed_in(client)


def test_ones_own_passkey_does_not_complete_the_sign_in_of_another(
    client, editor, passkey
):
    give_app(editor)
    enter_password(client, editor)
    answer = use_passkey(client, passkey)
    assert answer.status_code == 403
    assert answer.json()["code"] == "credential_user_mismatch"
    assert not is_signed_in(client)


def test_a_passkey_of_a_deactivated_account_is_refused(client, journalist, passkey):
    journalist.is_active = False
    journalist.save()
    assert use_passkey(client, passkey).status_code == 403
    assert not is_signed_in(client)


def test_a_passkey_that_was_removed_signs_nobody_in(client, journalist, passkey):
    use_passkey(client, passkey)
    WebAuthnCredential.objects.all().delete()
    client.logout()
    assert use_passkey(client, passkey).status_code == 422
    assert not is_signed_in(client)


def test_a_passkey_is_not_added_without_a_confirmation(client, journalist):
    enter_password(client, journalist)
    for name in ("begin_registration", "complete_registration"):
        answer = post_json(client, url(name), {})
        assert (answer.status_code, answer.json()["code"]) == (403, "not_confirmed")


def test_one_confirmation_adds_one_passkey(client, journalist):
    give_app(journalist)
    confirm_by_code(client, journalist)
    assert add_passkey(client)[1].status_code == 200
    assert post_json(client, url("begin_registration"), {}).status_code == 403


def confirm_by_code(client, user):
    enter_password(client, user)
    app = user.totpdevice_set.get()
    client.post(url("second_step"), {"code": code_of(app)})
    client.post(url("confirm"), {"password": PASSWORD})


def test_a_passkey_confirms_a_change(client, journalist, passkey):
    use_passkey(client, passkey)
    assert client.get(url("set_up_app")).status_code == 302
    target = url("set_up_app")
    assert use_passkey(client, passkey, target).json() == {"redirect_url": target}
    assert client.get(target).status_code == 200


def test_a_passkey_of_another_user_confirms_nothing(client, editor, passkey):
    enter_password(client, editor)
    assert use_passkey(client, passkey).status_code == 403
    assert client.get(url("set_up_app")).status_code == 302


def test_a_passkey_is_registered_once(client, journalist):
    passkey, _answer = add_passkey(confirmed(client, journalist))
    client.post(url("confirm"), {"password": PASSWORD})
    options = post_json(client, url("begin_registration"), {}).json()
    assert len(options["excludeCredentials"]) == 1
    again = passkey.create(options)
    answer = post_json(client, url("complete_registration"), again)
    assert answer.status_code == 409
    assert WebAuthnCredential.objects.count() == 1


def test_the_number_of_passkeys_is_limited(client, journalist):
    for number in range(MAX_PASSKEYS - 1):
        WebAuthnCredential.objects.create(
            user=journalist, name=str(number), credential_id=str(number).encode()
        )
    give_app(journalist)
    confirm_by_code(client, journalist)
    assert add_passkey(client)[1].status_code == 200
    client.post(url("confirm"), {"password": PASSWORD})
    answer = post_json(client, url("begin_registration"), {})
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_passkeys")


NONSENSE = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"text"',
    b"1e400",
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"id": 1, "rawId": [], "response": "", "type": "public-key"}',
    b'{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
    b'{"id": "AA", "rawId": "AA", "type": "public-key", "response":'
    b' {"clientDataJSON": "AA", "attestationObject": "AA",'
    b' "authenticatorData": "AA", "signature": "AA"}}',
]


@pytest.mark.parametrize("body", NONSENSE, ids=range(len(NONSENSE)))
@pytest.mark.parametrize("kind", ["use", "registration"])
def test_nonsense_is_refused(client, journalist, kind, body):
    if kind == "registration":
        confirmed(client, journalist)
    post_json(client, url(f"begin_{kind}"), {})
    answer = client.post(url(f"complete_{kind}"), body, content_type="application/json")
    assert 400 <= answer.status_code < 500
    assert json.loads(answer.content)["detail"]


@pytest.mark.parametrize("kind", ["use", "registration"])
def test_odd_extension_results_are_refused_or_ignored(client, journalist, kind):
    confirmed(client, journalist)
    options = post_json(client, url(f"begin_{kind}"), {}).json()
    passkey = Authenticator()
    answer = passkey.get(options) if kind == "use" else passkey.create(options)
    answer["clientExtensionResults"] = ["credProps", 7]
    response = post_json(client, url(f"complete_{kind}"), answer)
    assert 400 <= response.status_code < 500
    assert not WebAuthnCredential.objects.exists()


@pytest.mark.parametrize("name", ["begin_use", "complete_use", "begin_registration"])
def test_a_form_of_another_site_cannot_use_passkeys(db, name):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(url(name)).status_code == 403
    assert strict.get(url(name)).status_code in {403, 405}


@pytest.mark.parametrize(
    ("code", "words"), [("kk", "кіру кілті"), ("ru", "ключ"), ("en", "passkey")]
)
def test_refusals_are_in_the_language_of_the_visitor(db, client, code, words):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = code
    answer = use_passkey(client, Authenticator())
    assert words in answer.json()["detail"].lower()


@pytest.mark.parametrize(
    ("site", "domain", "origins"),
    [
        ("https://a.kz", "a.kz", ["https://a.kz"]),
        ("https://archive.a.kz:8443/x", "archive.a.kz", ["https://archive.a.kz:8443"]),
        ("http://a.kz", "a.kz", ["https://a.kz"]),
        ("https://.a.kz", "a.kz", ["https://a.kz"]),
        ("http://localhost:8000", "localhost", ["http://localhost:8000"]),
        ("https://localhost", "localhost", ["https://localhost"]),
    ],
)
def test_passkeys_belong_to_the_host_of_the_site(site, domain, origins):
    assert passkey_domain(site) == domain
    assert passkey_origins(site) == origins


def test_the_login_page_offers_passkeys(db, client):
    page = client.get("/admin/login/?next=/admin/pages/").content.decode()
    assert 'data-passkey="use"' in page
    assert 'data-next="/admin/pages/"' in page
    assert "js/passkeys.js" in page
    assert HOME in client.get("/admin/login/").content.decode()
