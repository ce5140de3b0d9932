"""Numbers, switches and names of variables."""

from collections.abc import Iterator, Mapping
from datetime import time
from difflib import get_close_matches
from pathlib import Path

from django.utils.translation.trans_null import gettext_noop as _

from newsroom.settings.environment.problems import Problem

# The least value of each whole number.
NUMBERS = {
    "AUDIT_RETENTION_DAYS": 0,
    "AUDIT_UNKNOWN_NAMES_DAYS": 0,
    "BACKUP_KEEP_DAILY": 0,
    "BACKUP_KEEP_MONTHLY": 0,
    "BACKUP_KEEP_WEEKLY": 0,
    "DATABASE_POOL_MAX": 1,
    "DATABASE_POOL_MIN": 0,
    "DATABASE_POOL_TIMEOUT": 1,
    "ELASTICSEARCH_REPLICAS": 0,
    "ELASTICSEARCH_SHARDS": 1,
    "EMAIL_TIMEOUT": 1,
    "KEPT_TEXT_CHARACTERS": 0,
    "LOCKOUT_FAILURES": 1,
    "LOCKOUT_FAILURES_PER_ACCOUNT": 1,
    "LOCKOUT_FAILURES_PER_ADDRESS": 1,
    "LOCKOUT_MINUTES": 1,
    "MACHINE_TRANSLATOR_TIMEOUT": 1,
    "PASSWORD_RESETS_PER_ACCOUNT": 1,
    "PASSWORD_RESETS_PER_ADDRESS": 1,
    "SECURE_HSTS_SECONDS": 0,
}
TIMES = ("BACKUP_AT",)
CHOICES = {
    "LOG_IP_ADDRESSES": ("short", "full", "none"),
    "LOG_LEVEL": ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"),
}
SWITCHES = ("SECURE_HSTS_PRELOAD", "SECURE_HSTS_SUBDOMAINS", "SECURE_SSL_REDIRECT")
# Words that django-environ reads as true, and those that mean false. It reads every
# other word as false, too.
TRUE = {"true", "on", "ok", "y", "yes", "1"}
FALSE = {"false", "off", "n", "no", "0"}
EXAMPLE = Path(__file__).resolve().parents[3] / "deploy" / "environment.example"
# A name this similar to a known one is taken for a misspelling of it.
SIMILARITY = 0.85


def is_on(environ: Mapping[str, str], name: str, *, default: bool = False) -> bool:
    """Return the value of a switch as the settings read it."""
    value = environ.get(name)
    return default if value is None else value.strip().lower() in TRUE


def number(environ: Mapping[str, str], name: str, default: int) -> int:
    """Return the value of a number, *default* if it is missing or no number."""
    try:
        return int(environ.get(name, default))
    except ValueError:
        return default


def known_names() -> list[str]:
    """Return the names of the variables in ``deploy/environment.example``."""
    try:
        lines = EXAMPLE.read_text("utf-8").splitlines()
    except OSError:  # an installation without the example
        return []
    names = (line.lstrip("# ").partition("=")[0] for line in lines if "=" in line)
    return [name for name in names if name.isupper() and name.isidentifier()]


def value_problems(environ: Mapping[str, str]) -> list[Problem]:
    """Return the values that cannot be read, and the names that are misspelt."""
    return [
        *_unreadable_numbers(environ),
        *_unreadable_switches(environ),
        *_unknown_choices(environ),
        *_unreadable_times(environ),
        *_references(environ),
        *_misspelt_names(environ),
    ]


def _unreadable_numbers(environ: Mapping[str, str]) -> Iterator[Problem]:
    for name, least in NUMBERS.items():
        value = environ.get(name)
        if value is None:
            continue
        try:
            is_valid = int(value) >= least
        except ValueError:
            is_valid = False
        if not is_valid:
            yield Problem(
                name,
                _("“%(value)s” is no whole number of at least %(least)d."),
                _("Write the number alone, or remove the variable."),
                {"value": value, "least": least},
            )


def _unreadable_switches(environ: Mapping[str, str]) -> Iterator[Problem]:
    for name in SWITCHES:
        value = environ.get(name)
        if value is not None and value.strip().lower() not in TRUE | FALSE:
            yield Problem(
                name,
                _("“%(value)s” means neither yes nor no."),
                _("Write %(name)s=true or %(name)s=false."),
                {"name": name, "value": value},
            )


def _unknown_choices(environ: Mapping[str, str]) -> Iterator[Problem]:
    for name, choices in CHOICES.items():
        value = environ.get(name)
        if value is not None and value not in choices:
            fault, remedy = _("“%(value)s” is unknown."), _("Write one of: %(names)s")
            params = {"value": value, "names": ", ".join(choices)}
            yield Problem(name, fault, remedy, params)


def _unreadable_times(environ: Mapping[str, str]) -> Iterator[Problem]:
    for name in TIMES:
        value = environ.get(name, "")
        try:
            if value:
                time.fromisoformat(value)
        except ValueError:
            yield Problem(
                name,
                _("“%(value)s” is no time of day."),
                _("Write it as 03:15, or remove the variable."),
                {"value": value},
            )


def _references(environ: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the values that django-environ takes for the name of another variable."""
    for name in known_names():
        if environ.get(name, "").startswith("$"):
            yield Problem(
                name,
                _("The value begins with $, so it is read as the name of a variable."),
                _("Write the value itself, and choose one without $ at the start."),
            )


def _misspelt_names(environ: Mapping[str, str]) -> Iterator[Problem]:
    known = known_names()
    missing = [name for name in known if name not in environ]
    for name in environ:
        if name in known:
            continue
        for meant in get_close_matches(name, missing, n=1, cutoff=SIMILARITY):
            yield Problem(
                name,
                _("Nothing reads this variable."),
                _("If you mean %(meant)s, rename it."),
                {"meant": meant},
                is_error=False,
            )
