import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from newsroom.access.roles import ROLES, create_roles
from tests.factories import make_article, make_section


@pytest.fixture
def member(db):
    def make(role: str):
        user = get_user_model().objects.create_user(role)
        user.groups.add(Group.objects.get(name=role))
        return user

    return make


def test_a_journalist_writes_and_an_editor_publishes(member, homes):
    article = make_article(make_section(homes["kk"]), live=False)
    journalist = article.permissions_for_user(member("Journalists"))
    editor = article.permissions_for_user(member("News editors"))
    assert (journalist.can_edit(), journalist.can_publish()) == (True, False)
    assert (editor.can_edit(), editor.can_publish()) == (True, True)


@pytest.mark.parametrize("role", [role.name for role in ROLES])
def test_both_may_submit_for_translation_and_enter_the_admin(member, role):
    user = member(role)
    assert user.has_perm("wagtail_localize.submit_translation")
    assert user.has_perm("wagtailadmin.access_admin")
    assert user.has_perm("articles.add_person")


def test_rights_given_since_are_kept(db):
    group = Group.objects.get(name="Journalists")
    group.permissions.clear()
    before = create_roles()["Journalists"].permissions.count()
    assert create_roles()["Journalists"].permissions.count() == before > 0
