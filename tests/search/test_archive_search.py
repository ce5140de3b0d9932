"""Articles that a search finds, and stops finding after changes."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from newsroom.articles.models import (
    ArticlePage,
    ArticlePlace,
    Organisation,
    Place,
    SectionPage,
)
from search.models import Entry
from search.results.search import search_archive
from tests.factories import locale_of, make_article, make_section


@pytest.fixture
def section(homes):
    return make_section(homes["kk"])


@pytest.fixture
def article(section):
    return make_article(
        section,
        title="Қызылордада Урбан форумы өтті",
        lead="Қалалардың болашағы талқыланды.",
        body=[("paragraph", "<p>Шағын қалаларды дамыту үшін шешімдер керек.</p>")],
    )


def found(text: str, *locales: str) -> list[str]:
    answer = search_archive(text, locales=locales or ["kk"])
    return [result.entry.title for result in answer.results]


@pytest.mark.parametrize(
    "text",
    [
        "қала",
        "қалалардың",
        "ҚАЛАҒА",
        "Қызылорда",
        "Қызылордаға",
        "Qyzylorda",
        "Кызылорда",
        "урбан форум",
        '"урбан форумы"',
        "шешімдерден",
    ],
)
def test_any_form_of_a_word_finds_the_article(article, text):
    assert found(text) == [article.title]


@pytest.mark.parametrize("text", ["мектеп", '"форумы урбан"', "қала -форум"])
def test_words_that_are_not_in_the_article_do_not_find_it(article, text):
    assert found(text) == []


def test_a_title_weighs_more_than_the_text(section):
    in_text = make_article(
        section, title="Есеп", body=[("paragraph", "<p>Сыр бойындағы су тапшы.</p>")]
    )
    in_title = make_article(section, title="Су туралы есеп")
    assert found("су") == [in_title.title, in_text.title]


def test_a_search_keeps_to_its_language(article, homes):
    russian = make_article(
        make_section(homes["ru"], title="Общество"),
        title="Форум в Кызылорде",
        lead="О будущем городов.",
    )
    assert found("городах", "ru") == [russian.title]
    assert found("городах", "kk") == []
    assert set(found("форум", "kk", "ru")) == {article.title, russian.title}


def test_articles_with_some_words_are_found_if_none_has_all(article):
    answer = search_archive("форум динозавр", locales=["kk"])
    assert answer.is_loose
    assert [result.entry.title for result in answer.results] == [article.title]


def test_unpublishing_removes_it_at_once(article):
    article.unpublish()
    assert found("форум") == []


def test_deleting_removes_it_at_once(article):
    article.delete()
    assert found("форум") == []
    assert Entry.objects.count() == 0


def test_deleting_its_section_removes_it_at_once(section, article):
    section.delete()
    assert Entry.objects.count() == 0


def test_a_draft_is_not_found(section):
    make_article(section, live=False)
    assert Entry.objects.count() == 0


def test_a_draft_of_a_live_article_changes_nothing(article):
    article.title = "Динозаврлар"
    article.save_revision()
    assert found("динозавр") == []
    assert found("форум") == ["Қызылордада Урбан форумы өтті"]


def test_a_publication_that_is_rolled_back_is_not_found(article):
    class RolledBackError(Exception):
        pass

    article.title = "Динозаврлар"
    with pytest.raises(RolledBackError), transaction.atomic():
        article.save_revision().publish()
        assert found("динозавр") == ["Динозаврлар"]
        raise RolledBackError
    assert found("динозавр") == []
    assert found("форум") == ["Қызылордада Урбан форумы өтті"]


def test_a_private_article_is_not_found(section, article):
    restriction = PageViewRestriction.objects.create(
        page=section, restriction_type=PageViewRestriction.LOGIN
    )
    assert found("форум") == []
    restriction.delete()
    assert found("форум") == [article.title]


def test_a_moved_article_is_found_at_its_new_address(homes, article):
    article.move(make_section(homes["kk"], title="Экономика"), pos="last-child")
    assert Entry.objects.get().url == f"/kk/ekonomika/{article.slug}/"


def test_a_renamed_section_takes_its_articles_along(section, article):
    section.slug = "el"
    section.save_revision().publish()
    assert Entry.objects.get().url == f"/kk/el/{article.slug}/"


def test_a_section_published_after_its_articles_takes_them_along(section, homes):
    russian = section.copy_for_translation(locale_of("ru"))
    article = make_article(russian, title="Форум")
    russian = SectionPage.objects.get(pk=russian.pk)
    russian.title = "Общество"
    russian.save_revision().publish()
    article.refresh_from_db()
    assert article.url == "/ru/obshchestvo/forum/"
    assert Entry.objects.get().url == article.url


def test_an_expired_article_is_not_found(article):
    ArticlePage.objects.filter(pk=article.pk).update(expire_at=timezone.now())
    call_command("publish_scheduled", verbosity=0)
    assert not Page.objects.get(pk=article.pk).live
    assert found("форум") == []


def test_unpublishing_as_a_plain_page_removes_it_too(article):
    Page.objects.get(pk=article.pk).unpublish()
    assert found("форум") == []


def test_the_name_of_a_deleted_place_is_forgotten(article):
    place = Place.objects.create(name="Байқоңыр", locale=locale_of("kk"))
    article.dateline = place
    article.save_revision().publish()
    assert found("Байқоңыр") == [article.title]
    place.delete()
    assert found("Байқоңыр") == []
    assert found("форум") == [article.title]


def test_an_article_is_found_by_the_names_it_is_filed_under(article):
    place = Place.objects.create(name="Байқоңыр", locale=locale_of("kk"))
    article.places = [ArticlePlace(place=place)]
    article.save_revision().publish()
    assert found("Байқоңырда") == [article.title]
    place.name = "Төретам"
    place.save()
    assert found("Байқоңыр") == []
    assert found("Төретамда") == [article.title]


def test_the_number_of_queries_does_not_grow_with_the_hits(
    section, django_assert_num_queries
):
    for title in ("Форум", "Форум туралы", "Форум өтті"):
        make_article(section, title=title)
    with CaptureQueriesContext(connection) as few:
        assert len(found("форум")) == 3
    for number in range(6):
        make_article(section, title=f"Форум {number}")
    with django_assert_num_queries(len(few)):
        assert len(found("форум")) == 9


def test_a_rebuild_repairs_missing_stale_and_orphaned_entries(article):
    Entry.objects.update(title="Ескі", title_stems="ескі")
    Entry.objects.create(
        key="page:0", group="x", locale="kk", url="/", published_at=article.published_at
    )
    call_command("rebuild_archive", verbosity=0)
    assert found("ескі") == []
    assert found("форум") == [article.title]
    assert Entry.objects.count() == 1


def run(*arguments: str) -> list[dict]:
    out = StringIO()
    call_command("search_archive", *arguments, "--json", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_command_prints_a_hit_a_line(article):
    (hit,) = run("қалалардың", "--locale", "kk")
    assert hit["title"] == article.title
    assert hit["url"] == article.url
    assert hit["locale"] == "kk"
    assert hit["score"] > 0
    assert "<mark>Қалалардың</mark> болашағы" in hit["excerpt"]


def test_the_command_prints_everything_that_is_found(section):
    for number in range(15):
        make_article(section, title=f"Форум {number}")
    make_article(section, title="Басқа", lead="Жиын.")
    hits = run("форумның", "--all")
    assert sorted(hit["title"] for hit in hits) == sorted(
        f"Форум {number}" for number in range(15)
    )
    assert run("", "--all") == []


@pytest.mark.parametrize(
    "query", ["", '"', "-", "AND OR NOT", "қала" * 25_000, "a:b*^()"]
)
def test_the_command_takes_any_query(article, query):
    assert isinstance(run(query), list)


def test_the_command_lists_the_languages_for_an_unknown_one(db):
    with pytest.raises(CommandError, match="kk, ru, en"):
        run("қала", "--locale", "xx")


def test_a_save_of_one_field_of_an_article_reaches_the_search(section):
    article = make_article(section, title="Хабар")
    article.dateline = Place.objects.create(name="Шиелі", locale=section.locale)
    article.outlet = Organisation.objects.create(name="Ақпарат", locale=section.locale)
    article.lead_picture_caption = "Дария жағасы"
    article.kind = ArticlePage.Kind.INTERVIEW
    for query in ("шиелі", "ақпарат", "дария", "түрі:interview"):
        assert found(query) == []
    article.save(update_fields=["dateline"])
    article.save(update_fields=["outlet_id"])
    article.save(update_fields=["lead_picture_caption"])
    article.save(update_fields=["kind"])
    for query in ("шиелі", "ақпарат", "дария", "түрі:interview"):
        assert found(query) == ["Хабар"]
