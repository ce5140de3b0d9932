"""The servers that the site uses: database, mail, search, machine translation."""

import os
import re
from collections.abc import Iterator, Mapping
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation.trans_null import gettext_noop as _

from newsroom.settings.environment.problems import Problem, unreadable
from newsroom.settings.environment.site import folder_fault
from newsroom.settings.environment.values import number

POSTGRESQL = {"postgresql", "postgres", "psql", "pgsql"}
MAIL = {"smtp", "smtps", "smtp+tls", "smtp+ssl"}
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
# As search.replica.cluster requires.
INDEX_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,199}")
ELASTICSEARCH = ("API_KEY", "BASIC_AUTH", "CA_CERTS", "INDEX", "REPLICAS", "SHARDS")
# The variables that each machine translator needs.
TRANSLATORS = {
    "libretranslate": ("MACHINE_TRANSLATOR_URL",),
    "deepl": ("MACHINE_TRANSLATOR_KEY",),
    "google": ("MACHINE_TRANSLATOR_PROJECT",),
}
POOL_MAX = 8  # the default of DATABASE_POOL_MAX

_MISSING = _("It is missing.")
_NO_URL = _("It is no URL; special characters in a password are percent-encoded.")


def service_problems(environ: Mapping[str, str]) -> list[Problem]:
    return [
        *_database(environ),
        *_pool(environ),
        *_mail(environ),
        *_sender(environ),
        *_elasticsearch(environ),
        *_machine_translator(environ),
    ]


def _split(url: str) -> SplitResult | None:
    """Return the parts of *url*, None if it is invalid."""
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return None
    # A "#" or "?" in a password ends the host: the rest is cut off.
    return None if parts.fragment else parts


def _database(environ: Mapping[str, str]) -> Iterator[Problem]:
    name, value = "DATABASE_URL", environ.get("DATABASE_URL")
    if value is None:
        return  # SQLite in VAR_DIR, which is checked itself
    remedy = _("Write postgresql://user:password@host:5432/database")
    if value.startswith("sqlite:"):
        yield from _sqlite(value)
        return
    parts = _split(value)
    if parts is None:
        yield Problem(name, _NO_URL, remedy)
    elif parts.scheme not in POSTGRESQL:
        fault = _("“%(scheme)s” is no database that the site can use.")
        either = _("Write postgresql://… or sqlite:////path/to/db.sqlite3")
        yield Problem(name, fault, either, {"scheme": parts.scheme or value})
    else:
        if not parts.path.strip("/"):
            yield Problem(name, _("It names no database."), remedy)
        if find_spec("psycopg") is None:
            fault = _("The driver of PostgreSQL is not installed.")
            install = _("Run scripts/setup.sh requirements-postgresql.txt")
            yield Problem(name, fault, install)


def _sqlite(value: str) -> Iterator[Problem]:
    written = value.removeprefix("sqlite:").removeprefix("//").partition("?")[0]
    path = Path(unquote(written[1:]))
    remedy = _("Write four slashes and a path: sqlite:////srv/archive/var/db.sqlite3")
    params = {"path": path}
    if not written.startswith("/") or not path.is_absolute():
        fault: str | None = _("The path of the SQLite database is not absolute.")
    elif folder_fault(path.parent):
        fault, params = folder_fault(path.parent), {"path": path.parent}
    elif path.exists() and not path.is_file():
        fault = _("%(path)s is no file.")
    elif path.exists() and not os.access(path, os.W_OK):
        fault = _("This user may not write to %(path)s.")
    else:
        return
    yield Problem("DATABASE_URL", str(fault), remedy, params)


def _pool(environ: Mapping[str, str]) -> Iterator[Problem]:
    least = number(environ, "DATABASE_POOL_MIN", 0)
    most = number(environ, "DATABASE_POOL_MAX", POOL_MAX)
    if least > most:
        yield Problem(
            "DATABASE_POOL_MIN",
            _("%(least)d is more than DATABASE_POOL_MAX, %(most)d."),
            _("Lower it, or raise DATABASE_POOL_MAX."),
            {"least": least, "most": most},
        )


def _mail(environ: Mapping[str, str]) -> Iterator[Problem]:
    name, value = "EMAIL_URL", environ.get("EMAIL_URL", "")
    remedy = _("Write the mail server: smtp+tls://user:password@mail.example:587")
    parts = _split(value)
    if not value:
        yield Problem(name, _MISSING, remedy)
    elif parts is None:
        yield Problem(name, _NO_URL, remedy)
    elif parts.scheme not in MAIL:
        fault = _("“%(scheme)s” sends no mail.")
        yield Problem(name, fault, remedy, {"scheme": parts.scheme or "…"})
    elif not parts.hostname:
        yield Problem(name, _("It names no mail server."), remedy)
    elif parts.scheme == "smtp" and parts.password and parts.hostname not in LOOPBACK:
        fault = _("The password is sent unencrypted.")
        yield Problem(name, fault, remedy, is_error=False)


