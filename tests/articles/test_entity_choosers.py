"""Creating people, organisations, places and topics where they are chosen."""

import json

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from newsroom.articles.blocks import EntityChooserBlock
from newsroom.articles.entities.same_names import entities_named
from newsroom.articles.models import Organisation, Person, Place, Topic

MODELS = (Person, Organisation, Place, Topic)


def url(model, name: str) -> str:
    return reverse(f"wagtailsnippetchoosers_articles_{model._meta.model_name}:{name}")


@pytest.fixture
def log_in(client, homes):
    def as_one_of(role: str, language: str = "en") -> None:
        user = get_user_model().objects.create_user(f"{role} {language}")
        user.groups.add(Group.objects.get(name=role))
        UserProfile.objects.create(user=user, preferred_language=language)
        client.force_login(user)

    return as_one_of


@pytest.fixture
def create(client, locales):
    """Return a function that posts a chooser's form; what it answers is read."""

    def post(model, name: str, *, code: str = "kk", query: str = "", **fields: str):
        form = {"name": name, "locale": locales[code].pk, **fields}
        data = {f"new-entity-{key}": value for key, value in form.items()}
        return client.post(url(model, "create") + query, data)

    return post


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_chooser_has_a_form_to_create(client, log_in, model, language):
    log_in("Journalists", language)
    html = json.loads(client.get(url(model, "choose")).content)["html"]
    form = BeautifulSoup(html, "html.parser").select_one("#tab-create form")
    assert form.select_one("[name=new-entity-name]")
    chosen = form.select_one("[name=new-entity-locale] option[selected]")
    name = {"kk": "Kazakh", "ru": "Russian", "en": "English"}[language]
    assert chosen, name


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_the_language_of_the_page_that_is_edited_is_proposed(client, log_in, code):
    log_in("Journalists", "en")
    answer = client.get(url(Person, "choose"), {"locale": code})
    html = BeautifulSoup(json.loads(answer.content)["html"], "html.parser")
    chosen = html.select_one("[name=new-entity-locale] option[selected]")
    assert Locale.objects.get(pk=chosen["value"]).language_code == code


@pytest.mark.parametrize("model", MODELS)
def test_a_new_name_is_created_and_chosen(log_in, create, model):
    log_in("Journalists")
    answer = json.loads(create(model, "Жаңа атау").content)
    row = model.objects.get(name="Жаңа атау")
    assert answer["step"] == "chosen"
    assert answer["result"]["id"] == str(row.pk)
    assert row.locale.language_code == "kk"


def test_several_are_chosen_one_of_them_new(log_in, create):
    log_in("Journalists")
    answer = json.loads(create(Person, "Жаңа адам", query="?multiple=1").content)
    assert [one["string"] for one in answer["result"]] == ["Жаңа адам"]


@pytest.mark.parametrize("role", ["Translators: kk", "Language editors: ru"])
@pytest.mark.parametrize("model", MODELS)
def test_who_may_not_add_is_offered_and_allowed_nothing(
    client, log_in, create, model, role
):
    log_in(role)
    html = json.loads(client.get(url(model, "choose")).content)["html"]
    assert "new-entity-name" not in html
    create(model, "Жаңа атау")
    assert not model.objects.filter(name="Жаңа атау").exists()


