import pytest
from django.contrib.auth import get_user_model

from newsroom.access.permissions import may_publish
from tests.factories import make_article, make_section


@pytest.mark.django_db
def test_only_an_active_account_may_publish_an_existing_page(homes):
    page = make_article(make_section(homes["kk"]))
    user = get_user_model().objects.create_superuser("chief", "", "x")
    assert may_publish(user, page)
    assert not may_publish(user, None)
    assert not may_publish(None, page)
    user.is_active = False
    assert not may_publish(user, page)
    assert not may_publish(get_user_model().objects.create_user("reader"), page)
