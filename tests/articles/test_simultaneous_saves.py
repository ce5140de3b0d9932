"""A background save and a pressed button that the server handles at the same time."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail import hooks

from newsroom.articles.models import ArticlePage, Person
from tests.articles.editing import article_form, edit_url
from tests.factories import make_article, make_section

AUTOSAVE = {"accept": "application/json"}


@pytest.fixture
def article(client, homes) -> ArticlePage:
    user = get_user_model().objects.create_user("editor")
    user.groups.add(Group.objects.get(name="News editors"))
    client.force_login(user)
    article = make_article(make_section(homes["kk"]), live=False)
    article.save_revision(user=user)
    return article


def autosave(client, article: ArticlePage, revision: int, **fields: str):
    form = article_form(overwrite_revision_id=str(revision), **fields)
    return client.post(edit_url(article), form, headers=AUTOSAVE)


def draft(article: ArticlePage) -> ArticlePage:
    article.refresh_from_db()
    return article.get_latest_revision_as_object()


def test_a_background_save_never_overtakes_the_button_that_was_pressed_after_it(
    client, article
):
    revision = article.latest_revision_id
    assert autosave(client, article, revision, title="Көк").json()["success"]

    pressed: list[bool] = []

    def press_button(request, page) -> None:
        """Save after the view of the background save has read the page."""
        if not request.accepts("text/html") and not pressed:
            pressed.append(True)
            client.post(edit_url(article), article_form(title="Көктем келді"))

    with hooks.register_temporarily("before_edit_page", press_button, order=-1000):
        late = autosave(client, article, revision, title="Көкт")
    assert late.status_code == 400
    assert late.json()["error_code"] == "invalid_revision"
    assert draft(article).title == "Көктем келді"


def author_rows(*rows: tuple[int | str, Person], initial: int = 0) -> dict[str, str]:
    form = {
        "authors-TOTAL_FORMS": str(len(rows)),
        "authors-INITIAL_FORMS": str(initial),
    }
    for number, (pk, person) in enumerate(rows):
        form |= {
            f"authors-{number}-id": str(pk),
            f"authors-{number}-ORDER": str(number + 1),
            f"authors-{number}-DELETE": "",
            f"authors-{number}-person": str(person.pk),
        }
    return form


def test_rows_that_a_background_save_has_stored_are_not_stored_again_by_the_button(
    client, article
):
    locale = article.locale
    writer, other = (Person.objects.create(name=n, locale=locale) for n in "AB")
    rows = author_rows(("", writer))
    saved = autosave(client, article, article.latest_revision_id, **rows)
    assert saved.json()["success"]
    # The button is pressed before the answer has given the row its id.
    rows = author_rows(("", writer), ("", other))
    client.post(edit_url(article), article_form(**rows))
    people = [row.person_id for row in draft(article).authors.all()]
    assert people == [writer.pk, other.pk]


def test_a_row_that_is_added_to_others_is_not_stored_again_either(client, article):
    locale = article.locale
    old, new = (Person.objects.create(name=n, locale=locale) for n in "AB")
    client.post(edit_url(article), article_form(**author_rows(("", old))))
    (row,) = draft(article).authors.all()
    rows = author_rows((row.pk, old), ("", new), initial=1)
    saved = autosave(client, article, draft(article).latest_revision_id, **rows)
    assert saved.json()["success"]
    client.post(edit_url(article), article_form(**rows))
    people = [row.person_id for row in draft(article).authors.all()]
    assert people == [old.pk, new.pk]


def test_the_page_is_locked_while_it_is_saved(client, article):
    if not connection.features.has_select_for_update:
        pytest.skip("SQLite locks the whole database when a transaction begins.")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        autosave(client, article, article.latest_revision_id, title="Көк")
    assert any(
        "wagtailcore_page" in one["sql"] and "FOR UPDATE" in one["sql"]
        for one in queries
    )
