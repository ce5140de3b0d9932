"""The types of users: of an account, or of a visitor without one."""

from typing import TYPE_CHECKING, TypeAlias, Union, cast

from django.http import HttpRequest

if TYPE_CHECKING:
    from django.contrib.auth import models

# By name, because modules that are loaded before the models use them too. Python cannot
# write such a union with "|".
AnyUser: TypeAlias = Union["models.User", "models.AnonymousUser"]
# An account, which a foreign key can store. "Union" makes "User | None" work when
# Python evaluates it; it does not with a plain string.
User: TypeAlias = Union["models.User"]


def account_of(request: HttpRequest) -> User:
    """Return the user of *request* as an account. The view must require a login."""
    return cast("models.User", request.user)
