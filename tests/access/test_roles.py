"""Users of each role may do what docs/roles.md says, and nothing else.

`make access-tables` writes the table of docs/roles.md, and those of tests/access/urls/.
"""

import os

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Workflow

from newsroom.access.roles import LANGUAGE_ROLES, ROLES
from tests.access.rights import (
    OWN,
    Newsroom,
    as_table,
    documented,
    member_of,
    write_table,
)


@pytest.fixture
def newsroom(homes) -> Newsroom:
    """Return a site whose groups and workflows were all lost and are set up again."""
    Group.objects.all().delete()
    Workflow.objects.all().delete()
    call_command("setup_site", verbosity=0)
    return Newsroom(homes)


def test_each_role_has_exactly_the_documented_permissions(newsroom):
    groups = {role.name: role.name for role in ROLES}
    groups |= {role.name: f"{role.name}: {OWN}" for role in LANGUAGE_ROLES}
    rights = {
        role: newsroom.rights_of(member_of(group)) for role, group in groups.items()
    }
    if "WRITE_ACCESS_TABLES" in os.environ:
        write_table(as_table(rights))
    assert documented() == rights, "the document says, what holds"


def test_the_document_has_a_column_for_each_role():
    assert list(documented()) == [role.name for role in (*ROLES, *LANGUAGE_ROLES)]


def test_an_account_without_a_role_may_do_nothing(newsroom):
    nobody = get_user_model().objects.create_user("nobody")
    assert set(newsroom.rights_of(nobody).values()) == {"–"}
