"""Withdrawal of an earlier version from readers, and its restoration."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from newsroom.articles.models import ArticlePage
from newsroom.corrections.files import record_files
from newsroom.corrections.models import PublishedVersion


def may_correct(user: Any, article: ArticlePage) -> bool:
    """Return whether *user* may write corrections, which publishers may."""
    return bool(article.permissions_for_user(user).can_publish())


def may_withdraw(user: Any, article: ArticlePage) -> bool:
    """Return whether *user* may withdraw versions of *article*.

    That requires a separate permission in addition to the one to publish.
    """
    return may_correct(user, article) and user.has_perm(
        "corrections.withdraw_publishedversion"
    )


def withdraw(version: PublishedVersion, *, user: Any, reason: str) -> None:
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


def give_back(version: PublishedVersion, *, user: Any) -> None:
    """Make a withdrawn *version* readable again."""
    with transaction.atomic():
        version.withdrawn_at = version.withdrawn_by = None
        version.withdrawal_reason = ""
        version.save(
            update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"]
        )
        record_files(version)
        _log("newsroom.version.give_back", version, user)


def _log(action: str, version: PublishedVersion, user: Any, **data: Any) -> None:
    article = version.article
    log(
        instance=article,
        action=action,
        user=user,
        data={"number": version.number, **data},
    )
