"""Concurrent background saves and submissions of the page editor."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from wagtail import hooks
from wagtail.models import Comment

from newsroom.articles.editor.posted_rows import with_known_ids
from newsroom.articles.models import ArticlePage, Person
from tests.articles.editing import article_form, comments, edit_url
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


def test_a_background_save_that_is_refused_takes_nothing_out_of_the_draft(
    client, article
):
    revision = article.latest_revision_id
    writer = Person.objects.create(name="A", locale=article.locale)
    rows = author_rows(("", writer))
    remark = comments({"text": "Кім айтты?"})
    client.post(edit_url(article), article_form(comments=remark, **rows))
    # It was sent before the button was pressed, and is handled after it.
    late = autosave(client, article, revision, comments=remark, **rows)
    assert late.status_code == 400
    assert [row.person_id for row in draft(article).authors.all()] == [writer.pk]
    assert article.wagtail_admin_comments.count() == 1


def test_a_submission_with_errors_takes_nothing_out_of_the_draft(client, article):
    writer = Person.objects.create(name="A", locale=article.locale)
    rows = author_rows(("", writer))
    saved = autosave(client, article, article.latest_revision_id, **rows)
    assert saved.json()["success"]
    form = article_form(published_at="кеше", **rows)
    assert client.post(edit_url(article), form).status_code == 200
    assert [row.person_id for row in draft(article).authors.all()] == [writer.pk]


def test_a_row_that_was_saved_in_the_background_can_be_removed_at_once(client, article):
    writer = Person.objects.create(name="A", locale=article.locale)
    rows = author_rows(("", writer))
    saved = autosave(client, article, article.latest_revision_id, **rows)
    assert saved.json()["success"]
    client.post(edit_url(article), article_form(**rows | {"authors-0-DELETE": "on"}))
    assert not draft(article).authors.all()


def test_a_name_that_is_listed_twice_on_purpose_stays_twice(client, article):
    writer = Person.objects.create(name="A", locale=article.locale)
    client.post(edit_url(article), article_form(**author_rows(("", writer))))
    (row,) = draft(article).authors.all()
    rows = author_rows((row.pk, writer), ("", writer), initial=1)
    client.post(edit_url(article), article_form(**rows))
    assert [row.person_id for row in draft(article).authors.all()] == [writer.pk] * 2


def test_comments_and_replies_that_a_background_save_has_stored_are_not_doubled(
    client, article
):
    revision = article.latest_revision_id
    asked = comments({"text": "Кім айтты?"}, {"text": "Кім айтты?"})
    saved = autosave(client, article, revision, comments=asked)
    assert saved.json()["success"]
    client.post(edit_url(article), article_form(comments=asked))
    first, second = article.wagtail_admin_comments.order_by("pk")

    reply = {"id": "", "text": "Әкім.", "DELETE": ""}
    replies = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "0": reply}
    known = [
        {"id": first.pk, "text": first.text, "replies": replies},
        {"id": second.pk, "text": second.text},
    ]
    answered = comments(*known, saved=2)
    revision = draft(article).latest_revision_id
    saved = autosave(client, article, revision, comments=answered)
    assert saved.json()["success"]
    client.post(edit_url(article), article_form(comments=answered))
    assert article.wagtail_admin_comments.count() == 2
    assert [one.text for one in first.replies.all()] == ["Әкім."]


def test_a_comment_that_got_its_id_by_autosave_is_not_stored_twice(client, article):
    asked = comments({"text": "Кім айтты?"})
    saved = autosave(client, article, article.latest_revision_id, comments=asked)
    (comment,) = article.wagtail_admin_comments.all()
    # The form has the id, but Wagtail's script does not count the comment as stored.
    known = comments({"id": comment.pk, "text": comment.text}, saved=0)
    revision = saved.json()["revision_id"]
    assert autosave(client, article, revision, comments=known).json()["success"]
    assert article.wagtail_admin_comments.count() == 1


def test_a_form_that_knows_all_its_rows_is_taken_without_a_query(
    article, django_assert_num_queries
):
    data = QueryDict(mutable=True)
    form = article_form(comments=comments({"id": 7, "text": "Кім?"}, saved=1))
    data.update({name: str(value) for name, value in form.items()})
    with django_assert_num_queries(0):
        assert with_known_ids(data, article.pk, 1, is_whole=False) is data


def test_the_same_words_of_another_person_are_another_comment(client, article):
    other = get_user_model().objects.create_user("other")
    theirs = Comment.objects.create(
        page=article, user=other, text="Кім айтты?", contentpath="lead"
    )
    asked = comments(
        {"id": theirs.pk, "text": theirs.text}, {"text": theirs.text}, saved=1
    )
    client.post(edit_url(article), article_form(comments=asked))
    assert article.wagtail_admin_comments.count() == 2
    assert article.wagtail_admin_comments.filter(user=other).count() == 1


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
