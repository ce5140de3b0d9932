"""Accounts of the demo."""

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.test import RequestFactory

from newsroom.access.roles import ROLES
from newsroom.demo.accounts import DEMO_ACCOUNTS, create_demo_accounts


@pytest.mark.django_db
def test_every_role_has_an_account_that_can_sign_in():
    create_demo_accounts()
    request = RequestFactory().post("/admin/login/")
    for account in DEMO_ACCOUNTS:
        user = authenticate(
            request, username=account.username, password=account.password
        )
        assert user is not None, account.username
        assert user.has_perm("wagtailadmin.access_admin")
        assert user.is_superuser == (account.role is None)
        assert [group.name for group in user.groups.all()] == (
            [account.role] if account.role else []
        )
    assert {role.name for role in ROLES} <= {one.role for one in DEMO_ACCOUNTS}


@pytest.mark.django_db
def test_an_account_that_exists_is_kept():
    get_user_model().objects.create_user("administrator", first_name="Айгүл")
    create_demo_accounts()
    kept = get_user_model().objects.get(username="administrator")
    assert kept.first_name == "Айгүл"
    assert not kept.check_password("administrator-demo")
    assert not kept.groups.exists()
