"""Audit entries for changes of what users and groups may do.

Signals cover forms, commands and code alike. What Wagtail writes without signals
(``bulk_create``, ``update``) is recorded by its views, see
:mod:`newsroom.accounts.wagtail_hooks` and :mod:`newsroom.accounts.viewsets`.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db.models.signals import (
    m2m_changed,
    post_delete,
    post_save,
    pre_delete,
    pre_save,
)
from wagtail.models import APIToken, GroupCollectionPermission, GroupPagePermission

from newsroom.access import audit
from newsroom.access.audit import record
from newsroom.access.users import User
from newsroom.accounts.lockout.clients import counted_name
from newsroom.accounts.lockout.handler import release
from newsroom.accounts.sessions.ending import end_after_new_password

Account = get_user_model()
# Fields of accounts whose changes are recorded, and the action.
FLAGS = {
    "is_superuser": audit.SUPERUSER_CHANGE,
    "is_active": audit.ACTIVE_CHANGE,
}
TREE_PERMISSIONS = (GroupPagePermission, GroupCollectionPermission)


def connect() -> None:
    uid = "newsroom.accounts.audit"
    m2m_changed.connect(note_groups, Account.groups.through, dispatch_uid=uid)
    m2m_changed.connect(
        note_own_permissions, Account.user_permissions.through, dispatch_uid=uid
    )
    m2m_changed.connect(
        note_own_permissions, Group.permissions.through, dispatch_uid=uid
    )
    pre_save.connect(note_flags, Account, dispatch_uid=uid)
    post_save.connect(note_new_account, Account, dispatch_uid=uid)
    pre_delete.connect(note_lost_group, Group, dispatch_uid=uid)
    post_save.connect(note_token, APIToken, dispatch_uid=uid)
    post_delete.connect(note_lost_token, APIToken, dispatch_uid=uid)
    for model in TREE_PERMISSIONS:
        post_save.connect(note_tree_permission, model, dispatch_uid=uid)
        post_delete.connect(note_lost_tree_permission, model, dispatch_uid=uid)


def note_groups(
    instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Record the groups of each user before and after, from either side."""
    if not action.startswith(("pre_", "post_")):
        return
    stage, _underscore, change = action.partition("_")
    if change == "clear":
        users = list(instance.user_set.all()) if reverse else [instance]
        if stage == "pre":
            instance._audit_cleared = users
            for user in users:
                names = _names(user.groups.all())
                gone = [instance.name] if reverse else names
                _record_groups(user, names, [n for n in names if n not in gone])
        return
    if stage == "pre" or not pk_set:
        return
    if reverse:
        users, changed = list(Account.objects.filter(pk__in=pk_set)), [instance.name]
    else:
        users, changed = [instance], _names(Group.objects.filter(pk__in=pk_set))
    for user in users:
        new = _names(user.groups.all())
        old = (
            [name for name in new if name not in changed]
            if change == "add"
            else sorted({*new, *changed})
        )
        _record_groups(user, old, new)


def _record_groups(user: User, old: list[str], new: list[str]) -> None:
    if old != new:
        record(audit.GROUPS_CHANGE, user, old=old, new=new)


def _names(groups: Iterable[Group]) -> list[str]:
    return sorted(group.name for group in groups)


def note_lost_group(instance: Group, **kwargs: Any) -> None:
    """Record what the members of a deleted group lose."""
    for user in Account.objects.filter(groups=instance):
        names = _names(user.groups.all())
        _record_groups(user, names, [name for name in names if name != instance.name])


def note_own_permissions(
    instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Record permissions added to, or removed from, a group or a user."""
    if action == "pre_clear":
        if reverse:  # a permission is taken from everyone who has it
            members = kwargs["model"].objects
            related = "permissions" if kwargs["model"] is Group else "user_permissions"
            for holder in members.filter(**{related: instance}):
                record_permissions(holder, removed=[_code(instance)])
            return
        is_group = isinstance(instance, Group)
        held = instance.permissions if is_group else instance.user_permissions
        record_permissions(instance, removed=list(map(_code, held.all())))
        return
    if action not in ("post_add", "post_remove") or not pk_set:
        return
    holders, codes = [instance], [instance]
    if reverse:
        holders = kwargs["model"].objects.filter(pk__in=pk_set)
    else:
        found = Permission.objects.filter(pk__in=pk_set)
        codes = list(found.select_related("content_type"))
    names = sorted(map(_code, codes))
    for holder in holders:
        if action == "post_add":
            record_permissions(holder, added=names)
        else:
            record_permissions(holder, removed=names)


def record_permissions(
    holder: Any, *, added: Iterable[str] = (), removed: Iterable[str] = ()
) -> None:
    added, removed = list(added), list(removed)
    if added or removed:
        record(audit.PERMISSIONS_CHANGE, holder, added=added, removed=removed)


def _code(permission: Permission) -> str:
    return f"{permission.content_type.app_label}.{permission.codename}"


def tree_code(row: Any) -> str:
    """Return the permission of *row*, and the page or collection where it holds."""
    where = row.page if isinstance(row, GroupPagePermission) else row.collection
    return f"{_code(row.permission)}: {where} ({where.pk})"


def note_tree_permission(
    instance: Any, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    if created and not raw:
        record_permissions(instance.group, added=[tree_code(instance)])


def note_lost_tree_permission(instance: Any, origin: Any = None, **kwargs: Any) -> None:
    """Record a removed permission, unless the group is deleted with it."""
    if not isinstance(origin, Group):
        record_permissions(instance.group, removed=[tree_code(instance)])


def note_flags(
    instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """Record changes of an account's flags and password before it is saved.

    A new password ends other sessions and lock-outs.
    """
    watched = {*FLAGS, "password"}
    if raw or not instance.pk or (update_fields and not watched & set(update_fields)):
        return
    saved = watched & set(update_fields) if update_fields else watched
    stored = Account.objects.filter(pk=instance.pk).values(*watched).first()
    if stored is None:
        return
    for field, action in FLAGS.items():
        new = getattr(instance, field)
        if field in saved and stored[field] != new:
            record(action, instance, old=stored[field], new=new)
    # Django stores a password with a newer hash on sign-in: no change of it.
    is_rehash = saved == {"password"} and getattr(instance, "_password", None) is None
    is_changed = "password" in saved and stored["password"] != instance.password
    if is_changed and not is_rehash:
        record(audit.PASSWORD_CHANGE, instance)
        end_after_new_password(instance)
        release(counted_name(instance.get_username()))


def note_new_account(
    instance: Any, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    if created and not raw and instance.is_superuser:
        record(audit.SUPERUSER_CHANGE, instance, old=False, new=True)


def note_token(
    instance: APIToken,
    created: bool,
    raw: bool = False,
    update_fields: Any = None,
    **kwargs: Any,
) -> None:
    if created and not raw:
        record(audit.TOKEN_CREATE, instance.user, token=str(instance))
    elif instance.revoked_at and "revoked_at" in (update_fields or ()):
        record(audit.TOKEN_DELETE, instance.user, token=str(instance))


def note_lost_token(instance: APIToken, **kwargs: Any) -> None:
    record(audit.TOKEN_DELETE, instance.user, token=str(instance))
