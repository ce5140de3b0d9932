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
    """Return those of *accounts* that have more permissions than *actor* may grant."""
    if actor.is_superuser:
        return []
    groups, permissions = assignable_groups(actor), grantable_permissions(actor)
    return [
        account
        for account in accounts
        if account.is_superuser
        or not groups.issuperset(account.groups.values_list("pk", flat=True))
        or not permissions.issuperset(
            account.user_permissions.values_list("pk", flat=True)
        )
    ]