@pytest.mark.parametrize(
    ("code", "known", "typed"),
    [
        ("kk", "Алматы", "Алматы"),
        ("kk", "Алматы", "АЛМАТЫ"),
        ("kk", "Алматы", "  Алматы "),
        ("kk", "Алматы", "Алматыда"),
        ("kk", "Алматы", "Almaty"),
        ("kk", "Алматы", "الماتى"),
        ("en", "Almaty", "Алматы"),
        ("ru", "Фёдор Королёв", "Федор Королев"),
        ("kk", "Абай Құнанбайұлы", "Абай Құнанбайұлының"),
        ("kk", "Абай Құнанбайұлы", "Qunanbaiuly Abai"),
        ("ru", "Москва", "Москвы"),
        ("en", "UN-Habitat", "un-habitat"),
        ("en", "Ministry of Culture", "ministry of culture"),
        ("ru", "Фёдор Королёв", "Королёва Фёдора"),
        ("ru", "Фёдор Королев", "Королёва Фёдора"),
        ("ru", "Королёв", "Королёва"),
        ("ru", "Сергей Соловьёв", "Соловьёву Сергею"),
        ("ru", "Королёва Фёдора", "Фёдор Королёв"),
        ("en", "Fyodor Korolyov", "FYODOR  KOROLYOV"),
        ("en", "UN-Habitat", "UN Habitat"),
        ("en", "Settlements Programme (UN-Habitat)", "UN-Habitat"),
        (
            "en",
            "Settlements Programme (UN-Habitat)",
            "settlements programme",
        ),
        ("en", "UN-Habitat", "Settlements Programme (UN-Habitat)"),
        ("en", "UN-Habitat", "«UN-Habitat»"),
        ("en", "UN-Habitat", "UN‑Habitat"),
        ("kk", "Ахмет Байтұрсынұлы", "А. Байтұрсынұлы"),
        ("kk", "Ахмет Байтұрсынұлы", "А.Байтұрсынұлы"),
        ("kk", "Ахмет Байтұрсынұлы", "Байтұрсынұлы А."),
        ("kk", "А. Байтұрсынұлы", "Ахмет Байтұрсынұлы"),
        ("kk", "Ахмет Байтұрсынұлы", "A. Baitūrsynūly"),
        ("ru", "Александр Сергеевич Пушкин", "А. С. Пушкин"),
        ("ru", "Александр Сергеевич Пушкин", "Пушкин А.С."),
        ("ru", "Александр Сергеевич Пушкин", "А. Пушкин"),
        ("ru", "Александр Пушкин", "А. С. Пушкина"),
        ("ru", "Юрий Милевский", "Ю. Милевского"),
    ],
)
def test_a_name_that_exists_in_any_form_is_found(locales, code, known, typed):
    row = Person.objects.create(name=known, locale=locales[code])
    assert entities_named(typed, Person) == [row]
    assert entities_named(typed, Place) == []


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("Абай", "Абай Құнанбайұлы"),
        ("Абай Құнанбайұлы", "Абай"),
        ("Қызылорда", "Қызылжар"),
        ("Александр Пушкин", "Б. Пушкин"),
        ("Александр Пушкин", "А. Лермонтов"),
        ("Александр Пушкин", "А. П."),
        ("А. С.", "А. Пушкин"),
        ("А. Пушкин", "Б. Пушкин"),
        ("Ерлан Тасқын", "ЕТ"),
        ("Алматы", ""),
        ("Алматы", "—"),
        ("Алматы", "Алматы " * 200),
    ],
)
def test_different_names_are_not_the_same_entity(locales, known, typed):
    Person.objects.create(name=known, locale=locales["kk"])
    assert entities_named(typed, Person) == []


UNIVERSITY = "Л. Н. Гумилев атындағы Еуразия ұлттық университеті"


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        (UNIVERSITY, "ЕҰУ"),
        ("ЕҰУ", UNIVERSITY),
        ("Ұлттық банк", "«ҰБ»"),
        ("Қазақстан Республикасының Ұлттық Банкі", "ҰБ"),
        ("ҚРҰБ", "Қазақстан Республикасының Ұлттық Банкі"),
        ("Ministry of Culture", "MC"),
        ("Ministry of Culture", "MOC"),
        ("Министерство культуры и спорта", "МКС"),
    ],
)
def test_an_institution_is_found_by_its_abbreviation(locales, known, typed):
    row = Organisation.objects.create(name=known, locale=locales["kk"])
    assert entities_named(typed, Organisation) == [row]


def test_an_institution_is_found_by_its_field_of_abbreviations(locales):
    row = Organisation.objects.create(
        name="Біріккен Ұлттар Ұйымы", abbreviation="UN", locale=locales["kk"]
    )
    assert entities_named("UN", Organisation) == [row]


@pytest.mark.parametrize(
    ("known", "typed"),
    [(UNIVERSITY, "ЕҰ"), ("Ұлттық банк", "БҰ"), ("Банк", "Б"), ("ҰБ", "Ұлы Абай жолы")],
)
def test_other_letters_are_no_abbreviation(locales, known, typed):
    Organisation.objects.create(name=known, locale=locales["kk"])
    assert entities_named(typed, Organisation) == []


def test_an_existing_name_is_shown_and_chosen_instead(log_in, create, locales):
    known = Place.objects.create(name="Алматы", locale=locales["kk"])
    log_in("Journalists")
    answer = json.loads(create(Place, "Almaty", code="en").content)
    assert answer["step"] == "reshow_creation_form"
    assert "This name exists already" in answer["htmlFragment"]
    assert f'value="{known.pk}"' in answer["htmlFragment"]
    assert Place.objects.count() == 1
    answer = json.loads(create(Place, "Almaty", existing=str(known.pk)).content)
    assert answer["result"]["id"] == str(known.pk)
    assert Place.objects.count() == 1


