"""Every problem of the environment is named at once, with what to write."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from newsroom.settings.environment import (
    InvalidEnvironmentError,
    find_problems,
    require_valid,
)
from newsroom.settings.environment.refusal import operator_language
from newsroom.settings.environment.values import EXAMPLE, known_names

ROOT = Path(__file__).resolve().parents[2]
KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRST"


@pytest.fixture
def sound(tmp_path) -> dict[str, str]:
    """Return an environment without a problem."""
    return {
        "SECRET_KEY": KEY,
        "ALLOWED_HOSTS": "archive.example",
        "SITE_URL": "https://archive.example",
        "EMAIL_URL": "smtp+tls://user:p%23ss@mail.example:587",
        "DEFAULT_FROM_EMAIL": "Archive <archive@archive.example>",
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
    }


def said(environ: dict[str, str], *, errors: bool = True) -> list[tuple[str, str]]:
    return [
        (problem.variable, str(problem))
        for problem in find_problems(environ)
        if problem.is_error is errors
    ]


def test_a_sound_environment_has_no_problem(sound):
    assert find_problems(sound) == []
    require_valid(sound)


@pytest.mark.parametrize(
    "url", ["https://archive.example/", "https://archive.example:8443"]
)
def test_a_public_url_may_have_a_port_and_a_slash(sound, url):
    assert find_problems({**sound, "SITE_URL": url}) == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SECRET_KEY", None, "missing"),
        ("SECRET_KEY", "", "missing"),
        ("SECRET_KEY", "short", "guess"),
        ("SECRET_KEY", "a" * 60, "guess"),
        ("SECRET_KEY", "django-insecure-" + KEY, "example"),
        ("SECRET_KEY", "write-50-random-characters-here", "example"),
        ("SECRET_KEY", "$" + KEY, "begins with $"),
        ("ALLOWED_HOSTS", None, "missing"),
        ("ALLOWED_HOSTS", ",", "missing"),
        ("ALLOWED_HOSTS", "*", "every host"),
        ("ALLOWED_HOSTS", "archive.example,*", "every host"),
        ("ALLOWED_HOSTS", "https://archive.example", "no host name"),
        ("ALLOWED_HOSTS", "archive.example:443", "no host name"),
        ("ALLOWED_HOSTS", "archive.example, other.example", "no host name"),
        ("SITE_URL", "http://archive.example", "not https"),
        ("SITE_URL", "https://other.example", "not in ALLOWED_HOSTS"),
        ("SITE_URL", "https://archive.example/news", "more than the host"),
        ("SITE_URL", "https://archive.example/?a", "more than the host"),
        ("SITE_URL", "https://boss:x@archive.example", "more than the host"),
        ("SITE_URL", "archive.example", "no URL"),
        ("SITE_URL", "https://archive.example:port", "no URL"),
        ("SITE_URL", "", "no URL"),
        ("DATABASE_URL", "mysql://a@b/c", "mysql"),
        ("DATABASE_URL", "", "no database"),
        ("DATABASE_URL", "postgresql://user:p#ss@host/name", "percent-encoded"),
        ("DATABASE_URL", "postgresql://user@host:5432x/name", "percent-encoded"),
        ("DATABASE_URL", "postgresql://user@host", "names no database"),
        ("DATABASE_URL", "sqlite://", "not absolute"),
        ("DATABASE_URL", "sqlite://:memory:", "not absolute"),
        ("DATABASE_URL", "sqlite:///db.sqlite3", "not absolute"),
        ("DATABASE_URL", "sqlite:////nowhere/db.sqlite3", "no folder /nowhere"),
        ("DATABASE_URL", "sqlite:////etc", "no file"),
        ("EMAIL_URL", None, "missing"),
        ("EMAIL_URL", "consolemail://", "sends no mail"),
        ("EMAIL_URL", "dummymail://", "sends no mail"),
        ("EMAIL_URL", "filemail:///tmp", "sends no mail"),
        ("EMAIL_URL", "mail.example", "sends no mail"),
        ("EMAIL_URL", "smtp://", "names no mail server"),
        ("EMAIL_URL", "smtp://user:p#ss@mail.example", "percent-encoded"),
        ("DEFAULT_FROM_EMAIL", None, "missing"),
        ("DEFAULT_FROM_EMAIL", "The archive", "no mail address"),
        ("DEFAULT_FROM_EMAIL", "a@b.kz\r\nBcc: c@d.kz", "no mail address"),
        ("TRUSTED_PROXIES", "caddy", "neither an IP address"),
        ("TRUSTED_PROXIES", "10.0.0.1/8", "neither an IP address"),
        ("TRUSTED_PROXIES", "127.0.0.1,", "neither an IP address"),
        ("TRUSTED_PROXIES", "*", "forge"),
        ("TRUSTED_PROXIES", "127.0.0.1,0.0.0.0/0", "forge"),
        ("TRUSTED_PROXIES", "::/0", "forge"),
        ("HEALTH_ALLOWED", "monitoring", "neither an IP address"),
        ("HEALTH_ALLOWED", "*", "neither an IP address"),
        ("LOG_LEVEL", "LOUD", "DEBUG, INFO"),
        ("LOG_IP_ADDRESSES", "some", "short, full, none"),
        ("AUDIT_RETENTION_DAYS", "two years", "no whole number"),
        ("SECURE_SSL_REDIRECT", "ture", "neither yes nor no"),
        ("SECURE_HSTS_SECONDS", "a year", "no whole number"),
        ("SECURE_HSTS_SECONDS", "", "no whole number"),
        ("SECURE_HSTS_SECONDS", "-1", "no whole number"),
        ("SECURE_HSTS_PRELOAD", "true", "subdomains"),
        ("ELASTICSEARCH_API_KEY", "x", "without ELASTICSEARCH_URL"),
        ("ELASTICSEARCH_REPLICAS", "1", "without ELASTICSEARCH_URL"),
        ("ELASTICSEARCH_URL", "127.0.0.1:9200", "scheme, host and port"),
        ("ELASTICSEARCH_URL", "http://a:9200,b", "scheme, host and port"),
        ("ELASTICSEARCH_URL", "https://search.example", "scheme, host and port"),
        ("ELASTICSEARCH_SHARDS", "0", "no whole number"),
        ("DATABASE_POOL_MIN", "9", "more than DATABASE_POOL_MAX"),
        ("DATABASE_POOL_MAX", "0", "no whole number"),
        ("MACHINE_TRANSLATOR", "babelfish", "babelfish"),
        ("MACHINE_TRANSLATOR_URL", "http://127.0.0.1:5000", "no effect"),
        ("SECOND_FACTOR_REQUIRED", "publisher", "who needs a second factor"),
        ("SECOND_FACTOR_REQUIRED", "", "who needs a second factor"),
        ("PASSKEY_DOMAIN", "example.org", "not in the domain"),
        ("PASSKEY_DOMAIN", "example", "not in the domain"),
        ("PASSKEY_DOMAIN", "ive.example", "not in the domain"),
        ("RATE_LIMIT_SEARCH", "many", "no number of requests"),
        ("RATE_LIMIT_SUGGESTIONS", "", "no number of requests"),
        ("RATE_LIMIT_FEEDS", "-1/60", "no number of requests"),
        ("RATE_LIMIT_API", "120/0", "no number of requests"),
        ("RATE_LIMIT_EXPORTS", "60/86400", "at most 3600 seconds"),
        ("SENTRY_DSN", "sentry.example", "no address of a Sentry project"),
        ("SENTRY_DSN", "https://sentry.example/1", "no address of a Sentry project"),
        ("SENTRY_DSN", "https://key@sentry.example:x/1", "Sentry project"),
        ("PASSKEY_ORIGINS", "archive.example", "no passkeys"),
        ("PASSKEY_ORIGINS", "http://archive.example", "no passkeys"),
        ("PASSKEY_ORIGINS", "https://archive.example/", "no passkeys"),
        ("PASSKEY_ORIGINS", "https://[", "no passkeys"),
        ("BACKUP_RECIPIENTS", "age1wrong", "no public key"),
        ("BACKUP_RECIPIENTS", "ssh-wrong", "no public key"),
        ("BACKUP_IDENTITY", "/no/key.txt", "cannot read /no/key.txt"),
        ("BACKUP_GPG_RECIPIENTS", "/no/key.asc", "cannot read /no/key.asc"),
        ("BACKUP_DIR", "backups", "no absolute path"),
        ("METRICS_DIR", "", "no absolute path"),
        ("STATIC_ROOT", "static", "no absolute path"),
        ("VAR_DIR", "/nowhere/var", "no folder /nowhere/var"),
        ("VAR_DIR", "/etc/hostname", "is no folder"),
        ("VAR_DIR", "var", "no absolute path"),
    ],
)
def test_a_problem_is_named_with_its_variable(sound, name, value, words):
    environ = {**sound, name: value}
    if value is None:
        del environ[name]
    found = said(environ)
    assert [variable for variable, _ in found] == [name]
    assert words in found[0][1]


@pytest.mark.parametrize(
    ("together", "name", "words"),
    [
        (
            {"SECURE_HSTS_SECONDS": "0", "SECURE_HSTS_SUBDOMAINS": "1"},
            "SECURE_HSTS_SUBDOMAINS",
            "no effect",
        ),
        (
            {
                "SECURE_HSTS_SECONDS": "3600",
                "SECURE_HSTS_SUBDOMAINS": "1",
                "SECURE_HSTS_PRELOAD": "yes",
            },
            "SECURE_HSTS_PRELOAD",
            "a year",
        ),
        (
            {"ALLOWED_HOSTS": ".archive.example", "SITE_URL": None},
            "SITE_URL",
            "pattern",
        ),
        ({"MACHINE_TRANSLATOR": "deepl"}, "MACHINE_TRANSLATOR_KEY", "missing"),
        ({"MACHINE_TRANSLATOR": "libretranslate"}, "MACHINE_TRANSLATOR_URL", "missing"),
        (
            {
                "ELASTICSEARCH_URL": "https://a:9200",
                "ELASTICSEARCH_API_KEY": "x",
                "ELASTICSEARCH_BASIC_AUTH": "a:b",
            },
            "ELASTICSEARCH_BASIC_AUTH",
            "as well",
        ),
        (
            {"ELASTICSEARCH_URL": "https://a:9200", "ELASTICSEARCH_BASIC_AUTH": "a"},
            "ELASTICSEARCH_BASIC_AUTH",
            "colon",
        ),
        (
            {
                "ELASTICSEARCH_URL": "https://a:9200",
                "ELASTICSEARCH_CA_CERTS": "/no/ca.pem",
            },
            "ELASTICSEARCH_CA_CERTS",
            "cannot read",
        ),
        (
            {"SECURITY_CONTACT": "call us", "SECURITY_CONTACT_EXPIRES": "2027-06-30"},
            "SECURITY_CONTACT",
            "no contact",
        ),
        (
            {
                "SECURITY_CONTACT": "https://[",
                "SECURITY_CONTACT_EXPIRES": "2027-06-30",
            },
            "SECURITY_CONTACT",
            "no contact",
        ),
        ({"SECURITY_CONTACT": "a@b.kz"}, "SECURITY_CONTACT_EXPIRES", "no date"),
        (
            {"SECURITY_CONTACT": "a@b.kz", "SECURITY_CONTACT_EXPIRES": "2027-02-30"},
            "SECURITY_CONTACT_EXPIRES",
            "no date",
        ),
        (
            {
                "SECURITY_CONTACT": "a@b.kz",
                "SECURITY_CONTACT_EXPIRES": "2027-06-30",
                "SECURITY_POLICY_URL": "http://archive.example/policy",
            },
            "SECURITY_POLICY_URL",
            "https",
        ),
        (
            {
                "MACHINE_TRANSLATOR": "libretranslate",
                "MACHINE_TRANSLATOR_URL": "127.0.0.1:5000",
            },
            "MACHINE_TRANSLATOR_URL",
            "no URL",
        ),
        (
            {
                "MACHINE_TRANSLATOR": "google",
                "MACHINE_TRANSLATOR_PROJECT": "archive",
                "MACHINE_TRANSLATOR_CREDENTIALS": "/no/key.json",
            },
            "MACHINE_TRANSLATOR_CREDENTIALS",
            "cannot read",
        ),
        (
            {"ELASTICSEARCH_URL": "https://a:9200", "ELASTICSEARCH_INDEX": "News"},
            "ELASTICSEARCH_INDEX",
            "no name",
        ),
    ],
)
def test_a_contradiction_is_named(sound, together, name, words):
    environ = {k: v for k, v in {**sound, **together}.items() if v is not None}
    found = said(environ)
    assert [variable for variable, _ in found] == [name]
    assert words in found[0][1]


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ({"EMAIL_URL": "smtp://user:pass@mail.example:587"}, "EMAIL_URL"),
        (
            {
                "ELASTICSEARCH_URL": "http://search.example:9200",
                "ELASTICSEARCH_API_KEY": "x",
            },
            "ELASTICSEARCH_URL",
        ),
        ({"ALLOWED_HOST": "archive.example"}, None),
        ({"SECURE_HSTS_PRELOAD_": "1"}, "SECURE_HSTS_PRELOAD_"),
        ({"TRUSTED_PROXY": "10.0.0.1"}, "TRUSTED_PROXY"),
    ],
)
def test_what_is_only_doubtful_is_a_warning(sound, more, name):
    environ = {**sound, **more}
    assert said(environ) == []
    assert [one for one, _ in said(environ, errors=False)] == [name] * bool(name)
    require_valid(environ)


def test_all_problems_are_named_at_once(sound):
    with pytest.raises(InvalidEnvironmentError) as refused:
        require_valid({"SECURE_HSTS_SECONDS": "x", "VAR_DIR": "/nowhere"})
    lines = str(refused.value).splitlines()[1:]
    assert {line.strip().partition(":")[0] for line in lines} == {
        "SECURE_HSTS_SECONDS",
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "EMAIL_URL",
        "DEFAULT_FROM_EMAIL",
        "VAR_DIR",
    }


def test_no_secret_is_repeated(sound):
    secret = "hunter2-hunter2"
    environ = {
        "SECRET_KEY": secret,
        "DATABASE_URL": f"postgresql://user:{secret}#x@host/name",
        "EMAIL_URL": f"smtp://user:{secret}@mail.example:x",
        "ELASTICSEARCH_BASIC_AUTH": secret,
        "ELASTICSEARCH_URL": f"https://user:{secret}@search.example",
        "SENTRY_DSN": f"https://{secret}@sentry.example",
        "BACKUP_RECIPIENTS": secret,
    }
    assert secret not in " ".join(map(str, find_problems(environ)))


def test_every_variable_that_is_no_free_text_is_checked(sound):
    free = {
        "DJANGO_SETTINGS_MODULE",
        "ELASTICSEARCH_API_KEY",
        "HEALTH_TOKEN",
        "MACHINE_TRANSLATOR_KEY",
        "MACHINE_TRANSLATOR_PROJECT",
        "SENTRY_ENVIRONMENT",
        "SENTRY_RELEASE",
    }
    wrong = dict.fromkeys(known_names(), "no such \n:thing")
    # Other variables are checked only beside right values of these.
    right = {"SITE_URL": sound["SITE_URL"], "MACHINE_TRANSLATOR": "google"}
    found = {name for name, _ in [*said(wrong), *said({**wrong, **right})]}
    assert set(known_names()) - found == free


def run(*arguments: str, **environ: str):
    kept = {k: os.environ[k] for k in ("PATH", "HOME") if k in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=kept | environ,
        capture_output=True,
        encoding="utf-8",
    )


def test_a_folder_of_another_user_is_named(tmp_path):
    # The superuser may write everywhere: a child process asks as another user.
    program = (
        "import os, sys; from pathlib import Path;"
        "from newsroom.settings.environment.site import folder_fault;"
        "os.getuid() or os.setuid(65534);"
        "print(*map(folder_fault, map(Path, sys.argv[1:])), sep='|')"
    )
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o555)
    tmp_path.chmod(0o700)
    folders = ("/etc", "/tmp") if os.getuid() == 0 else (str(closed), str(tmp_path))
    printed = run("-c", program, str(closed), *folders).stdout.strip().split("|")
    fault = "This user may not write to %(path)s."
    assert printed == [fault, fault, "None"]


def test_a_command_lists_all_problems_without_a_traceback():
    settings = {"DJANGO_SETTINGS_MODULE": "newsroom.settings.production"}
    for command in ("check", "migrate", "worker"):
        result = run("manage.py", command, VAR_DIR="/nowhere", **settings)
        assert result.returncode == 2
        assert "Traceback" not in result.stderr
        for name in ("SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL", "VAR_DIR"):
            assert f"  {name}: " in result.stderr
    result = run("manage.py", "check", LANG="ru_RU.UTF-8", **settings)
    assert "  SECRET_KEY: Её нет. Запишите то, что выведет команда" in result.stderr
    result = run("manage.py", "doctor", "--json", VAR_DIR="/nowhere", **settings)
    assert result.returncode == 2
    answer = json.loads(result.stdout)
    assert answer["status"] == "failure"
    assert {one["check"] for one in answer["results"]} == {"settings"}


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "en"),
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "kk_KZ.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C.UTF-8", "LC_MESSAGES": "kk_KZ"}, "kk"),
        ({"LANG": "de_DE"}, "en"),
    ],
)
def test_the_language_is_that_of_the_terminal(environ, expected):
    assert operator_language(environ) == expected


def test_the_example_is_refused_until_it_is_filled_in():
    lines = [line for line in EXAMPLE.read_text("utf-8").splitlines() if line]
    words = [shlex.split(line)[0] for line in lines if not line.startswith("#")]
    environ = dict(word.split("=", 1) for word in words)
    assert {name for name, _ in said(environ)} <= {"SECRET_KEY", "VAR_DIR"}
    assert "SECRET_KEY" in {name for name, _ in said(environ)}
