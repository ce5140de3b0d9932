"""Every URL answers every role as the reviewed tables say (see README.md)."""

import os
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from tests.access.urls import tables
from tests.access.urls.asking import CHANGED, Form, ask, forms_of, without_rendering
from tests.access.urls.data import posted
from tests.access.urls.routes import LEFT_OUT, all_routes, paths
from tests.access.urls.world import COLUMNS, GROUPS, NOBODY, SUPERUSER, World

pytestmark = [
    # A report of wagtail-localize pages an unordered list.
    pytest.mark.filterwarnings(
        "ignore::django.core.paginator.UnorderedObjectListWarning"
    ),
]
WRITES = "WRITE_ACCESS_TABLES" in os.environ
# Wagtail's URLs that are asked with another method than GET and POST.
PUT = {
    "admin/localize/translate/<int:translation_id>/strings/<int:string_segment_id>/"
    "edit/",
    "admin/localize/translate/<int:translation_id>/overrides/"
    "<int:overridable_segment_id>/edit/",
}


class Questions:
    """The requests for the rows of the tables, the same for every role."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.paths = paths(world)
        client = self.client(SUPERUSER)
        with without_rendering():
            self.asked = asked = {
                (method, row): ask(client, method.lower(), url)
                for row, url in self.paths.items()
                for method in ("GET", "POST")
            }
        # Nobody can use a method that the view does not have.
        self.plain = [key for key, cell in asked.items() if cell != "405"]
        self.plain += [("PUT", row) for row in self.paths if row in PUT]
        # What an empty form did not change is posted again, as a browser posts it.
        unchanged = {
            row: url
            for row, url in self.paths.items()
            if asked["GET", row].startswith("200")
            and asked["POST", row] in ("200", "400", "302")
        }
        found = forms_of(client, unchanged)
        self.forms: dict[str, Form] = {
            row: found[row] | posted(world, row) for row in found
        }

    def client(self, column: str) -> Client:
        client = Client(raise_request_exception=False)
        if column != NOBODY:
            client.force_login(self.world.users[column])
        return client

    def answers(self, column: str) -> dict[str, str]:
        """Return the cells of a column: row -> cell."""
        client = self.client(column)
        with without_rendering():
            found = {
                f"{method} {row}": (
                    self.asked[method, row]
                    if column == SUPERUSER and method != "PUT"
                    else ask(client, method.lower(), self.paths[row])
                )
                for method, row in self.plain
            }
            for row, form in self.forms.items():
                _rewind(form)
                found[f"FORM {row}"] = ask(client, "post", self.paths[row], form)
        return found


def _rewind(form: Form) -> None:
    for value in form.values():
        if hasattr(value, "seek"):
            value.seek(0)


@pytest.fixture(scope="module")
def questions(django_db_setup, django_db_blocker) -> Iterator[Questions]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield Questions(World())
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "column",
    [
        # Two workers share the work.
        pytest.param(name, marks=pytest.mark.xdist_group(f"urls-{number % 2}"))
        for number, name in enumerate(COLUMNS)
    ],
)
def test_every_url_answers_each_role_as_reviewed(questions, column):
    found = questions.answers(column)
    columns = tables.read()
    if WRITES:
        columns[column] = found
        tables.write({name: _only(columns[name], found) for name in COLUMNS})
        return
    expected = columns[column]
    differing = [
        f"{row}: {found.get(row, 'no such URL')}, reviewed: {expected.get(row, 'none')}"
        for row in sorted({*found, *expected})
        if found.get(row) != expected.get(row)
    ]
    assert differing == [], f"{column}: run make access-tables, and review the changes"


def _only(column: tables.Column, rows: dict[str, str]) -> tables.Column:
    """Return the cells of *column* for *rows*; rows of URLs that are gone fall out."""
    return {row: column.get(row, "?") for row in rows}


def test_the_tables_cover_every_url_pattern():
    """A pattern without a row needs a reason in LEFT_OUT."""
    rows = tables.read()[SUPERUSER]
    covered = {row.split(" ", 1)[1].split(" [")[0] for row in rows}
    assert set(all_routes()) == covered | set(LEFT_OUT)


def test_no_url_fails_on_the_server():
    failing = {
        row
        for column in tables.read().values()
        for row, cell in column.items()
        if cell.startswith("5")
    }
    assert failing == set()


# A wrong password for a page is recorded.
RECORDED = {
    "POST _util/authenticate_with_password/<int:page_view_restriction_id>/"
    "<int:page_id>/",
    # Ends a session that waits for the second factor.
    "POST admin/sign-in/cancel/",
}


def test_nobody_changes_anything():
    """Neither visitors nor accounts without a role."""
    columns = tables.read()
    changing = {
        row
        for name in (NOBODY, "no-role")
        for row, cell in columns[name].items()
        if cell.endswith(CHANGED)
    }
    assert changing <= RECORDED


def test_nobody_uses_the_admin():
    columns = tables.read()
    for name, is_open in ((NOBODY, OPEN), ("no-role", (*OPEN, *OF_ACCOUNTS))):
        answers = {
            cell.removesuffix(CHANGED)
            for row, cell in columns[name].items()
            if " admin/" in row and not row.split()[1].startswith(is_open)
        }
        assert answers <= {"login", "403"}, name


# What somebody needs who has not signed in yet.
OPEN = (
    "admin/login/",
    "admin/sign-in/passkeys/use/",
    "admin/release/<str:token>/",
    "admin/password_reset/",
    "admin/sprite/",
    "admin/jsi18n/",
)


# What every account may do about its own second factors.
OF_ACCOUNTS = ("admin/sign-in/",)


def test_roles_of_one_language_change_nothing_of_another():
    """The rows of Russian things, asked by those who work in Kazakh, and back."""
    columns = tables.read()
    assert len([name for name in columns if name in GROUPS]) == len(GROUPS)
    for name in ("transl-kk", "l-ed-kk"):
        changed = [
            row
            for row, cell in columns[name].items()
            if cell.endswith(CHANGED) and row.endswith(("[ru]", " ru]"))
        ]
        assert changed == []
