"""The content of the demo; no other test depends on it."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db.models import Count
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from newsroom.articles.models import ArticlePage, Organisation, Person, Place, Topic
from newsroom.demo import content
from newsroom.translation.models import Term
from search.models import Entry, Synonym
from search.results.search import Search, find, search_archive

CODES = ("kk", "ru", "en")

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def demo(shared_rows) -> None:
    """Load the demo, once for this module."""
    with shared_rows(as_if_committed=True):
        call_command("seed_demo", verbosity=0)


@pytest.fixture(autouse=True)
def use_demo(demo, db):
    pass


def report(code: str) -> ArticlePage:
    key = content.identifier("article", content.REPORT)
    return ArticlePage.objects.get(translation_key=key, locale__language_code=code)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_the_report_is_published_word_for_word_and_in_order(client, shared):
    seed = (shared / "data" / "jarialike-urban-forum-2025.kk.txt").read_text("utf-8")
    response = client.get(report("kk").url)
    shown = BeautifulSoup(response.content, "html.parser").article.get_text()
    text, position = " ".join(words(shown)), 0
    for line in filter(None, seed.splitlines()):
        sentence = " ".join(words(line))
        found = text.find(sentence, position)
        assert found >= 0, line
        position = found + len(sentence)


def test_the_report_keeps_the_marks_of_the_original(client, shared):
    """Punctuation too, but for the spaces of the layout and the dash of a list."""
    seed = (shared / "data" / "jarialike-urban-forum-2025.kk.txt").read_text("utf-8")
    response = client.get(report("kk").url)
    shown = BeautifulSoup(response.content, "html.parser").article.get_text()
    text = re.sub(r"\s+", "", shown)
    missing = [
        line for line in seed.splitlines() if re.sub(r"\s+", "", line) not in text
    ]
    assert missing == []


@pytest.mark.parametrize("code", ["ru", "en"])
def test_the_report_is_translated_whole(code):
    translation = Translation.objects.get(
        source__object_id=content.identifier("article", content.REPORT),
        target_locale__language_code=code,
    )
    total, translated = translation.get_progress()
    assert total == translated > 40
    assert translation.get_target_instance().live


@pytest.mark.parametrize("code", CODES)
def test_the_report_is_served_in_every_language(client, code):
    assert client.get(report(code).url).status_code == 200


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("қала", "kk"),
        ("қалалардың", "kk"),
        ("Қызылорда", "kk"),
        ("Кызылорда", "ru"),
        ("город", "ru"),
        ("cities", "en"),
        ("Kyzylorda", "en"),
    ],
)
def test_the_report_is_found_in_its_language(query, code):
    results = search_archive(query, locales=[code], limit=100).results
    assert report(code).url in [result.entry.url for result in results]


def test_the_forum_comes_first():
    for query, code in (("урбан форумы", "kk"), ("форум", "ru"), ("forum", "en")):
        best, *_ = search_archive(query, locales=[code]).results
        assert best.entry.url == report(code).url


def test_a_term_finds_an_article_that_was_never_translated():
    best, *related = find(Search("digitisation", CODES, language="en")).results
    assert (best.entry.locale, best.through) == ("kk", ("цифрлау",))
    assert all(any(piece.is_related for piece in one.excerpt) for one in related)


def test_articles_are_in_several_source_languages_and_not_all_are_translated():
    articles = content.articles()
    assert len(articles) >= 13
    assert {article.locale for article in articles} == set(CODES)
    counts = {len(article.translations()) for article in articles}
    assert counts == {0, 1, 2}


def test_every_translation_is_complete_and_every_article_is_found():
    for translation in Translation.objects.all():
        total, translated = translation.get_progress()
        assert total == translated, translation
    assert Entry.objects.count() == ArticlePage.objects.live().count()


def test_no_page_is_an_alias():
    assert not Page.objects.filter(alias_of__isnull=False).exists()


def test_loading_again_changes_nothing():
    def state():
        return (
            list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id")),
            StringTranslation.objects.count(),
            Person.objects.count(),
            list(Term.objects.order_by("pk").values_list("pk", "concept", "text")),
            list(Entry.objects.order_by("pk").values_list("pk", "title")),
        )

    before = state()
    call_command("seed_demo", verbosity=0)
    call_command("seed_demo", once=True, verbosity=0)
    assert state() == before


def test_every_person_of_the_demo_is_named_in_the_report():
    """People are those that the report names."""
    named = {names["kk"]["name"] for names in content.entities()["people"].values()}
    text = content.articles()[0].fields
    assert all(name in str(text) for name in named)


@pytest.mark.parametrize("kind", ["place", "person", "organisation", "topic"])
def test_names_of_the_demo_are_known_across_languages(kind):
    """Every entity that has names in several languages is found by each of them."""
    model = {
        "place": Place,
        "person": Person,
        "organisation": Organisation,
        "topic": Topic,
    }[kind]
    named = model.objects.values("translation_key").annotate(names=Count("pk"))
    keys = named.filter(names__gt=1).values_list("translation_key", flat=True)
    groups = Synonym.objects.filter(group__startswith=f"{kind}:")
    known = set(groups.values_list("group", flat=True))
    assert known == {f"{kind}:{key}" for key in keys} != set()
