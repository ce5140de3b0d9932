"""Taking an earlier version out of readers' sight, and giving it back."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from newsroom.articles.models import ArticlePage
from newsroom.corrections.files import record_files
from newsroom.corrections.models import PublishedVersion


def may_correct(user: Any, article: ArticlePage) -> bool:
    """Whoever may publish a language version may say what was wrong in it."""
    return bool(article.permissions_for_user(user).can_publish())


def may_withdraw(user: Any, article: ArticlePage) -> bool:
    return may_correct(user, article) and user.has_perm(
        "corrections.withdraw_publishedversion"
    )


def withdraw(version: PublishedVersion, *, user: Any, reason: str) -> None:
    """Let nobody read *version* any more. The log says who did it and why."""
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
    """Let readers see *version* again."""
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
