"""E-mails to users of the admin, in their language."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override

from newsroom.access.accounts import mail_language_of
from newsroom.access.users import User

logger = logging.getLogger(__name__)


def send_notification(
    user: User, subject: Callable[[], str], template: str, context: dict[str, Any]
) -> None:
    """Render *template* and send it to *user* once the transaction is committed.

    Nothing is sent to an account that is inactive or has no e-mail address. A failure
    to send is only logged, because the transaction it reports on is already committed.
    """
    if not user.email or not user.is_active:
        return

    def send() -> None:
        with override(mail_language_of(user)):
            body = render_to_string(template, context)
            try:
                send_mail(subject(), body, settings.DEFAULT_FROM_EMAIL, [user.email])
            except OSError:
                logger.exception("%s could not be told: %s.", user, template)

    transaction.on_commit(send, robust=True)
