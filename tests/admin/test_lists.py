"""The newsroom's own lists in the admin, empty and filled."""

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from newsroom.worker.kinds import JobKind, register
from newsroom.worker.running import start
from tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db
EMPTY = {
    "jobs:index": "Nothing has been started yet.",
    "bin:index": "The bin holds nothing that you may restore.",
    "translation_desk:releases": "No release has been planned.",
}


@pytest.fixture
def administrator(client, admin_user):
    """Return an administrator who works in English, logged in."""
    UserProfile.objects.create(user=admin_user, preferred_language="en")
    client.force_login(admin_user)
    return admin_user


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_list_shows_a_message_instead_of_a_table(client, administrator, name):
    html = client.get(reverse(name)).content.decode()
    assert EMPTY[name] in html
    assert '<table class="listing">' not in html


def test_a_list_with_rows_does_not_show_the_empty_message(client, administrator, homes):
    kind = register(JobKind("listed", "Тізім", lambda user, params, item: None))
    start(kind, user=administrator, items=[("a", {})])
    make_article(make_section(homes["kk"]), title="Жойылған").delete()
    for name, text in (("jobs:index", "Тізім"), ("bin:index", "Жойылған")):
        html = client.get(reverse(name)).content.decode()
        assert text in html
        assert '<table class="listing">' in html
        assert 'role="region"' in html
        assert EMPTY[name] not in html
