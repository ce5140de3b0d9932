"""Each environment's settings, read in a process of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECRETS = {
    "SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnop",
    "ALLOWED_HOSTS": "a.kz",
    "EMAIL_URL": "smtp+tls://user:password@mail.a.kz:587",
    "DEFAULT_FROM_EMAIL": "archive@a.kz",
}


def manage(*arguments: str, settings: str, **environment: str):
    return run("manage.py", *arguments, settings=settings, **environment)


def run(*arguments: str, settings: str, **environment: str):
    # Ignore variables set by other tests or by the environment of the test run.
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name in {"HOME", "LANG", "PATH", "TMPDIR"} or name.startswith("PYTHON")
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=inherited
        | {"DJANGO_SETTINGS_MODULE": f"newsroom.settings.{settings}"}
        | environment,
        capture_output=True,
        encoding="utf-8",
    )


def test_browsers_preload_no_site_whose_operator_has_not_asked_for_it(tmp_path):
    names = ("SECONDS", "INCLUDE_SUBDOMAINS", "PRELOAD")
    printed = ", ".join(f"settings.SECURE_HSTS_{name}" for name in names)
    program = f"from django.conf import settings; print({printed})"
    folder = {"VAR_DIR": str(tmp_path)}
    asked = {"SECURE_HSTS_SUBDOMAINS": "true", "SECURE_HSTS_PRELOAD": "true"}
    for environ, expected in (({}, "False False"), (asked, "True True")):
        given = SECRETS | folder | environ
        result = run("-c", program, settings="production", **given)
        assert result.stdout == f"31536000 {expected}\n"


def test_a_database_that_does_not_answer_is_given_up(tmp_path):
    program = "from django.conf import settings; print(settings.DATABASES['default'])"
    for url, seconds in (
        ("postgresql://a@b/c?sslmode=require", "'connect_timeout': 10"),
        ("postgresql://a@b/c?connect_timeout=3", "'connect_timeout': 3"),
    ):
        given = SECRETS | {"VAR_DIR": str(tmp_path), "DATABASE_URL": url}
        result = run("-c", program, settings="production", **given)
        assert seconds in result.stdout, result.stderr


def test_the_admin_requests_nothing_from_other_servers(settings):
    assert settings.WAGTAIL_ENABLE_UPDATE_CHECK is False
    assert settings.WAGTAIL_ENABLE_WHATS_NEW_BANNER is False
    assert settings.WAGTAIL_GRAVATAR_PROVIDER_URL is None


def test_production_passes_the_deployment_checks(tmp_path):
    result = manage(
        "check",
        "--deploy",
        "--fail-level=WARNING",
        settings="production",
        VAR_DIR=str(tmp_path),
        **SECRETS,
    )
    assert result.returncode == 0, result.stderr


def test_the_deployment_checks_warn_of_doubtful_variables(tmp_path):
    doubtful = {"EMAIL_URL": "smtp://user:password@mail.a.kz", "VAR_DIR": str(tmp_path)}
    given = SECRETS | doubtful
    result = manage("check", "--deploy", settings="production", **given)
    assert "(doctor.W001) EMAIL_URL: " in result.stderr


@pytest.mark.parametrize("settings", ["development", "production"])
def test_the_site_starts_without_what_is_optional(settings, tmp_path):
    start = """
import sys
sys.modules["psycopg"] = None  # as where it is not installed
sys.argv = ["manage.py", "check"]
exec(open("manage.py").read())
"""
    result = run("-c", start, settings=settings, VAR_DIR=str(tmp_path), **SECRETS)
    assert result.returncode == 0, result.stderr


def test_production_has_no_demo(tmp_path):
    result = manage(
        "seed_demo", settings="production", VAR_DIR=str(tmp_path), **SECRETS
    )
    assert result.returncode != 0
    assert "Unknown command" in result.stderr


def test_the_demo_refuses_settings_that_do_not_allow_it(settings):
    from django.core.management import CommandError, call_command

    settings.DEMO_IS_ALLOWED = False
    with pytest.raises(CommandError, match="public passwords"):
        call_command("seed_demo")


def test_cookies_in_production_belong_to_this_host_and_need_tls(tmp_path):
    names = [
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_DOMAIN",
        "CSRF_COOKIE_DOMAIN",
        "SESSION_COOKIE_PATH",
        "CSRF_COOKIE_PATH",
    ]
    code = f"""
from django.conf import settings
print([getattr(settings, name) for name in {names!r}])
"""
    result = run("-c", code, settings="production", VAR_DIR=str(tmp_path), **SECRETS)
    # What the prefix requires of a cookie: browsers refuse any other.
    expected = [
        "__Host-sessionid",
        "__Host-csrftoken",
        True,
        True,
        None,
        None,
        "/",
        "/",
    ]
    assert result.stdout == f"{expected}\n", result.stderr


MAIL = """
import django
django.setup()
from unittest import mock
from django.core.mail import get_connection, send_mail
from newsroom.observability import mail
from newsroom.worker import hold
sent = []
with mock.patch.object(mail.smtp.EmailBackend, "send_messages", sent.extend):
    for hold_is_on in (True, False):
        with mock.patch("newsroom.worker.mail.is_held", lambda: hold_is_on), (
            mock.patch("newsroom.worker.mail.count_unsent")
        ):
            send_mail(f"on hold: {hold_is_on}", "", None, ["reader@a.kz"])
print(type(get_connection().backend), [one.subject for one in sent])
"""


def test_a_restored_site_sends_no_mail_in_production(tmp_path):
    result = run("-c", MAIL, settings="production", VAR_DIR=str(tmp_path), **SECRETS)
    assert result.stdout == (
        "<class 'newsroom.observability.mail.EmailBackend'> ['on hold: False']\n"
    ), result.stderr


def test_a_security_contact_without_expiry_stops_the_start(tmp_path):
    result = manage(
        "check",
        settings="production",
        VAR_DIR=str(tmp_path),
        SECURITY_CONTACT="security@a.kz",
        **SECRETS,
    )
    assert result.returncode != 0
    assert "SECURITY_CONTACT_EXPIRES" in result.stderr


@pytest.mark.parametrize(
    ("settings", "given", "expected"),
    [
        ("production", {}, "publishers a.kz https://a.kz"),
        ("production", {"SECOND_FACTOR_REQUIRED": "everyone"}, "everyone a.kz"),
        (
            "production",
            {"SITE_URL": "https://a.kz:8443", "ALLOWED_HOSTS": "a.kz"},
            "publishers a.kz https://a.kz:8443",
        ),
        (
            "production",
            {
                "SITE_URL": "https://news.a.kz",
                "ALLOWED_HOSTS": "news.a.kz",
                "PASSKEY_DOMAIN": "a.kz",
                "PASSKEY_ORIGINS": "https://news.a.kz,https://www.a.kz",
            },
            "publishers a.kz https://news.a.kz,https://www.a.kz",
        ),
        ("development", {}, "nobody localhost http://localhost:8000"),
    ],
)
def test_production_requires_second_factors(settings, given, expected, tmp_path):
    code = (
        "from django.conf import settings as s; print(s.SECOND_FACTOR_REQUIRED,"
        " s.OTP_WEBAUTHN_RP_ID, ','.join(s.OTP_WEBAUTHN_ALLOWED_ORIGINS))"
    )
    environment = {**SECRETS, "VAR_DIR": str(tmp_path), **given}
    result = run("-c", code, settings=settings, **environment)
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith(expected)
