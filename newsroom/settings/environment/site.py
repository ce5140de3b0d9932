"""The secret key, host names, public URL, proxies, HTTPS and folders of the site."""

import os
import re
from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation.trans_null import gettext_noop as _

from newsroom.access.second_factors.configuration import REQUIRED_OF
from newsroom.settings.environment.problems import Problem
from newsroom.settings.environment.values import is_on, number
from newsroom.web.security_contact import parse_iso, policy_of, uri_of

# As Django's check security.W009.
SECRET_KEY_LENGTH = 50
SECRET_KEY_CHARACTERS = 5
# Parts of keys that are published: of this project's other settings, of examples and
# of Django's templates for new projects.
PUBLISHED_KEYS = ("django-insecure-", "for development", "for tests", "write-", "…")
# What the preload lists of browsers ask for: a year.
PRELOAD_SECONDS = 31_536_000
# A name or an IP address; a dot at the start stands for all subdomains.
HOST = re.compile(r"\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)
BASE_DIR = Path(__file__).resolve().parents[3]


def site_problems(environ: Mapping[str, str]) -> list[Problem]:
    return [
        *_secret_key(environ),
        *_hosts(environ),
        *_site_url(environ),
        *_networks(environ, "TRUSTED_PROXIES"),
        *_networks(environ, "HEALTH_ALLOWED"),
        *_https(environ),
        *_second_factors(environ),
        *_passkey_origins(environ),
        *_security_contact(environ),
        *_folder(environ, "VAR_DIR"),
        *_absolute_paths(environ),
    ]


def hosts_of(environ: Mapping[str, str]) -> list[str]:
    """Return ALLOWED_HOSTS as the settings read it."""
    return [host for host in environ.get("ALLOWED_HOSTS", "").split(",") if host]


def folder_fault(folder: Path) -> str | None:
    """Return why files cannot be written to *folder*, None if they can."""
    may_not_write = _("This user may not write to %(path)s.")
    try:
        if not folder.exists():
            return _("There is no folder %(path)s.")
    except PermissionError:  # a folder above it is closed
        return may_not_write
    if not folder.is_dir():
        return _("%(path)s is no folder.")
    return None if os.access(folder, os.W_OK | os.X_OK) else may_not_write


def _secret_key(environ: Mapping[str, str]) -> Iterator[Problem]:
    key = environ.get("SECRET_KEY", "")
    fault = None
    if not key:
        fault = _("It is missing.")
    elif any(part in key for part in PUBLISHED_KEYS):
        fault = _("This is an example that everybody can read.")
    elif len(key) < SECRET_KEY_LENGTH or len(set(key)) < SECRET_KEY_CHARACTERS:
        fault = _("It is too easy to guess.")
    if fault:
        command = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        remedy = _("Write the output of: %(command)s")
        yield Problem("SECRET_KEY", fault, remedy, {"command": command})


def _hosts(environ: Mapping[str, str]) -> Iterator[Problem]:
    hosts = hosts_of(environ)
    remedy = _("Write the host names of the site: ALLOWED_HOSTS=archive.example")
    if not hosts:
        yield Problem("ALLOWED_HOSTS", _("It is missing."), remedy)
    for host in hosts:
        params = {"host": host}
        if host.strip() == "*":
            fault = _("* accepts every host name, so links in mails can be forged.")
            yield Problem("ALLOWED_HOSTS", fault, remedy)
        elif not HOST.fullmatch(host):
            fault = _("“%(host)s” is no host name: no scheme, port or space.")
            yield Problem("ALLOWED_HOSTS", fault, remedy, params)


def _site_url(environ: Mapping[str, str]) -> Iterator[Problem]:
    hosts = hosts_of(environ)
    remedy = _("Write the public URL: SITE_URL=https://archive.example")
    value = environ.get("SITE_URL")
    if value is None:
        if hosts and hosts[0].startswith((".", "*")):
            fault = _("It is missing, and the first host name is a pattern.")
            yield Problem("SITE_URL", fault, remedy)
        return
    params = {"url": value}
    try:
        url = urlsplit(value)
        host, _port = url.hostname or "", url.port
    except ValueError:
        host = ""
    shown = f"[{host}]" if ":" in host else host
    if shown.startswith(".") or not HOST.fullmatch(shown):
        yield Problem("SITE_URL", _("“%(url)s” is no URL."), remedy, params)
        return
    if url.scheme != "https":
        fault = _("“%(url)s” is not https, and cookies are sent by https only.")
        yield Problem("SITE_URL", fault, remedy, params)
    extra = url.path.strip("/") or url.query or url.fragment or url.username
    if extra or url.password or "?" in value or "#" in value:
        fault = _("“%(url)s” holds more than the host and a port.")
        yield Problem("SITE_URL", fault, remedy, params)
    if (
        all(map(HOST.fullmatch, hosts))
        and hosts
        and not any(_is_allowed(shown, pattern) for pattern in hosts)
    ):
        yield Problem(
            "SITE_URL",
            _("Its host %(host)s is not in ALLOWED_HOSTS."),
            _("Add it: ALLOWED_HOSTS=%(hosts)s"),
            {"host": host, "hosts": ",".join([host, *hosts])},
        )


def _is_allowed(host: str, pattern: str) -> bool:
    """Return whether Django accepts *host* by this entry of ALLOWED_HOSTS."""
    pattern = pattern.strip().lower()
    is_below = pattern.startswith(".") and f".{host}".endswith(pattern)
    return pattern in {"*", host} or is_below


def _networks(environ: Mapping[str, str], name: str) -> Iterator[Problem]:
    written = environ.get(name, "")
    remedy = _("Write addresses or networks: %(name)s=127.0.0.1,10.0.0.0/8")
    params = {"name": name}
    forgeable = name == "TRUSTED_PROXIES"
    for proxy in (one.strip() for one in written.split(",")) if written else ():
        try:
            is_any = proxy == "*" and forgeable
            trusts_everybody = is_any or ip_network(proxy).prefixlen == 0
        except ValueError:
            fault = _("“%(proxy)s” is neither an IP address nor a network.")
            yield Problem(name, fault, remedy, {**params, "proxy": proxy})
            continue
        if trusts_everybody and forgeable:
            fault = _("Every client could forge its address and protocol.")
            yield Problem(name, fault, remedy, params)


def _https(environ: Mapping[str, str]) -> Iterator[Problem]:
    seconds = number(environ, "SECURE_HSTS_SECONDS", PRELOAD_SECONDS)
    preloads = is_on(environ, "SECURE_HSTS_PRELOAD")
    subdomains = is_on(environ, "SECURE_HSTS_SUBDOMAINS")
    asked = [
        name
        for name, is_asked in (
            ("SECURE_HSTS_SUBDOMAINS", subdomains),
            ("SECURE_HSTS_PRELOAD", preloads),
        )
        if is_asked
    ]
    for name in asked if seconds <= 0 else []:
        fault = _("It has no effect with SECURE_HSTS_SECONDS=0.")
        remedy = _("Remove it, or set SECURE_HSTS_SECONDS=%(seconds)d.")
        yield Problem(name, fault, remedy, {"seconds": PRELOAD_SECONDS})
    if not preloads or seconds <= 0:
        return
    if not subdomains:
        fault = _("Browsers preload a site only together with its subdomains.")
        remedy = _("Set SECURE_HSTS_SUBDOMAINS=true as well, or remove it.")
        yield Problem("SECURE_HSTS_PRELOAD", fault, remedy)
    if seconds < PRELOAD_SECONDS:
        fault = _("Browsers preload a site only for a year or more.")
        remedy = _("Remove it, or set SECURE_HSTS_SECONDS=%(seconds)d.")
        yield Problem(
            "SECURE_HSTS_PRELOAD", fault, remedy, {"seconds": PRELOAD_SECONDS}
        )


def _folder(environ: Mapping[str, str], name: str) -> Iterator[Problem]:
    path = Path(environ.get(name) or BASE_DIR / "var")
    if not path.is_absolute():
        fault: str | None = _("%(path)s is no absolute path.")
    else:
        fault = folder_fault(path)
    if fault:
        remedy = _("Make a folder that belongs to the user of the site, and name it.")
        yield Problem(name, fault, remedy, {"path": path})


def _second_factors(environ: Mapping[str, str]) -> Iterator[Problem]:
    value = environ.get("SECOND_FACTOR_REQUIRED", REQUIRED_OF[0])
    if value not in REQUIRED_OF:
        yield Problem(
            "SECOND_FACTOR_REQUIRED",
            _("“%(value)s” does not say who needs a second factor."),
            _("Write one of: %(values)s"),
            {"value": value, "values": ", ".join(REQUIRED_OF)},
        )
    domain = environ.get("PASSKEY_DOMAIN")
    try:
        host = urlsplit(environ.get("SITE_URL", "")).hostname or ""
    except ValueError:  # reported for SITE_URL
        host = ""
    if domain is not None and host and not _is_below(host, domain):
        yield Problem(
            "PASSKEY_DOMAIN",
            _("%(host)s is not in the domain “%(domain)s”, so no passkey works."),
            _("Write the host of SITE_URL or a domain above it."),
            {"host": host, "domain": domain},
        )


def _passkey_origins(environ: Mapping[str, str]) -> Iterator[Problem]:
    for origin in filter(None, environ.get("PASSKEY_ORIGINS", "").split(",")):
        try:
            url = urlsplit(origin)
            is_origin = origin == f"{url.scheme}://{url.netloc}" and bool(url.hostname)
            is_safe = url.scheme == "https" or url.hostname == "localhost"
        except ValueError:
            is_origin = is_safe = False
        if not (is_origin and is_safe):
            yield Problem(
                "PASSKEY_ORIGINS",
                _("Browsers use no passkeys at “%(url)s”."),
                _("Write https:// and a host, without a slash or space at the end."),
                {"url": origin},
            )


def _security_contact(environ: Mapping[str, str]) -> Iterator[Problem]:
    named = environ.get("SECURITY_CONTACT", "").split(",")
    contacts = [one.strip() for one in named if one.strip()]
    for contact in contacts:
        try:
            uri_of(contact)
        except ImproperlyConfigured:
            yield Problem(
                "SECURITY_CONTACT",
                _("“%(value)s” is no contact that a reporter can use."),
                _("Write mail addresses or https:, mailto: or tel: URIs."),
                {"value": contact},
            )
    if not contacts:
        return
    try:
        parse_iso(environ.get("SECURITY_CONTACT_EXPIRES", ""))
    except ImproperlyConfigured:
        yield Problem(
            "SECURITY_CONTACT_EXPIRES",
            _("It is no date, and SECURITY_CONTACT needs one."),
            _("Write a day at most a year ahead, such as 2027-06-30."),
        )
    try:
        policy_of(environ.get("SECURITY_POLICY_URL", ""))
    except ImproperlyConfigured:
        yield Problem(
            "SECURITY_POLICY_URL",
            _("It is no URL with https."),
            _("Write the URL of your policy, or remove the variable."),
        )


def _absolute_paths(environ: Mapping[str, str]) -> Iterator[Problem]:
    for name in ("BACKUP_DIR", "METRICS_DIR", "STATIC_ROOT"):
        value = environ.get(name)
        if value is not None and not Path(value).is_absolute():
            yield Problem(
                name,
                _("%(path)s is no absolute path."),
                _("Write a path that begins with a slash, or remove the variable."),
                {"path": value or "“”"},
            )


def _is_below(host: str, domain: str) -> bool:
    return host == domain or ("." in domain and host.endswith(f".{domain}"))
