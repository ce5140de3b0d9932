"""The admin's own search boxes find any form of a word, in any script."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry
from wagtail.search.query import MATCH_ALL, MATCH_NONE, Boost, Phrase, PlainText

from newsroom.admin.search.tokens import LONGEST_TOKEN
from newsroom.articles.models import ArticlePage, Place, SectionPage
from tests.factories import locale_of, make_article, make_section

KAZAKH = "Қызылордада Урбан форумы өтті"
RUSSIAN = "Городские власти обсудили застройку"
ENGLISH = "Cities are growing"


@pytest.fixture
def articles(homes):
    titles = {"kk": KAZAKH, "ru": RUSSIAN, "en": ENGLISH}
    for code, title in titles.items():
        section = SectionPage(title="2026")
        homes[code].add_child(instance=section)
        body = [("paragraph", "<p>Шағын қалаларды дамыту керек.</p>")]
        section.add_child(instance=ArticlePage(title=title, lead="2026", body=body))
    pages = ArticlePage.objects.select_related("locale")
    return {page.locale.language_code: page for page in pages}


def titles_listed(client, address, **parameters):
    response = client.get(address, parameters)
    assert response.status_code == 200
    return {str(item) for item in response.context["page_obj"].object_list}


def explorer(client, text):
    return titles_listed(client, reverse("wagtailadmin_pages:search"), q=text)


def found(query, model=ArticlePage, **options):
    results = get_search_backend().search(query, model, **options)
    assert results.count() == len(list(results))
    return [str(item) for item in results]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Қызылорда", KAZAKH),
        ("ҚЫЗЫЛОРДАДАН", KAZAKH),
        ("форумның", KAZAKH),
        ("форумдар урбан", KAZAKH),
        ("Qyzylorda", KAZAKH),
        ("Кызылорда", KAZAKH),
        ("قىزىلوردا", KAZAKH),
        ('"урбан форумның"', KAZAKH),
        ("властями", RUSSIAN),
        ("застройка городской", RUSSIAN),
        ("city", ENGLISH),
    ],
)
def test_the_explorer_finds_a_page_by_any_form_of_its_words(
    admin_client, articles, text, title
):
    assert explorer(admin_client, text) == {title}


@pytest.mark.parametrize(
    "text", ["мектептің", "урбан мектеп", '"форумы урбан"', "!!!", "* OR NOT", "e:*"]
)
def test_the_explorer_finds_nothing_by_other_words(admin_client, articles, text):
    assert explorer(admin_client, text) == set()


@pytest.mark.parametrize(
    "text", ["Қызыл", "Qyzyl", "Кызылор", "قىزىل", "урб фор", "уРБ"]
)
def test_a_chooser_finds_a_page_while_its_title_is_being_typed(
    admin_client, articles, text
):
    address = reverse("wagtailadmin_choose_page_search")
    page = admin_client.get(address, {"q": text})
    assert KAZAKH in page.content.decode()
    assert RUSSIAN not in page.content.decode()


@pytest.mark.parametrize("text", ["форумның", "Qyzylordadan"])
def test_a_chooser_finds_a_page_by_an_inflected_word(admin_client, articles, text):
    address = reverse("wagtailadmin_choose_page_search")
    assert KAZAKH in admin_client.get(address, {"q": text}).content.decode()


@pytest.fixture
def river(homes):
    Place.objects.create(name="Алатау", locale=locale_of("kk"))
    return Place.objects.create(name="Сырдария өзені", locale=locale_of("kk"))


IN_OTHER_FORMS = ["Сырдарияның", "Syrdariia", "сырдар", "өзенінен"]


@pytest.mark.parametrize("text", IN_OTHER_FORMS)
def test_the_list_of_places_finds_a_name_in_any_form_and_script(
    admin_client, river, text
):
    address = reverse("wagtailsnippets_articles_place:list")
    listed = titles_listed(admin_client, address, q=text, locale="kk")
    assert listed == {river.name}


@pytest.mark.parametrize("text", IN_OTHER_FORMS)
def test_the_chooser_of_places_finds_a_name_in_any_form_and_script(
    admin_client, river, text
):
    address = reverse("wagtailsnippetchoosers_articles_place:choose_results")
    content = admin_client.get(address, {"q": text}).content.decode()
    assert river.name in content
    assert "Алатау" not in content


@pytest.mark.parametrize("text", ["көпірлердің", "мосты", "bridge", "kopir", "IMG"])
def test_pictures_without_a_language_are_found_in_every_language(
    admin_client, homes, text
):
    image = get_image_model()(
        title="Көпір / Мост / Bridges — IMG_2024.jpg", file=get_test_image_file()
    )
    image.save()
    image.tags.add("өзен")
    address = reverse("wagtailimages:index")
    assert titles_listed(admin_client, address, q=text) == {image.title}


def test_a_document_is_found_by_its_inflected_title(db):
    Document.objects.create(title="Жарлықтар мен қаулылар", file="a.pdf")
    assert found("қаулының", Document) == ["Жарлықтар мен қаулылар"]


def test_text_is_found_in_the_body_but_not_among_titles(articles):
    assert found("қаланың") == [KAZAKH]
    assert found("қаланың", fields=["title"]) == []
    assert found("форумның", fields=["title"]) == [KAZAKH]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        (PlainText("форум мектеп", operator="or"), {KAZAKH}),
        (PlainText("форум мектеп"), set()),
        (PlainText("форум") & ~PlainText("мектеп"), {KAZAKH}),
        (PlainText("форум") & ~PlainText("урбандар"), set()),
        (~PlainText("форум"), {RUSSIAN, ENGLISH}),
        (~PlainText("форум") & ~Phrase("cities are"), {RUSSIAN}),
        (~(PlainText("форум") | PlainText("cities")), {RUSSIAN}),
        (PlainText("форум") | PlainText("cities"), {KAZAKH, ENGLISH}),
        (Boost(PlainText("форумның"), 2), {KAZAKH}),
        (PlainText("форум") & MATCH_ALL, {KAZAKH}),
        (PlainText("форум") | MATCH_NONE, {KAZAKH}),
        (PlainText("форум") & PlainText("!!!"), {KAZAKH}),
        (MATCH_ALL, {KAZAKH, RUSSIAN, ENGLISH}),
        (MATCH_NONE, set()),
        (PlainText("…"), set()),
    ],
    ids=lambda value: repr(value) if not isinstance(value, set) else "",
)
def test_queries_can_be_combined(articles, query, titles):
    assert set(found(query)) == titles
    assert set(found(query, order_by_relevance=False)) == titles


@pytest.mark.parametrize(
    "text",
    [
        """' " \\ % %s * ( ) : & | ! < > - ^ { } ; --""",
        "форум' | 'e",
        'форум" OR "e',
        "а" * 5000,
        "форум " * 500,
        '"форум" ' * 200,
        "\u200b\ufeff",
        "100 % №1 C++ 1e5 a_b user@example.kz https://example.kz/?a=b",
    ],
)
@pytest.mark.parametrize("way", ["search", "autocomplete"])
def test_no_text_breaks_the_search(articles, text, way):
    results = getattr(get_search_backend(), way)(text, Page)
    assert results.count() == len(list(results))


