"""Names and languages of accounts, and of deleted accounts."""

import pytest
from django.contrib.auth import get_user_model
from django.test import RequestFactory
from django.utils.translation import override
from wagtail.users.models import UserProfile

from newsroom.access.accounts import admin_language_of, display_name, mail_language_of
from newsroom.access.users import account_of


@pytest.fixture
def user(db):
    return get_user_model().objects.create_user("aigerim")


def test_mail_is_in_the_language_that_the_user_has_chosen(user, settings):
    other = get_user_model().objects.create_user("other")
    UserProfile.objects.create(user=other, preferred_language="en")
    assert mail_language_of(user) == settings.LANGUAGE_CODE
    UserProfile.objects.create(user=user, preferred_language="ru")
    assert mail_language_of(user) == "ru"
    assert mail_language_of(other) == "en"


def test_mail_without_a_recipient_or_chosen_language_is_in_the_sites_language(
    user, settings
):
    UserProfile.objects.create(user=user)
    with override("en"):  # the language of the user whose action sends the mail
        assert mail_language_of(user) == settings.LANGUAGE_CODE
        assert mail_language_of(None) == settings.LANGUAGE_CODE


def test_the_admin_is_in_the_chosen_language_or_else_in_the_current_one(user):
    with override("en"):
        assert admin_language_of(user) == "en"
        assert admin_language_of(None) == "en"
        UserProfile.objects.create(user=user, preferred_language="ru")
        assert admin_language_of(user) == "ru"
        assert admin_language_of(None) == "en"


def test_an_account_is_named_by_its_full_name_or_else_by_its_username(user):
    assert display_name(user) == "aigerim"
    user.first_name, user.last_name = "Айгерім", "Сапарова"
    assert display_name(user) == "Айгерім Сапарова"
    assert display_name(None) == ""


def test_the_account_of_a_request_is_the_one_that_is_logged_in(user):
    request = RequestFactory().get("/admin/")
    request.user = user
    assert account_of(request) is user
