"""Users of each role may do what docs/roles.md says, and nothing else."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Workflow

from newsroom.access.roles import LANGUAGE_ROLES, ROLES
from tests.access.rights import OWN, Newsroom, documented, member_of

TABLE = documented()


@pytest.fixture
def newsroom(homes) -> Newsroom:
    """Return a site whose groups and workflows were all lost and are set up again."""
    Group.objects.all().delete()
    Workflow.objects.all().delete()
    call_command("setup_site", verbosity=0)
    return Newsroom(homes)


def test_the_document_has_a_column_for_each_role():
    assert list(TABLE) == [role.name for role in (*ROLES, *LANGUAGE_ROLES)]


def test_each_role_has_exactly_the_documented_permissions(newsroom):
    groups = {role.name: role.name for role in ROLES}
    groups |= {role.name: f"{role.name}: {OWN}" for role in LANGUAGE_ROLES}
    for role, group in groups.items():
        rights = newsroom.rights_of(member_of(group))
        assert list(rights) == list(TABLE[role])
        differing = {
            action: (cell, TABLE[role][action])
            for action, cell in rights.items()
            if cell != TABLE[role][action]
        }
        assert differing == {}, f"{role}: what holds, what the document says"


def test_an_account_without_a_role_may_do_nothing(newsroom):
    nobody = get_user_model().objects.create_user("nobody")
    assert set(newsroom.rights_of(nobody).values()) == {"–"}
