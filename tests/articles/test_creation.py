"""A create form makes one page, however often and in which order it is posted."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Page

from newsroom.articles.editor.creation import KEPT, remove_old_creations
from newsroom.articles.forms import CREATION_FIELD
from newsroom.articles.models import ArticlePage, PageCreation, Person, SectionPage
from tests.articles.editing import (
    add_url,
    article_form,
    comments,
    edit_url,
    section_form,
)
from tests.factories import make_article, make_section

AUTOSAVE = {"accept": "application/json"}


@pytest.fixture
def section(homes) -> SectionPage:
    return make_section(homes["kk"])


@pytest.fixture(params=["News editors", "Journalists"])
def user(request, client, homes):
    user = get_user_model().objects.create_user("user")
    user.groups.add(Group.objects.get(name=request.param))
    client.force_login(user)
    return user


@pytest.fixture
def post(client, section, user):
    """Return a function that posts one rendered create form."""
    form = BeautifulSoup(client.get(add_url(section)).text, "html.parser")

    def post(*, autosave: bool = False, **fields: str):
        token = fields.pop("token", None)
        if token is None:
            token = form.select_one(f"[name={CREATION_FIELD}]")["value"]
        data = article_form(**{CREATION_FIELD: token, **fields})
        headers = AUTOSAVE if autosave else {}
        return client.post(add_url(section), data, headers=headers)

    return post


def only_article() -> ArticlePage:
    return ArticlePage.objects.get()


def draft() -> ArticlePage:
    return only_article().get_latest_revision_as_object()


def test_a_submission_that_overtakes_the_answer_of_autosave_makes_no_second_article(
    post,
):
    assert post(autosave=True, title="Көк").json()["success"]
    answer = post(title="Көктем келді")
    assert answer.url == edit_url(only_article())
    assert draft().title == "Көктем келді"


def test_rows_of_lists_are_not_doubled_by_the_submission(post, locales):
    person = Person.objects.create(name="Абай", locale=locales["kk"])
    rows = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0}
    rows["0"] = {"person": person.pk, "ORDER": "1", "DELETE": "", "id": ""}
    assert post(autosave=True, title="Көк", authors=rows).json()["success"]
    post(title="Көктем", authors=rows)
    assert [one.person for one in draft().authors.all()] == [person]


def test_rows_and_comments_that_were_removed_before_the_submission_are_gone(
    post, locales
):
    person = Person.objects.create(name="Абай", locale=locales["kk"])
    rows = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0}
    rows["0"] = {"person": person.pk, "ORDER": "1", "DELETE": "", "id": ""}
    remark = comments({"text": "Кім айтты?"})
    saved = post(autosave=True, title="Көк", authors=rows, comments=remark)
    assert saved.json()["success"]
    assert only_article().wagtail_admin_comments.count() == 1
    post(title="Көктем", authors={"TOTAL_FORMS": 0, "INITIAL_FORMS": 0})
    assert not draft().authors.all()
    assert not only_article().wagtail_admin_comments.exists()


def test_an_autosave_repeated_after_a_lost_response_changes_the_same_article(post):
    first = post(autosave=True, title="Көк").json()
    again = post(autosave=True, title="Көктем").json()
    assert again["success"]
    assert (again["pk"], again["url"]) == (first["pk"], first["url"])
    assert again["hydrate_url"] == first["hydrate_url"]
    assert draft().title == "Көктем"


def test_an_autosave_that_comes_after_the_submission_does_not_bring_old_text_back(
    post,
):
    post(title="Көктем келді")
    late = post(autosave=True, title="Көк")
    assert late.status_code == 400
    assert late.json()["error_code"] == "invalid_revision"
    assert draft().title == "Көктем келді"


@pytest.mark.parametrize("button", ["", "action-submit", "action-publish"])
def test_a_button_that_is_pressed_twice_makes_one_article(post, button):
    fields = {button: "1"} if button else {}
    post(**fields)
    revisions = only_article().revisions.count()
    again = post(**fields)
    assert again.url == edit_url(only_article())
    assert only_article().revisions.count() == revisions


def test_a_form_that_was_saved_is_changed_and_saved_again(post):
    post(title="Көктем")
    post(title="Жаз")
    assert draft().title == "Жаз"
    assert only_article().revisions.count() == 2


def test_a_form_that_was_refused_creates_when_it_is_right(post):
    refused = post(title="")
    assert refused.status_code == 200
    assert not ArticlePage.objects.exists()
    token = BeautifulSoup(refused.text, "html.parser").select_one(
        f"[name={CREATION_FIELD}]"
    )["value"]
    post(title="Көктем", token=token)
    assert draft().title == "Көктем"


def test_the_edit_view_refuses_what_is_wrong_and_keeps_it_on_the_screen(post):
    post(autosave=True, title="Көктем")
    answer = post(title="", lead="Бәйшешек.")
    assert answer.status_code == 200
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.select_one("#page-edit-form")["action"] == edit_url(only_article())
    assert "Бәйшешек." in page.select_one("#id_lead").text


def test_two_tabs_make_two_articles(post):
    post(title="Бірінші")
    post(title="Екінші", token=str(uuid4()))
    assert ArticlePage.objects.count() == 2


def test_a_form_whose_article_was_deleted_makes_a_new_one(post):
    post()
    only_article().delete()
    post(title="Қайта")
    assert only_article().title == "Қайта"


@pytest.mark.parametrize("token", ["", "x", "0" * 31])
def test_a_form_without_a_token_creates_as_ever(post, token):
    post(token=token)
    post(token=token, title="Тағы")
    assert ArticlePage.objects.count() == 2


def test_a_creation_token_of_another_user_opens_nothing_of_theirs(
    post, client, section
):
    token = str(uuid4())
    post(token=token, title="Менікі")
    other = get_user_model().objects.create_user("other")
    other.groups.add(Group.objects.get(name="Journalists"))
    client.force_login(other)
    client.post(
        add_url(section), article_form(title="Басқа", **{CREATION_FIELD: token})
    )
    assert set(ArticlePage.objects.values_list("title", flat=True)) == {
        "Менікі",
        "Басқа",
    }


def test_sections_have_a_token_too(client, homes, user):
    url = add_url(homes["kk"], "sectionpage")
    token = BeautifulSoup(client.get(url).text, "html.parser").select_one(
        f"[name={CREATION_FIELD}]"
    )["value"]
    for title in ("Мәд", "Мәдениет"):
        client.post(url, section_form(title=title, **{CREATION_FIELD: token}))
    assert SectionPage.objects.filter(title__startswith="Мәд").count() == 1


def test_an_edit_form_has_no_token(client, section, user):
    article = make_article(section, live=False)
    assert CREATION_FIELD not in client.get(edit_url(article)).text


def test_old_tokens_are_removed(post):
    post()
    PageCreation.objects.update(created_at=PageCreation.objects.get().created_at - KEPT)
    remove_old_creations()
    assert not PageCreation.objects.exists()
    assert Page.objects.filter(pk=only_article().pk).exists()
