"""The mail server."""

from collections.abc import Iterator
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _

from newsroom.doctor.registry import Finding, Options, failure, ok, warning


def check_mail(options: Options) -> Iterator[Finding]:
    """Connect to the mail server and log in; send a mail if a recipient is given."""
    backend = get_connection()
    try:
        if options.mail_to:
            EmailMessage(
                subject=_("Test of the news archive"),
                body=_("The archive at %(url)s can send mail.")
                % {"url": settings.WAGTAILADMIN_BASE_URL},
                to=[options.mail_to],
                connection=backend,
            ).send()
        else:
            sending = getattr(backend, "backend", backend)
            sending.open()
            sending.close()
    except (OSError, SMTPException) as error:
        params = {"host": settings.EMAIL_HOST, "error": error}
        message = _("The mail server %(host)s cannot be used: %(error)s")
        yield failure(message % params, _("Check EMAIL_URL, and the server's log."))
        return
    # Mail passes through a backend that holds it back on a restored site.
    if not isinstance(getattr(backend, "backend", backend), EmailBackend):
        message = _("Mail does not leave this machine (%(name)s).")
        remedy = _("Set EMAIL_URL to a mail server.")
        yield warning(message % {"name": settings.EMAIL_BACKEND}, remedy)
    elif options.mail_to:
        message = _("A mail to %(address)s was handed to %(host)s.")
        params = {"address": options.mail_to, "host": settings.EMAIL_HOST}
        yield ok(message % params)
    else:
        message = _("The mail server %(host)s answers.")
        yield ok(message % {"host": settings.EMAIL_HOST})
