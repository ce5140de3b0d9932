"""The type of users: of an account, or of a visitor without one."""

from typing import TYPE_CHECKING, TypeAlias, Union

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

# By name, because modules that are loaded before the models use it too. Python cannot
# write such a union with "|".
AnyUser: TypeAlias = Union["User", "AnonymousUser"]
