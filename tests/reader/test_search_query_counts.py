"""The number of queries of the search page, for all kinds of searches."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime

from newsroom.articles.models import ArticlePerson, Person
from newsroom.transliteration.editions import SCRIPT_EDITIONS
from search.index import synonyms, term_statistics
from search.models import Entry
from tests.factories import home_pages, locale_of, make_article, make_section
from tests.reader.test_query_counts import copy_of

pytestmark = pytest.mark.django_db
SEARCH_PAGE = 15
WORDS = "экономика қала ауыл спорт мәдениет білім денсаулық заң"
# Searches whose page has results, and the number that it shows.
WITH_RESULTS = {
    "one word": ("q=форум", 10),
    "the second page": ("q=форум&page=2", 4),
    "newest first": ("q=форум&order=newest", 10),
    "oldest first": ("q=форум&order=oldest", 10),
    "all languages": ("q=форум&language=all", 10),
    "eight words": (f"q={WORDS}", 10),
    "eight words, most of them unknown": (
        "q=форум жоқсөз бірсөз екісөз үшсөз төртсөз бессөз алтысөз",
        10,
    ),
    "a phrase": ('q="форум туралы"', 10),
    "a phrase beside words": ('q=қала "форум туралы" ауыл', 10),
    "a phrase and an unknown word": ('q="ауыл форум мақала" жоқсөз', 10),
    "either of two words": ("q=форум OR спорт", 10),
    "a word with synonyms": ("q=бірлестік", 10),
    "few results": ("q=жалғыз мақала", 10),
    "words that are misspelt": ("q=форумм мақалаа спортт қалаа", 10),
    "one filter": ("q=форум&year={day:%Y}", 10),
    "filters of several facets": (
        "q=форум&year={day:%Y}&month={day:%Y-%m}&kind=news",
        10,
    ),
    "a span of years": ("q=форум&from=2000&to={day:%Y}", 10),
    "filters without words": ("year={day:%Y}&month={day:%Y-%m}", 10),
    "a typed filter": ("q=person:Асан форум", 10),
    "a typed filter alone": ("q=адам:Үсенов", 10),
    "typed filters of three languages": (
        'q=person:Асан адам:"Асан Үсенов" персона:Үсенов after:2020 форум',
        10,
    ),
    "a typed filter with an unknown name": ("q=section:жоқ OR форум", 10),
    "excluded filters": ("q=-person:жоқ -бөлім:жоқ форум", 10),
    "a typed language": ("q=lang:ru форум", 2),
    "a typed language, loosened": ("q=тіл:kk форум жоқсөз наурыз", 10),
    "typed filters and misspelt words": (
        'q=автор:Асан after:2020 форумм мақалаа "форум туралы"',
        10,
    ),
    "a page past the last, loosened": (
        "q=lang:ru форум жоқсөз 15 наурыз&page=9",
        2,
    ),
}
WITHOUT_RESULTS = {
    "an unknown word": "q=жоқсөз",
    "a misspelt long word": "q=экомонйкыада",
    "only a phrase": 'q="ауыл форум мақала"',
    "words with a filter": "q=форум спорт&year=1999",
    "words with filters": "q=форум спорт қала&year=1999&month=1999-01",
    "a word that is excluded": "q=форум -мақала",
    "another keyboard layout": "q=ajhev",
    "all languages": "q=жоқсөз бірсөз&language=all&year=1999",
    "an unknown person": "q=person:Жоқадам форум",
    "unknown names in several filters": (
        "q=section:жоқ person:жоқ kind:жоқ tag:жоқ форум"
    ),
    "typed filters of three languages": "q=персона:Асан рубрика:Жоқ форум before:1999",
    "typed filters beside others": "q=section:жоқ адам:Асан форумм&year=1999",
    "typed spans of time": "q=форум дейін:2000 год:1999 person:Асан",
    "a typed language": "q=language:en форум person:Асан статьяя",
    "a typed script": "q=script:latn person:Асан section:Жоқ форумм",
    "a phrase beside typed filters": (
        'q="ауыл форум мақала" person:жоқ section:жоқ before:1999 форумм'
    ),
    "a date beside typed filters": "q=15 наурыз person:жоқ форумм",
    "all languages and typed filters": (
        "q=section:жоқ person:жоқ тег:жоқ форум&language=all&month=1999-01"
    ),
}
# Every form of a typed date: day, month, with and without a year, in words and digits.
DATES = (
    "15 наурыз",
    "15 марта",
    "March 15",
    "15 naýryz",
    "15 наурыз 2024",
    "15 марта 2024 года",
    "15 March 2024",
    "наурыз 2024",
    "2024-03-15",
    "2024-03",
    "15.03.2024",
)
BESIDE_DATES = (
    "",
    "форум",
    "форумм мақалаа",
    '"форум туралы" форумм',
    "person:Асан section:жоқ форумм",
    "person:жоқ before:1999 форумм",
)


@pytest.fixture(scope="module")
def archive(shared_rows) -> None:
    with shared_rows():
        store_articles()


def store_articles() -> None:
    """Store fourteen articles, some in Russian too, and names that are synonyms."""
    section = make_section(home_pages()["kk"])
    person = Person.objects.create(name="Асан Үсенов", locale=locale_of("kk"))
    for number in range(13):
        article = make_article(
            section, title=f"Форум туралы мақала {number}", lead=WORDS
        )
        article.people = [ArticlePerson(person=person)]
        article.save_revision().publish()
        if number < 2:
            copy_of(article, "ru")
    make_article(section, title="Жалғыз мақала")
    synonyms.put("union", {"kk": ["бірлестік", "форум"]})
    term_statistics.apply_all_deltas()


def page_of(client, parameters: str, prefix: str = "kk"):
    """Return the number of queries of the search page, and its context."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(f"/{prefix}/search/?{parameters}")
    assert response.status_code == 200
    return len(captured), response.context


