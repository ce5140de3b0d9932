"""Mail backend that sends nothing while a restored site is held."""

import logging
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from newsroom.worker.hold import count_unsent, is_held

logger = logging.getLogger(__name__)


class HeldEmailBackend(BaseEmailBackend):
    """Pass mail on to the backend in ``SENDING_EMAIL_BACKEND``, unless on hold.

    Mails that are not sent are counted and their subjects logged, not kept: many of
    them, such as links to reset a password, are useless later.
    """

    def __init__(self, fail_silently: bool = False, **options: object) -> None:
        super().__init__(fail_silently=fail_silently)
        self.backend = get_connection(
            settings.SENDING_EMAIL_BACKEND,
            fail_silently=fail_silently,
            **options,
        )

    def open(self) -> bool | None:
        return None if is_held() else self.backend.open()

    def close(self) -> None:
        self.backend.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if not email_messages or not is_held():
            return self.backend.send_messages(email_messages) or 0
        count_unsent(len(email_messages))
        for message in email_messages:
            logger.warning(
                "Not sent, because the site was restored and is on hold: %s",
                message.subject,
            )
        return 0
