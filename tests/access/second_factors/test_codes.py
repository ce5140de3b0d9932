"""Codes of authenticator apps and recovery codes."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from newsroom.access.second_factors.codes import (
    WrongCodeError,
    check_code,
    make_recovery_codes,
    recovery_codes_left,
)
from tests.access.second_factors.conftest import (
    code_of,
    enter_password,
    forget_wrong_codes,
    give_app,
    is_signed_in,
    url,
)


@pytest.fixture
def app(editor):
    return give_app(editor)


def test_a_code_of_the_app_works_once(client, editor, app):
    code = code_of(app)
    assert check_code(editor, code) == app
    with pytest.raises(WrongCodeError):
        check_code(editor, code)
    enter_password(client, editor)
    forget_wrong_codes(app)
    response = client.post(url("second_step"), {"code": code})
    assert response.status_code == 200
    assert response.context["form"].errors["code"]
    assert not is_signed_in(client)


def test_an_earlier_code_does_not_work_after_a_later_one(editor, app):
    earlier, later = code_of(app, -1), code_of(app)
    check_code(editor, later)
    with pytest.raises(WrongCodeError):
        check_code(editor, earlier)


@pytest.mark.parametrize("steps", [-3, 3])
def test_a_code_of_another_time_is_wrong(editor, app, steps):
    with pytest.raises(WrongCodeError):
        check_code(editor, code_of(app, steps))


@pytest.mark.parametrize("written", ["{0} {1}", " {0}-{1}\t", "{0}\u00a0{1}"])
def test_spaces_and_hyphens_in_a_code_are_ignored(editor, app, written):
    code = code_of(app)
    assert check_code(editor, written.format(code[:3], code[3:])) == app


@pytest.mark.parametrize(
    "typed",
    ["", " ", "12345", "1234567", "0x1f4a", "-12345", "1_2_3_", "\ud800", "x" * 5000],
)
def test_nonsense_is_a_wrong_code(editor, app, typed):
    make_recovery_codes(editor)
    with pytest.raises(WrongCodeError):
        check_code(editor, typed)


@pytest.mark.parametrize("digits", ["١٢٣٤٥٦", "१२३४५६", "１２３４５６"])
def test_digits_of_other_scripts_are_a_wrong_code(client, editor, app, digits):
    enter_password(client, editor)
    response = client.post(url("second_step"), {"code": digits})
    assert response.context["form"].errors["code"]


def test_wrong_codes_make_the_app_wait_longer_each_time(client, editor, app, settings):
    enter_password(client, editor)
    wrong = "000000" if code_of(app) != "000000" else "000001"
    for failures in range(1, settings.LOCKOUT_FAILURES):
        client.post(url("second_step"), {"code": wrong})
        app.refresh_from_db()
        assert app.throttling_failure_count == failures
        # The right code is refused too, until the time is over.
        response = client.post(url("second_step"), {"code": code_of(app)})
        assert re.search(r"\d+", str(response.context["form"].errors["code"]))
        assert not is_signed_in(client)
        app.refresh_from_db()
        assert app.throttling_failure_count == failures
        wait = timedelta(seconds=2 ** (failures - 1))
        app.throttling_failure_timestamp = timezone.now() - wait
        app.save()
    response = client.post(url("second_step"), {"code": code_of(app)})
    assert response.status_code == 302
    app.refresh_from_db()
    assert app.throttling_failure_count == 0


def test_the_user_is_told_how_long_to_wait(client, editor, app, settings):
    app.throttling_failure_count = 12
    app.throttling_failure_timestamp = timezone.now()
    app.save()
    editor.wagtail_userprofile, _ = profile(editor, "en")
    enter_password(client, editor)
    response = client.post(url("second_step"), {"code": code_of(app)})
    errors = response.context["form"].errors["code"]
    assert errors == ["Too many wrong codes. Try again in 35 minutes."]


def profile(user, language):
    from wagtail.users.models import UserProfile

    return UserProfile.objects.update_or_create(
        user=user, defaults={"preferred_language": language}
    )


def test_each_recovery_code_signs_in_once(client, editor, app):
    codes = make_recovery_codes(editor)
    assert len(set(codes)) == 10
    enter_password(client, editor)
    assert client.post(url("second_step"), {"code": codes[3]}).status_code == 302
    assert is_signed_in(client)
    assert recovery_codes_left(editor) == 9
    client.logout()
    enter_password(client, editor)
    assert client.post(url("second_step"), {"code": codes[3]}).status_code == 200
    assert not is_signed_in(client)


def test_all_ten_recovery_codes_work(editor, app):
    codes = make_recovery_codes(editor)
    for left, code in zip(range(9, -1, -1), reversed(codes), strict=True):
        check_code(editor, code)
        assert recovery_codes_left(editor) == left


def test_recovery_codes_are_read_as_people_type_them(editor, app):
    first, second, *_rest = make_recovery_codes(editor)
    assert re.fullmatch(r"([a-z2-7]{4}-){3}[a-z2-7]{4}", first)
    check_code(editor, f"  {first.upper()} ")
    check_code(editor, second.replace("-", " "))


def test_the_database_does_not_hold_recovery_codes(editor, app):
    codes = {code.replace("-", "") for code in make_recovery_codes(editor)}
    stored = set(StaticToken.objects.values_list("token", flat=True))
    assert len(stored) == 10
    assert not codes & stored
    with pytest.raises(WrongCodeError):
        check_code(editor, stored.pop())


def test_new_recovery_codes_replace_the_old_ones(editor, app):
    old, new = make_recovery_codes(editor), make_recovery_codes(editor)
    assert recovery_codes_left(editor) == 10
    with pytest.raises(WrongCodeError):
        check_code(editor, old[0])
    StaticDevice.objects.get(user=editor).throttle_reset()
    check_code(editor, new[0])


def test_recovery_codes_of_another_user_do_not_work(editor, journalist, app):
    codes = make_recovery_codes(journalist)
    make_recovery_codes(editor)
    with pytest.raises(WrongCodeError):
        check_code(editor, codes[0])
    assert recovery_codes_left(journalist) == 10


def test_wrong_recovery_codes_do_not_stop_the_app(editor, app):
    make_recovery_codes(editor)
    for _attempt in range(3):
        with pytest.raises(WrongCodeError):
            check_code(editor, "aaaa-bbbb-cccc-dddd")
    assert check_code(editor, code_of(app)) == app


def test_wrong_codes_are_reported(client, editor, app, events):
    enter_password(client, editor)
    client.post(url("second_step"), {"code": "nonsense"})
    assert events == [("failed", "recovery_codes", "aigerim", "aigerim")]
    client.post(url("second_step"), {"code": code_of(app)})
    assert events[1:] == [("use", "app", "aigerim", "aigerim")]


def test_an_app_without_a_code_is_no_factor(client, editor):
    TOTPDevice.objects.create(user=editor, name="new", confirmed=False)
    enter_password(client, editor)
    assert is_signed_in(client)


def test_the_page_shows_why_a_code_is_refused(client, editor, app):
    """Wagtail hides the errors of fields in forms of the class login-form."""
    enter_password(client, editor)
    page = client.post(url("second_step"), {"code": "000"}).content.decode()
    assert "error-message" in page
    assert "login-form" not in page