def too_many(counts: dict[str, int]) -> dict[str, int]:
    return {kind: count for kind, count in counts.items() if count > SEARCH_PAGE}


def test_results_take_few_queries_whatever_is_searched_for(client, archive):
    counts, shown = {}, {}
    day = localtime(Entry.objects.earliest("pk").published_at)
    for kind, (parameters, _shown) in WITH_RESULTS.items():
        counts[kind], context = page_of(client, parameters.format(day=day))
        shown[kind] = len(context["results"].results)
    assert not too_many(counts), counts
    assert shown == {kind: number for kind, (_text, number) in WITH_RESULTS.items()}


def test_zero_results_and_their_suggestions_take_few_queries(client, archive):
    counts, totals = {}, {}
    for kind, parameters in WITHOUT_RESULTS.items():
        counts[kind], context = page_of(client, parameters)
        totals[kind] = context["results"].total
    assert not too_many(counts), counts
    assert not any(totals.values()), totals


def test_suggestions_are_made_within_these_queries(client, archive):
    _count, context = page_of(client, "q=форум спорт&year=1999")
    found = context["found"].zero_results
    assert found.unfiltered.count == 13
    assert not found.missing
    _count, context = page_of(client, "q=форумм мақалаа")
    assert "мақала" in context["found"].did_you_mean.text


def test_other_editions_take_few_queries(client, archive):
    prefixes = ["ru", "en", *(one.prefix for one in SCRIPT_EDITIONS)]
    counts = {
        f"{prefix} {text}": page_of(client, f"q={text}", prefix)[0]
        for prefix in prefixes
        for text in (
            "форум",
            "жоқсөз",
            "форумм мақалаа",
            "форум статьяя",
            "15 наурыз форумм",
            'адам:"Асан Үсенов" форумм section:жоқ',
            "lang:kk person:Асан March 15 форумм",
        )
    }
    assert not too_many(counts), counts


@pytest.mark.parametrize("more", ["", "&language=all&year=1999"])
def test_typed_dates_take_few_queries(client, archive, more):
    counts = {
        f"{date} {beside}": page_of(client, f"q={date} {beside}{more}")[0]
        for date in DATES
        for beside in BESIDE_DATES
    }
    assert not too_many(counts), too_many(counts)


def test_each_further_typed_filter_takes_no_query(client, archive):
    few, _context = page_of(client, "q=форум person:Асан")
    more = 'person:Үсенов адам:"Асан Үсенов" персона:Асан before:2100 -section:жоқ'
    many, _context = page_of(client, f"q=форум person:Асан {more}")
    assert many <= few


def test_words_are_missing_in_the_languages_that_are_typed(client, archive):
    _count, context = page_of(client, "q=тіл:kk форум мәдениет жоқсөз", "en")
    assert context["found"].missing == ("жоқсөз",)


def test_each_further_word_takes_no_query(client, archive):
    words = "жоқсөз бірсөз екісөз үшсөз төртсөз бессөз"
    few, _context = page_of(client, f"q={words}")
    more = "алтысөз жетісөз сегізсөз тоғызсөз онсөз жүзсөз"
    many, _context = page_of(client, f"q={words} {more}")
    assert many <= few


def test_as_few_are_taken_outside_a_transaction(own_database, client):
    store_articles()
    day = localtime(Entry.objects.earliest("pk").published_at)
    searches = {kind: text for kind, (text, _shown) in WITH_RESULTS.items()}
    counts = {
        kind: page_of(client, parameters.format(day=day))[0]
        for kind, parameters in {**searches, **WITHOUT_RESULTS}.items()
    }
    assert not too_many(counts), counts
