"""The mail with a link for a new password, sent by the worker."""

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import override
from django_tasks import task

from newsroom.access import audit
from newsroom.access.accounts import mail_language_of
from newsroom.access.audit import record
from newsroom.access.users import User

logger = logging.getLogger(__name__)
TEMPLATES = "wagtailadmin/account/password_reset"
# People wait for it.
PRIORITY = 90


@task(backend="background", priority=PRIORITY)
def send_reset_links(email: str, client: dict[str, Any]) -> int:
    """Send a link to each active account with this e-mail address.

    *client* describes who asked, for the audit log. Returns the number of accounts.
    """
    users = list(PasswordResetForm().get_users(email))
    for user in users:
        record(audit.PASSWORD_RESET_REQUEST, user, **client)
        _send(user)
    return len(users)


def _send(user: User) -> None:
    context = {
        "user": user,
        "uid": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
    }
    with override(mail_language_of(user)):
        subject = render_to_string(f"{TEMPLATES}/email_subject.txt", context)
        body = render_to_string(f"{TEMPLATES}/email.txt", context)
        try:
            send_mail(
                " ".join(subject.split()),
                body,
                settings.DEFAULT_FROM_EMAIL,
                [user.email],
            )
        except OSError:
            logger.exception("A link for a new password could not be sent.")
