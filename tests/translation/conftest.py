"""Fixtures of the tests of the translation desk."""

import json
from collections.abc import Iterator

import pytest
from django.db import transaction

from home.models import HomePage
from newsroom.articles.models import ArticlePage, SectionPage
from tests.factories import make_article, make_section
from tests.translation.articles import paragraphs, submit, translate
from tests.translation.segments import account


@pytest.fixture(scope="module", autouse=True)
def standing_sections(request, django_db_blocker) -> Iterator[dict[str, int]]:
    """Yield the primary keys of the sections that a module shares, by language.

    Making them takes a quarter of a test: a module makes them once, in a transaction
    around the transactions of its tests. A module with a test that commits shares none.
    """
    module = request.node
    tests = [
        test for test in module.session.items if test.getparent(type(module)) is module
    ]
    names = {name for test in tests for name in test.fixturenames}
    if "sections" not in names or any(map(_commits, tests)):
        yield {}
        return
    request.getfixturevalue("django_db_setup")
    with django_db_blocker.unblock(), transaction.atomic():
        yield _make_sections()
        transaction.set_rollback(True)


def _commits(test: pytest.Item) -> bool:
    """Return whether *test* runs outside a transaction of its own."""
    marker = test.get_closest_marker("django_db")
    return "transactional_db" in test.fixturenames or bool(
        marker and (marker.args or marker.kwargs.get("transaction"))
    )


def _make_sections() -> dict[str, int]:
    homes = {home.locale.language_code: home for home in HomePage.objects.all()}
    source = make_section(homes["kk"], title="Қоғам")
    keys = {"kk": source.pk}
    for code, title in (("ru", "Общество"), ("en", "Society")):
        section = source.copy_for_translation(homes[code].locale)
        section.title = title
        section.save_revision().publish()
        keys[code] = section.pk
    return keys


@pytest.fixture
def sections(db, standing_sections) -> dict[str, SectionPage]:
    """Return a section in Kazakh, Russian and English."""
    keys = standing_sections or _make_sections()
    return {code: SectionPage.objects.get(pk=pk) for code, pk in keys.items()}


@pytest.fixture
def article(sections) -> ArticlePage:
    """Return a live Kazakh article of four segments."""
    return make_article(
        sections["kk"],
        title="Қалалардың болашағы",
        lead="Форум өтті.",
        body=json.dumps(paragraphs(None, "Бірінші сөйлем.", "Екінші сөйлем.")),
    )


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Return a context manager that runs ``on_commit`` callbacks at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def translation(article, locales, committed):
    """Return the article's Russian translation, just begun."""
    with committed():
        return submit(article, locales["ru"])


@pytest.fixture
def translator(client, translation):
    """Return a Russian translator, logged in."""
    user = account("translator", "Translators: ru")
    client.force_login(user)
    return user


@pytest.fixture
def published(article, locales, committed):
    """Return the article's Russian translation, complete and live."""
    with committed():
        translation = submit(article, locales["ru"])
        translate(translation)
        translation.save_target(publish=True)
    return translation


@pytest.fixture
def log_in(client, db):
    def as_one_of(role: str):
        client.force_login(account(role, role))
        return client

    return as_one_of
