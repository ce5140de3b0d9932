"""Withdrawal of an earlier version from readers, and its restoration."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from newsroom.access.users import User
from newsroom.corrections.files import record_files
from newsroom.corrections.models import PublishedVersion


def withdraw(version: PublishedVersion, *, user: User, reason: str) -> None:
    """Make *version* unreadable for everyone, and log the user and the reason."""
    with transaction.atomic():
        version.withdrawn_at = timezone.now()
        version.withdrawn_by = user
        version.withdrawal_reason = reason
        version.save(
            update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"]
        )
        record_files(version)
        _log("newsroom.version.withdraw", version, user, reason=reason)


def give_back(version: PublishedVersion, *, user: User) -> None:
    """Make a withdrawn *version* readable again."""
    with transaction.atomic():
        version.withdrawn_at = version.withdrawn_by = None
        version.withdrawal_reason = ""
        version.save(
            update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"]
        )
        record_files(version)
        _log("newsroom.version.give_back", version, user)


def _log(action: str, version: PublishedVersion, user: User, **data: Any) -> None:
    article = version.article
    log(
        instance=article,
        action=action,
        user=user,
        data={"number": version.number, **data},
    )
