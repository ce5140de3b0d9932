"""What translators are told by e-mail; hand-ins and decisions Wagtail tells itself."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from newsroom.operations.accounts import admin_language_of
from newsroom.translation.models import VersionState

logger = logging.getLogger(__name__)


def tell_assigned(versions: list[VersionState], *, by: Any) -> None:
    """Tell a translator what was assigned to him or her, unless by themselves."""
    translator = versions[0].translator if versions else None
    if translator and translator != by:
        _tell(
            translator,
            lambda: _("Translations for you"),
            "assigned",
            {"versions": versions},
        )


def tell_changed(version: VersionState) -> None:
    """Tell the translator of a published translation that its original has changed."""
    if version.translator:
        _tell(
            version.translator,
            lambda: (
                _("The original has changed: %(headline)s")
                % {"headline": version.headline}
            ),
            "changed",
            {"versions": [version]},
        )


def tell_failed(user: Any, headline: str, reason: str) -> None:
    """Tell whoever planned a release why it was not published at its time."""
    if user:
        _tell(
            user,
            lambda: _("Not published: %(headline)s") % {"headline": headline},
            "failed",
            {"reason": reason},
        )


def _tell(
    user: Any, subject: Callable[[], str], name: str, context: dict[str, Any]
) -> None:
    """Once the transaction is committed. That a letter cannot be sent is logged: what
    it is about has been done."""
    if not user.email or not user.is_active:
        return

    def send() -> None:
        desk = settings.WAGTAILADMIN_BASE_URL + reverse("translation_desk:index")
        with override(admin_language_of(user)):
            body = render_to_string(
                f"translation/letters/{name}.txt", context | {"desk": desk}
            )
            try:
                send_mail(subject(), body, settings.DEFAULT_FROM_EMAIL, [user.email])
            except OSError:
                logger.exception("%s could not be told: %s.", user, name)

    transaction.on_commit(send, robust=True)
