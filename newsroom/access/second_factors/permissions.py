"""Users who must have a second factor, and who may change those of others."""

from django.conf import settings
from wagtail.models import GroupApprovalTask, GroupPagePermission

from newsroom.access.permissions import may_manage_account
from newsroom.access.second_factors.factors import count_factors
from newsroom.access.users import AnyUser, User

# Each of these allows to give permissions to accounts, also to one's own.
ADMINISTRATION = (
    "auth.add_user",
    "auth.change_user",
    "auth.delete_user",
    "auth.add_group",
    "auth.change_group",
    "auth.delete_group",
)


def must_have_factor(user: AnyUser) -> bool:
    """Return whether *user* cannot sign in without a second factor."""
    if settings.SECOND_FACTOR_REQUIRED == "nobody":
        return False
    if settings.SECOND_FACTOR_REQUIRED == "everyone":
        return True
    return _is_administrator(user) or _publishes(user)


def _is_administrator(user: AnyUser) -> bool:
    return user.is_superuser or any(map(user.has_perm, ADMINISTRATION))


def _publishes(user: AnyUser) -> bool:
    """Return whether *user* can make anything public, anywhere.

    Wagtail publishes a page when the last task of its workflow is approved, without
    asking for the permission to publish: approvers are publishers.
    """
    if any(
        name.partition(".")[2].startswith("publish_")
        for name in user.get_all_permissions()
    ):
        return True
    publishing = GroupPagePermission.objects.filter(
        group__user=user.pk, permission__codename="publish_page"
    )
    approving = GroupApprovalTask.objects.filter(active=True, groups__user=user.pk)
    return publishing.exists() or approving.exists()


def may_remove_factor(user: User) -> bool:
    """Return whether *user* may remove a factor of his: not the last required one."""
    return count_factors(user) > 1 or not must_have_factor(user)


def may_reset_factors(user: AnyUser, account: User) -> bool:
    """Return whether *user* may remove all factors of *account*.

    Nobody may reset their own, which are changed one by one on the account page.
    Accounts that have more permissions than *user* may grant are reset by superusers
    only, or a reset would open them to who knows the password.
    """
    return may_ask_for_reset(user, account) and may_manage_account(user, account)


def may_ask_for_reset(user: AnyUser, account: User) -> bool:
    """Return whether *user* is offered the reset of *account*; asks no query for it."""
    if not user.has_perm("auth.change_user") or user.pk == account.pk:
        return False
    return user.is_superuser or not account.is_superuser