def _sender(environ: Mapping[str, str]) -> Iterator[Problem]:
    name, value = "DEFAULT_FROM_EMAIL", environ.get("DEFAULT_FROM_EMAIL", "")
    remedy = _("Write the sender of mails: Archive <archive@archive.example>")
    try:
        EmailValidator(allowlist=["localhost"])(parseaddr(value)[1])
        is_valid = not set(value) & set("\r\n")
    except ValidationError:
        is_valid = False
    if not value:
        yield Problem(name, _MISSING, remedy)
    elif not is_valid:
        fault = _("“%(value)s” is no mail address.")
        yield Problem(name, fault, remedy, {"value": value})


def _elasticsearch(environ: Mapping[str, str]) -> Iterator[Problem]:
    name = "ELASTICSEARCH_URL"
    urls = [url for url in environ.get(name, "").split(",") if url]
    remedy = _("Write the nodes: ELASTICSEARCH_URL=https://search.example:9200")
    given = {part: environ.get(f"ELASTICSEARCH_{part}", "") for part in ELASTICSEARCH}
    if not urls:
        for part in (part for part in ELASTICSEARCH if given[part]):
            fault = _("It has no effect without ELASTICSEARCH_URL.")
            either = _("Set ELASTICSEARCH_URL, or remove it.")
            yield Problem(f"ELASTICSEARCH_{part}", fault, either)
        return
    has_password = given["API_KEY"] or given["BASIC_AUTH"]
    for url in urls:
        parts = _split(url.strip())
        is_valid = parts and parts.scheme in {"http", "https"} and parts.hostname
        if not parts or not is_valid or parts.port is None:
            fault = _("It is no list of URLs with scheme, host and port.")
            yield Problem(name, fault, remedy)
        elif parts.scheme == "http" and parts.hostname not in LOOPBACK and has_password:
            fault = _("The password is sent unencrypted.")
            yield Problem(name, fault, remedy, is_error=False)
    yield from _access(given)


def _access(given: Mapping[str, str]) -> Iterator[Problem]:
    """Yield problems of the credentials, certificate and index of Elasticsearch."""
    if given["API_KEY"] and given["BASIC_AUTH"]:
        fault = _("ELASTICSEARCH_API_KEY is set as well.")
        yield Problem("ELASTICSEARCH_BASIC_AUTH", fault, _("Remove one of them."))
    if given["BASIC_AUTH"] and ":" not in given["BASIC_AUTH"]:
        fault = _("There is no colon in it.")
        yield Problem("ELASTICSEARCH_BASIC_AUTH", fault, _("Write user:password"))
    remedy = _("Write the path of the certificate authority's file.")
    yield from unreadable("ELASTICSEARCH_CA_CERTS", given["CA_CERTS"], remedy)
    if given["INDEX"] and not INDEX_NAME.fullmatch(given["INDEX"]):
        fault = _("“%(value)s” is no name of an index.")
        remedy = _("Write small Latin letters, digits, - and _ only.")
        params = {"value": given["INDEX"]}
        yield Problem("ELASTICSEARCH_INDEX", fault, remedy, params)


def _machine_translator(environ: Mapping[str, str]) -> Iterator[Problem]:
    chosen = environ.get("MACHINE_TRANSLATOR", "").lower()
    if chosen and chosen not in TRANSLATORS:
        fault = _("“%(value)s” is no machine translator that the site can use.")
        remedy = _("Write one of: %(names)s")
        params = {"value": chosen, "names": ", ".join(TRANSLATORS)}
        yield Problem("MACHINE_TRANSLATOR", fault, remedy, params)
    for name in TRANSLATORS.get(chosen, ()):
        if not environ.get(name):
            fault = _("It is missing, and MACHINE_TRANSLATOR=%(value)s needs it.")
            remedy = _("Set it, or remove MACHINE_TRANSLATOR.")
            yield Problem(name, fault, remedy, {"value": chosen})
    yield from _translator_values(environ)
    for name in sorted({name for (name,) in TRANSLATORS.values()}):
        if not chosen and environ.get(name):
            fault = _("It has no effect without MACHINE_TRANSLATOR.")
            yield Problem(name, fault, _("Set MACHINE_TRANSLATOR, or remove it."))


def _translator_values(environ: Mapping[str, str]) -> Iterator[Problem]:
    url = environ.get("MACHINE_TRANSLATOR_URL", "")
    parts = _split(url)
    if url and (not parts or parts.scheme not in {"http", "https"} or not parts.netloc):
        remedy = _("Write the URL of the server: http://127.0.0.1:5000")
        yield Problem("MACHINE_TRANSLATOR_URL", _("It is no URL."), remedy)
    name = "MACHINE_TRANSLATOR_CREDENTIALS"
    remedy = _("Write the path of the file with the credentials.")
    yield from unreadable(name, environ.get(name), remedy)
