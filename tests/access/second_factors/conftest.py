"""Users with and without second factors, and the steps of their sign-in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from newsroom.access.second_factors.events import factor_event
from tests.access.second_factors.authenticator import Authenticator

PASSWORD = "a password of many words"
HOME = "/admin/"
LOGIN = "/admin/login/"


def url(name: str, *args: Any) -> str:
    return reverse(f"second_factors:{name}", args=args)


def code_of(app: TOTPDevice, step: int = 0) -> str:
    """Return the code that *app* shows, *step* times 30 seconds from now."""
    token = TOTP(app.bin_key, app.step, app.t0, app.digits, app.drift + step).token()
    return f"{token:06}"


def give_app(user: Any) -> TOTPDevice:
    return TOTPDevice.objects.create(user=user, name="app", confirmed=True)


def forget_wrong_codes(app: TOTPDevice) -> None:
    TOTPDevice.objects.filter(pk=app.pk).update(
        throttling_failure_timestamp=None, throttling_failure_count=0
    )


def enter_password(client: Client, user: Any, target: str = HOME) -> Any:
    data = {"username": user.get_username(), "password": PASSWORD, "next": target}
    return client.post(LOGIN, data)


def is_signed_in(client: Client) -> bool:
    return client.get(HOME).status_code == 200


def post_json(client: Client, address: str, data: Any = None) -> Any:
    return client.post(address, data, content_type="application/json")


def add_passkey(client: Client, name: str = "") -> tuple[Authenticator, Any]:
    """Register a passkey with the session of *client*; return it and the answer."""
    options = post_json(client, url("begin_registration"), {})
    assert options.status_code == 200, options.content
    passkey = Authenticator()
    answer = post_json(
        client,
        f"{url('complete_registration')}?name={name}",
        passkey.create(options.json()),
    )
    return passkey, answer


def use_passkey(client: Client, passkey: Authenticator, target: str = HOME) -> Any:
    options = post_json(client, url("begin_use"), {})
    assert options.status_code == 200, options.content
    address = f"{url('complete_use')}?next={target}"
    return post_json(client, address, passkey.get(options.json()))


@pytest.fixture
def make_user(db, django_user_model) -> Callable[..., Any]:
    """Return a function that creates a user of the groups named."""

    def make(username: str, *groups: str, **fields: Any) -> Any:
        user = django_user_model.objects.create_user(
            username, password=PASSWORD, **fields
        )
        user.groups.set(Group.objects.filter(name__in=groups))
        assert user.groups.count() == len(groups)
        return user

    return make


@pytest.fixture
def editor(make_user):
    return make_user("aigerim", "News editors")


@pytest.fixture
def journalist(make_user):
    return make_user("daniyar", "Journalists")


@pytest.fixture
def boss(make_user):
    return make_user("boss", is_superuser=True, is_staff=True)


@pytest.fixture
def user_admin(make_user):
    """Someone who may change users, but is no superuser."""
    user = make_user("staff", "Journalists")
    user.user_permissions.add(Permission.objects.get(codename="change_user"))
    return user


@pytest.fixture
def in_production(settings):
    settings.SECOND_FACTOR_REQUIRED = "publishers"


@pytest.fixture
def events() -> Any:
    """Collect (action, factor, account, by) of the events of factors."""
    found: list[tuple] = []

    def note(account, by, action, factor, **kwargs):
        found.append(
            (
                action.rpartition(".")[2],
                factor,
                account.get_username(),
                by and by.username,
            )
        )

    factor_event.connect(note)
    yield found
    factor_event.disconnect(note)


@pytest.fixture
def signed_in(client, app):
    """A session of the owner of *app*, an authenticator app, verified by it."""
    enter_password(client, app.user)
    client.post(url("second_step"), {"code": code_of(app, -1)})
    assert is_signed_in(client)
    return client
