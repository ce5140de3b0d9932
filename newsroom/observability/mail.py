"""Django's e-mail backend for SMTP, with its mails counted."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp

from newsroom.observability.metrics import MAILS


class EmailBackend(smtp.EmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send messages and count them; those without recipients are not sent."""
        messages = [message for message in email_messages if message.recipients()]
        try:
            sent = super().send_messages(messages) or 0
        except Exception:
            # How many of several were sent before the error is not known.
            MAILS.labels("failed").inc(len(messages))
            raise
        MAILS.labels("sent").inc(sent)
        MAILS.labels("failed").inc(len(messages) - sent)  # with fail_silently
        return sent
