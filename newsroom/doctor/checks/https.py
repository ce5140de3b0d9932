"""HTTPS and the headers of the proxy, as readers meet them at the public URL."""

from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from newsroom.doctor import site_client
from newsroom.doctor.registry import Finding, Options, failure, ok, warning

# Parts of a certificate's time that may be left. Clients of ACME renew it when a third
# is left, so less than a fifth means that the renewal has failed.
RENEWAL_FAILED = 1 / 5
ALMOST_EXPIRED = 1 / 20
REDIRECTS = {301, 302, 307, 308}


def check_https(options: Options) -> Iterator[Finding]:
    """Request the front page by https and by http."""
    url = site_client.home_url()
    params = {"url": url}
    if urlsplit(url).scheme != "https":
        message = _("The public URL %(url)s is not https.")
        yield failure(message % params, _("Set SITE_URL to the https URL."))
        return
    try:
        answer = site_client.ask(url)
    except site_client.UntrustedCertificateError as error:
        yield failure(
            _("Browsers do not trust the certificate: %(error)s") % {"error": error},
            _(
                "Let the proxy get a certificate for this host. If the authority is"
                " your own, name its file in SSL_CERT_FILE."
            ),
        )
        return
    except site_client.NoAnswerError as error:
        yield failure(
            _("%(url)s does not answer: %(error)s") % {**params, "error": error},
            _("Start the proxy and the web server, and check the host's DNS entry."),
        )
        return
    yield from _about_answer(url, answer)
    yield from _about_certificate(answer)
    yield from _about_http(url)


def _about_answer(url: str, answer: site_client.Answer) -> Iterator[Finding]:
    params = {"url": url, "status": answer.status}
    target = answer.headers["Location"] or ""
    if answer.status in REDIRECTS and target.rstrip("/") == url.rstrip("/"):
        yield failure(
            _("%(url)s redirects to itself: the site does not see that it is https.")
            % params,
            _(
                "Let the proxy set X-Forwarded-Proto, and name the proxy's IP address"
                " in TRUSTED_PROXIES."
            ),
        )
        return
    if answer.status != 200:
        remedies = {
            400: _("Let the proxy pass the Host header on; check ALLOWED_HOSTS."),
            404: _("Run manage.py setup_site, and publish the front page."),
            502: _("Start the web server; check the address in the proxy."),
            503: _("Start the database."),
        }
        remedy = remedies.get(answer.status, _("See the log of the web server."))
        yield failure(_("%(url)s answers with status %(status)d.") % params, remedy)
        return
    yield ok(_("%(url)s answers.") % params)
    if settings.SECURE_HSTS_SECONDS and not answer.headers["Strict-Transport-Security"]:
        yield warning(
            _("The header Strict-Transport-Security does not reach readers."),
            _("Let the proxy pass it on, or set SECURE_HSTS_SECONDS=0."),
        )


def _about_certificate(answer: site_client.Answer) -> Iterator[Finding]:
    begins, ends = answer.valid_from, answer.valid_until
    if begins is None or ends is None:
        return
    left = ends - timezone.now()
    params = {"count": max(0, left.days)}
    message = ngettext(
        "The certificate is valid for %(count)d more day.",
        "The certificate is valid for %(count)d more days.",
        params["count"],
    )
    remedy = _("It should have been renewed: see the log of the proxy.")
    part = left / (ends - begins)
    if part < ALMOST_EXPIRED:
        yield failure(message % params, remedy)
    elif part < RENEWAL_FAILED:
        yield warning(message % params, remedy)
    else:
        yield ok(message % params)


def _about_http(url: str) -> Iterator[Finding]:
    """Check the redirect from http. Another port than 443 has no http beside it."""
    parts = urlsplit(url)
    if parts.port not in (None, 443):
        return
    plain = urlunsplit(("http", parts.hostname or "", parts.path, "", ""))
    params = {"url": plain}
    try:
        answer = site_client.ask(plain)
    except site_client.NoAnswerError:
        yield warning(
            _("%(url)s does not answer.") % params,
            _("Let the proxy redirect port 80 to https."),
        )
        return
    if answer.status in REDIRECTS and (answer.headers["Location"] or "").startswith(
        "https://"
    ):
        yield ok(_("%(url)s redirects to https.") % params)
    else:
        yield failure(
            _("%(url)s does not redirect to https.") % params,
            _("Set SECURE_SSL_REDIRECT=true, or let the proxy redirect."),
        )
