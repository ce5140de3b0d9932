"""Permissions to write corrections and to withdraw earlier versions."""

from newsroom.access.permissions import may_publish
from newsroom.access.users import AnyUser
from newsroom.articles.models import ArticlePage


def may_correct(user: AnyUser, article: ArticlePage) -> bool:
    """Return whether *user* may write corrections, which publishers may."""
    return may_publish(user, article)


def may_withdraw(user: AnyUser, article: ArticlePage) -> bool:
    """Return whether *user* may withdraw versions of *article*.

    That requires a separate permission in addition to the one to publish.
    """
    return may_correct(user, article) and user.has_perm(
        "corrections.withdraw_publishedversion"
    )
