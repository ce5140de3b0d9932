"""Accounts for the tests, and what the audit log says of them."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry

PASSWORD = "сенім 4 кілт қорған"


def member(name: str, *groups: str, **fields: Any) -> Any:
    """Create an account with :data:`PASSWORD` in these groups."""
    fields.setdefault("email", f"{name}@example.kz")
    user = get_user_model().objects.create_user(name, password=PASSWORD, **fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def chief(name: str = "chief", **fields: Any) -> Any:
    return member(name, is_superuser=True, **fields)


def account_manager(name: str = "manager") -> Any:
    """Create an account that may change users, but is no administrator."""
    user = member(name)
    user.user_permissions.set(
        Permission.objects.filter(
            codename__in=("access_admin", "add_user", "change_user", "delete_user")
        )
    )
    return get_user_model().objects.get(pk=user.pk)


def entries(*actions: str) -> list[ModelLogEntry]:
    """Return the entries of these actions, oldest first."""
    return list(ModelLogEntry.objects.filter(action__in=actions).order_by("pk"))


def sign_in(client: Any, name: str, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post(
        "/admin/login/", {"username": name, "password": password}, **extra
    )


def run_queue() -> None:
    """Run the queued tasks, as the worker would, in the test's transaction."""
    for row in list(DBTaskResult.objects.ready()):
        row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        row.delete()
