"""A text in another language than its page is saved, and its editor is warned."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages

from newsroom.articles.editor.written_language import other_language
from newsroom.articles.models import ArticlePage
from tests.articles.editing import add_url, article_form, edit_url
from tests.factories import make_article, make_section

RUSSIAN = (
    "Сегодня в городе открылась новая школа, в которой будут учиться дети. "
    "Об этом сообщил аким на встрече с жителями."
)
KAZAKH = "Бүгін қалада жаңа мектеп ашылды, онда балалар оқитын болады."
ENGLISH = "A new school was opened in the city today, and children will study there."


@pytest.fixture
def editor(client, homes):
    user = get_user_model().objects.create_user("editor")
    user.groups.add(Group.objects.get(name="News editors"))
    client.force_login(user)
    return user


def warnings(response) -> list[str]:
    found = get_messages(response.wsgi_request)
    return [str(one) for one in found if one.level_tag == "warning"]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("kk", RUSSIAN, "ru"),
        ("kk", "Открытие школы", ""),
        ("kk", "Инвестиция керек, экономика жатыр.", ""),
        ("ru", KAZAKH, "kk"),
        ("ru", ENGLISH, "en"),
        ("kk", KAZAKH, ""),
        ("en", ENGLISH, ""),
        ("kk", "Мәдениет министрі сапарын бастады.", ""),
        ("kk", "Dieser Text ist auf Deutsch und nicht auf Kasachisch geschrieben.", ""),
        ("kk", "Qalada jaña mektep aşyldy, onda balalar oqityn bolady.", ""),
        ("kk", f"{KAZAKH} {KAZAKH} «Поехали!» – деді ол.", ""),
    ],
)
def test_the_language_of_a_text_is_compared_with_that_of_its_page(
    homes, language, text, found
):
    section = make_section(homes[language])
    article = make_article(section, title=text[:30], lead=text, body=[])
    assert other_language(article) == found


def test_a_text_whose_orthography_is_declared_is_not_taken_for_another_language(homes):
    section = make_section(homes["kk"])
    old = {"title": "School", "lead": ENGLISH, "orthography": "kk-Latn-x-1929"}
    assert other_language(make_article(section, **old)) == ""


def test_a_new_article_in_another_language_is_saved_with_a_warning(
    client, editor, homes
):
    section = make_section(homes["kk"])
    form = article_form(title="Открытие школы", lead=RUSSIAN)
    (warning,) = warnings(client.post(add_url(section), form))
    assert "«Орысша»" in warning
    assert "«Қазақша»" in warning
    assert ArticlePage.objects.get().lead == RUSSIAN


@pytest.mark.parametrize("action", ["action-save", "action-publish"])
@pytest.mark.parametrize(("text", "count"), [(RUSSIAN, 1), (KAZAKH, 0)])
def test_saving_and_publishing_warn(client, editor, homes, action, text, count):
    article = make_article(make_section(homes["kk"]), live=False)
    form = article_form(lead=text) | {action: action}
    assert len(warnings(client.post(edit_url(article), form))) == count


def test_background_saves_do_not_warn(client, editor, homes):
    article = make_article(make_section(homes["kk"]), live=False)
    form = article_form(title="Открытие школы", lead=RUSSIAN)
    saved = client.post(edit_url(article), form, headers={"accept": "application/json"})
    assert saved.json()["success"]
    assert warnings(saved) == []