def test_operators_of_the_database_in_a_query_are_read_as_text(articles):
    assert found('мектеп" OR "e') == []
    assert found("мектеп' | 'e") == []


def test_a_word_longer_than_the_index_holds_is_found(homes):
    title = "ұ" * (LONGEST_TOKEN * 2)
    make_article(make_section(homes["kk"]), title=title)
    assert found(title) == [title]


def test_a_title_with_the_word_comes_before_a_body_with_it(homes):
    section = make_section(homes["kk"])
    paragraph = ("paragraph", "<p>Көшеде мектептің бағы бар.</p>")
    make_article(section, title="Бақ туралы", lead="2026", body=[paragraph])
    make_article(section, title="Мектеп ашылды", lead="2026")
    make_article(section, title="Бақтар туралы", lead="2026", body=[paragraph])
    assert found("мектептер")[0] == "Мектеп ашылды"


def test_scores_can_be_had(articles):
    results = get_search_backend().search("форумның", ArticlePage)
    [article] = results.annotate_score("score")
    assert isinstance(article.score, float)


def test_a_renamed_page_is_found_by_its_new_title_only(articles):
    article = articles["kk"]
    article.title = "Көкшетауда көрме ашылды"
    article.save()
    assert found("форумның") == []
    assert found("көрмелер") == [article.title]


def test_a_deleted_page_vanishes(admin_client, articles):
    articles["kk"].delete()
    assert explorer(admin_client, "форумның") == set()
    assert not IndexEntry.objects.filter(object_id=str(articles["kk"].pk)).exists()


def test_a_rolled_back_save_leaves_the_index_as_it_was(articles):
    class OutOfLuckError(Exception):
        pass

    before = IndexEntry.objects.count()
    with pytest.raises(OutOfLuckError), transaction.atomic():
        make_article(articles["kk"].get_parent().specific, title="Көрме ашылды")
        assert found("көрмелер") == ["Көрме ашылды"]
        raise OutOfLuckError
    assert found("көрмелер") == []
    assert IndexEntry.objects.count() == before


def test_a_rolled_back_deletion_leaves_the_page_in_the_index(articles):
    with transaction.atomic():
        articles["kk"].delete()
        assert found("форумның") == []
        transaction.set_rollback(True)
    assert found("форумның") == [KAZAKH]


def test_update_index_replaces_missing_and_stale_entries(articles):
    stale = IndexEntry.objects.get(
        object_id=str(articles["en"].pk), content_type=articles["en"].content_type
    )
    stale.pk, stale.object_id = None, "987654321"
    stale.save()
    IndexEntry.objects.filter(object_id=str(articles["kk"].pk)).delete()
    assert found("форумның") == []
    call_command("update_index", stdout=StringIO())
    assert found("форумның") == [KAZAKH]
    assert not IndexEntry.objects.filter(object_id="987654321").exists()


def test_many_objects_are_indexed_with_one_look_at_the_languages(
    homes, django_assert_max_num_queries
):
    places = [
        Place.objects.create(name=f"Жер {number}", locale=locale_of("kk"))
        for number in range(30)
    ]
    IndexEntry.objects.all().delete()
    with django_assert_max_num_queries(5):
        get_search_backend().add_bulk(Place, places)
    assert len(found("жердің", Place)) == len(places)
