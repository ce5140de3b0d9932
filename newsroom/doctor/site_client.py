"""Requests to the site's own public URL, as a reader's browser sends them."""

import http.client
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from urllib.parse import urlsplit

from django.conf import settings

# Seconds for connecting, and for each part of the response.
TIMEOUT = 5.0
# Bytes read of a response.
MAX_BYTES = 64 * 1024
AGENT = "newsroom-doctor"


class NoAnswerError(Exception):
    """The site did not answer: refused, timed out, or no HTTP."""


class UntrustedCertificateError(NoAnswerError):
    """The certificate of the site is invalid, expired or not trusted here."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A response and the period of the certificate, None for plain HTTP."""

    status: int
    headers: Message
    body: bytes
    valid_from: datetime | None = None
    valid_until: datetime | None = None


def site_url() -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/")


def home_url() -> str:
    """Return the URL of the front page in the first language."""
    return f"{site_url()}/{settings.LANGUAGE_CODE}/"


def ask(url: str) -> Answer:
    """Request *url* once, without following redirects.

    The certificate is checked against the authorities of the system, or those in
    ``SSL_CERT_FILE``. Raises NoAnswerError.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        connection = http.client.HTTPSConnection(
            host, parts.port, timeout=TIMEOUT, context=context
        )
    else:
        connection = http.client.HTTPConnection(host, parts.port, timeout=TIMEOUT)
    path = parts.path or "/"
    try:
        connection.request("GET", path, headers={"User-Agent": AGENT})
        period = _period(connection.sock)
        response = connection.getresponse()
        body = response.read(MAX_BYTES)
        return Answer(response.status, response.headers, body, *period)
    except ssl.SSLCertVerificationError as error:
        raise UntrustedCertificateError(error.verify_message) from error
    except (OSError, http.client.HTTPException) as error:
        raise NoAnswerError(str(error) or type(error).__name__) from error
    finally:
        connection.close()


def _period(sock: object) -> tuple[datetime | None, datetime | None]:
    if not isinstance(sock, ssl.SSLSocket):
        return None, None
    certificate = sock.getpeercert() or {}
    return _time(certificate.get("notBefore")), _time(certificate.get("notAfter"))


def _time(text: object) -> datetime | None:
    if not isinstance(text, str):
        return None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(text), UTC)