def test_another_of_the_same_name_is_created_on_request(log_in, create, locales):
    Person.objects.create(name="Асқар Омаров", locale=locales["kk"])
    log_in("Journalists")
    create(Person, "Асқар Омаров", existing="new", post="суретші")
    assert Person.objects.filter(name="Асқар Омаров").count() == 2
    assert Person.objects.get(post="суретші")


FORM = {"name": "", "post": "", "abbreviation": "", "website": ""}


@pytest.mark.parametrize("model", MODELS)
def test_the_form_of_names_and_topics_warns_too(client, log_in, locales, model):
    known = model.objects.create(name="Алматы", locale=locales["kk"])
    log_in("Journalists")
    viewset = model.snippet_viewset
    add = reverse(viewset.get_url_name("add"))
    form = FORM | {"name": "Almaty"}
    assert 'name="is_another"' not in client.get(add).text
    answer = client.post(f"{add}?locale=en", form)
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.select_one("input[name=is_another][type=checkbox]")
    edit = reverse(viewset.get_url_name("edit"), args=[known.pk])
    assert page.select_one(f'a[href="{edit}"]').text == "Алматы (Kazakh)"
    assert model.objects.count() == 1
    client.post(f"{add}?locale=en", form | {"is_another": "on"})
    assert set(model.objects.values_list("name", flat=True)) == {"Алматы", "Almaty"}


def test_an_entity_and_its_translation_are_no_duplicates(client, log_in, locales):
    row = Person.objects.create(name="Абай", locale=locales["kk"])
    Person.objects.create(
        name="Abai", locale=locales["en"], translation_key=row.translation_key
    )
    log_in("Journalists")
    edit = reverse(Person.snippet_viewset.get_url_name("edit"), args=[row.pk])
    assert client.post(edit, {"name": "Абайдың", "post": ""}).status_code == 302
    other = Person.objects.create(name="Мұхтар", locale=locales["kk"])
    edit = reverse(Person.snippet_viewset.get_url_name("edit"), args=[other.pk])
    answer = client.post(edit, {"name": "Abay", "post": ""})
    assert 'name="is_another"' in answer.text
    assert client.post(edit, {"name": "Мұхтар", "post": "жазушы"}).status_code == 302


@pytest.mark.parametrize("existing", ["0", "x", "999999"])
def test_an_entity_that_was_not_offered_cannot_be_chosen(
    log_in, create, locales, existing
):
    Person.objects.create(name="Абай", locale=locales["kk"])
    log_in("Journalists")
    answer = json.loads(create(Person, "Абай", existing=existing).content)
    assert answer["step"] == "reshow_creation_form"
    assert Person.objects.count() == 1


CHOOSER_TEXTS = {
    Person: ("Тұлғаны таңдау", "Басқа тұлғаны таңдау", "Жаңа тұлға"),
    Organisation: ("Ұйымды таңдау", "Басқа ұйымды таңдау", "Жаңа ұйым"),
    Place: ("Орынды таңдау", "Басқа орынды таңдау", "Жаңа орын"),
    Topic: ("Тақырыпты таңдау", "Басқа тақырыпты таңдау", "Жаңа тақырып"),
}


@pytest.mark.parametrize("model", MODELS)
def test_the_texts_of_choosers_are_declined_in_the_language_of_the_user(
    client, log_in, model
):
    chooser = model.snippet_viewset.chooser_viewset
    for widget in (chooser.widget_class(), EntityChooserBlock(model).widget):
        texts = (widget.choose_one_text, widget.choose_another_text)
        with override("kk"):
            assert tuple(map(str, texts)) == CHOOSER_TEXTS[model][:2]
        with override("en"):
            assert str(texts[0]).startswith(("Choose a ", "Choose an "))
    log_in("Journalists", "kk")
    html = json.loads(client.get(url(model, "choose")).content)["html"]
    page = BeautifulSoup(html, "html.parser")
    assert CHOOSER_TEXTS[model][0] in page.select_one("h1, h2").get_text()
    assert CHOOSER_TEXTS[model][2] in page.select_one("[role=tablist]").get_text()
