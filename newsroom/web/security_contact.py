"""``/.well-known/security.txt`` (RFC 9116): how to report a vulnerability."""

from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from search.site_languages import site_languages

PATH = ".well-known/security.txt"
SCHEMES = {"https", "mailto", "tel"}


def security_contact(env: Any) -> dict[str, Any]:
    """Return the setting SECURITY_TXT from the environment; {} without a contact.

    ``SECURITY_CONTACT`` holds mail addresses or https:, mailto: or tel: URIs, separated
    by commas, the preferred first; ``SECURITY_CONTACT_EXPIRES`` is the date after which
    they must not be relied on; ``SECURITY_POLICY_URL`` is optional. Raises
    ImproperlyConfigured.
    """
    named = [one.strip() for one in env.list("SECURITY_CONTACT", default=[])]
    contacts = [uri_of(one) for one in named if one]
    if not contacts:
        return {}
    expires = parse_iso(env.str("SECURITY_CONTACT_EXPIRES", default=""))
    policy = policy_of(env.str("SECURITY_POLICY_URL", default=""))
    return {"contacts": contacts, "expires": expires, "policy": policy}


def parse_iso(text: str) -> datetime:
    """Return the end of the day *text*, such as 2027-06-30, in UTC."""
    try:
        day = parse_date(text.strip())
    except ValueError:
        day = None
    if day is None:
        raise ImproperlyConfigured(
            "SECURITY_CONTACT needs SECURITY_CONTACT_EXPIRES, a date such as "
            "2027-06-30, at most a year ahead (RFC 9116)."
        )
    return datetime.combine(day, time(23, 59, 59), tzinfo=UTC)


def policy_of(text: str) -> str:
    """Return the URL *text*, which may be empty. Raises ImproperlyConfigured."""
    policy = text.strip()
    if policy and _scheme(policy) != "https":
        raise ImproperlyConfigured("SECURITY_POLICY_URL must begin with https://")
    return policy


def uri_of(contact: str) -> str:
    """Return the URI of a mail address or URI. Raises ImproperlyConfigured."""
    scheme = _scheme(contact)
    if scheme in SCHEMES:
        return contact
    if not scheme and "@" in contact:
        return f"mailto:{contact}"
    raise ImproperlyConfigured(
        f"SECURITY_CONTACT={contact}: use mail addresses or https:, mailto:, tel: URIs."
    )


def _scheme(text: str) -> str:
    if not text.isprintable() or " " in text:
        raise ImproperlyConfigured("SECURITY_CONTACT: no spaces or line breaks.")
    try:
        return urlsplit(text).scheme
    except ValueError:
        raise ImproperlyConfigured(f"{text} is no URI.") from None


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Return the file, or 404 if no contact is set."""
    if not settings.SECURITY_TXT:
        raise Http404
    known = settings.SECURITY_TXT
    lines = [f"Contact: {contact}" for contact in known["contacts"]]
    lines.append(f"Expires: {known['expires']:%Y-%m-%dT%H:%M:%SZ}")
    lines.append(f"Preferred-Languages: {', '.join(site_languages())}")
    lines.append(f"Canonical: {settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/{PATH}")
    if known["policy"]:
        lines.append(f"Policy: {known['policy']}")
    text = "\n".join(lines) + "\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
