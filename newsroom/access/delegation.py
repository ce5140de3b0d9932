"""Limits of what administrators of accounts pass on: never more than they may do.

Wagtail lets everyone with the permission to change users edit superusers, tick
"Administrator" and choose any group. These rules close that way up:

- Only superusers make, change, deactivate and delete superusers.
- A permission to administer the site is granted only by those who have it. Editorial
  permissions, which the roles of the newsroom have, are granted by everyone who may
  change groups.
- Groups and accounts that have more than that are changed by superusers only.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from newsroom.access.roles import editorial_permissions
from newsroom.access.users import AnyUser, User

# The attribute of an account in a list: (key of the actor, may manage it).
_NOTED = "_noted_as_manageable"


def grantable_permissions(actor: AnyUser) -> set[int]:
    """Return the primary keys of the permissions that *actor* may grant to a group."""
    if actor.is_superuser:
        return set(Permission.objects.values_list("pk", flat=True))
    held = Q(group__user=actor.pk) | Q(user=actor.pk)
    found = set(Permission.objects.filter(held).values_list("pk", flat=True))
    if actor.has_perm("auth.change_group"):
        found.update(editorial_permissions().values_list("pk", flat=True))
    return found


def assignable_groups(actor: AnyUser) -> set[int]:
    """Return the primary keys of the groups whose members *actor* may choose.

    Without the permission to change groups, these are groups of the actor.
    """
    groups = Group.objects.all()
    if actor.is_superuser:
        return set(groups.values_list("pk", flat=True))
    if not actor.has_perm("auth.change_group"):
        groups = groups.filter(user=actor.pk)
    beyond = Permission.objects.exclude(pk__in=grantable_permissions(actor))
    groups = groups.exclude(pk__in=Group.objects.filter(permissions__in=beyond))
    return set(groups.values_list("pk", flat=True))


def unmanageable(actor: AnyUser, accounts: Iterable[User]) -> list[User]:
    """Return those of *accounts* that have more permissions than *actor* may grant.

    The number of queries does not depend on the number of accounts.
    """
    if actor.is_superuser:
        return []
    accounts = list(accounts)
    beyond = set()
    for granted, may_grant in (
        (Group.objects.all(), assignable_groups(actor)),
        (Permission.objects.all(), grantable_permissions(actor)),
    ):
        owned = granted.filter(user__in=[account.pk for account in accounts])
        beyond.update(owned.exclude(pk__in=may_grant).values_list("user", flat=True))
    return [one for one in accounts if one.is_superuser or one.pk in beyond]


def note_unmanageable(actor: AnyUser, accounts: Iterable[User]) -> None:
    """Note on each of *accounts* whether *actor* may manage it.

    :func:`newsroom.access.permissions.may_manage_account` then asks no query for these
    instances, such as the rows of a list.
    """
    accounts = list(accounts)
    beyond = {account.pk for account in unmanageable(actor, accounts)}
    for account in accounts:
        vars(account)[_NOTED] = (actor.pk, account.pk not in beyond)


def noted_as_manageable(actor: AnyUser, account: User) -> bool | None:
    """Return what :func:`note_unmanageable` has noted for *actor*; None if nothing."""
    noted_for, manageable = vars(account).get(_NOTED, (None, None))
    return manageable if noted_for == actor.pk else None
