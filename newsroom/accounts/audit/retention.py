"""Deletion of audit entries whose retention period is over."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from wagtail.models import ModelLogEntry

from newsroom.access.audit import ACTIONS, NOBODY, SIGN_IN_FAILED

# Rows deleted in one transaction: other writers wait for no more.
BATCH = 500


def delete_old_entries() -> int:
    """Delete audit entries older than ``AUDIT_RETENTION_DAYS``; return their number.

    Failed sign-ins with a name that no account has go after
    ``AUDIT_UNKNOWN_NAMES_DAYS``: the name may be a password typed in the wrong field.
    The history of pages and other content is kept; 0 days keeps everything.
    """
    entries = ModelLogEntry.objects.filter(action__in=ACTIONS)
    unknown = entries.filter(action=SIGN_IN_FAILED, object_id=NOBODY)
    return _delete(entries, settings.AUDIT_RETENTION_DAYS) + _delete(
        unknown, settings.AUDIT_UNKNOWN_NAMES_DAYS
    )


def _delete(entries: Any, days: int) -> int:
    if days <= 0:
        return 0
    old = entries.filter(timestamp__lt=timezone.now() - timedelta(days=days))
    count = 0
    while keys := list(old.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        count += ModelLogEntry.objects.filter(pk__in=keys).delete()[0]
    return count
