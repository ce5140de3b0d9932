"""The order of results."""

from datetime import UTC, datetime

import pytest

from search import weights
from search.index import synonyms
from search.models import Entry
from search.plan.plan import understand
from search.query import parse
from search.ranking.ranker import Ranker
from search.results.search import Search, find
from tests.search.records import place, put, record

pytestmark = pytest.mark.django_db
FILLER = "Ауа райы бүгін жақсы болды. "


def titles(text: str, *locales: str, **options) -> list[str]:
    search = Search(text, locales or ("kk",), **options)
    return [result.entry.title for result in find(search).results]


def test_a_word_counts_most_in_the_title_then_in_the_lead_then_in_the_text():
    put(
        record("body", "Есеп бір", body="Көпірдің құрылысы. " + FILLER),
        record("lead", "Есеп екі", lead="Көпірдің құрылысы.", body=FILLER),
        record("title", "Көпірдің құрылысы", body=FILLER),
    )
    assert titles("көпір") == ["Көпірдің құрылысы", "Есеп екі", "Есеп бір"]


def test_the_form_that_was_typed_comes_before_another_form_of_the_word():
    put(record("other", "Көпірлерге шолу"), record("same", "Көпірден шолу"))
    assert titles("көпірден") == ["Көпірден шолу", "Көпірлерге шолу"]
    assert titles("көпірлерге") == ["Көпірлерге шолу", "Көпірден шолу"]


def test_adjacent_words_rank_above_distant_words():
    apart = "Тұрақты бағам. " + FILLER * 3 + "Даму жолы."
    near = "Тұрақты даму жолы. " + FILLER * 3 + "Бағам."
    put(record("apart", "Бірінші", body=apart), record("near", "Екінші", body=near))
    assert titles("тұрақты даму") == ["Екінші", "Бірінші"]


def test_a_rare_word_scores_more_than_a_common_one():
    put(*(record(f"n{number}", f"Форум {number}") for number in range(30)))
    put(record("rare", "Кездесу", body="Полигон туралы. " + FILLER))
    (first, *_rest) = titles("форум полигон")
    assert first == "Кездесу"


def test_the_newer_of_similar_articles_ranks_first_unless_age_is_ignored():
    old, new = datetime(2006, 1, 1, tzinfo=UTC), datetime.now(UTC)
    put(
        record("new", "Көпір туралы", body=FILLER, published_at=new),
        record("old", "Көпір жайлы", body=FILLER + "Көпір.", published_at=old),
    )
    assert titles("көпір") == ["Көпір туралы", "Көпір жайлы"]
    assert titles("көпір", prefer_new=False) == ["Көпір жайлы", "Көпір туралы"]


def test_age_does_not_beat_the_title():
    new = datetime.now(UTC)
    put(
        record("new", "Есеп", body="Көпір туралы. " + FILLER, published_at=new),
        record("old", "Көпір салынды", body=FILLER),
    )
    assert titles("көпір") == ["Көпір салынды", "Есеп"]


def test_entries_of_equal_score_have_a_stable_order():
    put(*(record(f"n{number}", "Көпір") for number in range(12)))
    found = find(Search("көпір", ("kk",), limit=12)).results
    numbers = [result.entry.pk for result in found]
    assert numbers == sorted(numbers)
    again = find(Search("көпір", ("kk",), offset=5, limit=3)).results
    assert [result.entry.pk for result in again] == numbers[5:8]


def test_equal_scores_are_ordered_by_date_then_primary_key():
    days = [datetime(2020, 1, day, tzinfo=UTC) for day in (2, 1, 3, 2)]
    written = put(
        *(record(f"n{n}", "Көпір", published_at=day) for n, day in enumerate(days)),
        record("best", "Көпір", lead="Көпір.", published_at=days[1]),
    )
    ids = [entry.pk for entry in written]
    plan = understand(parse("көпір динозавр"), ["kk"])
    ranked = Ranker(plan, ["kk"], now=None).rank(ids[::-1])
    assert [one.entry_id for one in ranked] == [ids[n] for n in (4, 2, 0, 3, 1)]
    assert {one.found for one in ranked} == {(True, False)}
    best, *others = [one.score for one in ranked]
    assert best > others[0] > 0
    assert set(others) == {others[0]}


def test_a_newer_entry_gets_a_bonus_for_its_own_date():
    new = datetime(2020, 1, 1, tzinfo=UTC)
    written = put(record("new", "Көпір", published_at=new), record("old", "Көпір"))
    plan = understand(parse("көпір"), ["kk"])
    ranked = Ranker(plan, ["kk"], now=new.timestamp()).rank([e.pk for e in written])
    ratio = ranked[0].score / ranked[1].score
    age = (written[0].published - written[1].published) / 86_400
    bonus = weights.RECENCY_WEIGHT
    rest = bonus * 2 ** (-age / weights.RECENCY_HALF_LIFE_DAYS)
    assert ratio == pytest.approx((1 + bonus) / (1 + rest))


def test_ranking_takes_one_query_and_leaves_out_what_is_deleted(
    django_assert_num_queries,
):
    first, second = put(record("a", "Көпір"), record("b", "Көпір салынды"))
    ranker = Ranker(understand(parse("көпір"), ["kk"]), ["kk"], now=None)
    Entry.objects.filter(pk=first.pk).delete()
    with django_assert_num_queries(1):
        (one,) = ranker.rank([first.pk, second.pk])
    assert one.entry_id == second.pk


def test_results_can_be_in_the_order_of_time():
    days = [datetime(2020, 1, day, tzinfo=UTC) for day in (2, 1, 3)]
    put(*(record(f"n{d.day}", f"Көпір {d.day}", published_at=d) for d in days))
    assert titles("көпір", order="newest") == ["Көпір 3", "Көпір 2", "Көпір 1"]
    assert titles("көпір", order="oldest") == ["Көпір 1", "Көпір 2", "Көпір 3"]


def test_language_versions_are_one_result_in_the_readers_language():
    put(
        record("forum", "Форум өтті", "kk"),
        record("forum", "Форум прошёл", "ru"),
        record("forum", "The forum is over", "en"),
    )
    languages = ("kk", "ru", "en")
    answer = find(Search("форум", languages, language="ru"))
    assert answer.total == 1
    (result,) = answer.results
    assert result.entry.title == "Форум прошёл"
    assert [v.locale for v in result.versions] == ["en", "kk", "ru"]


def test_a_version_without_the_word_does_not_replace_one_with_it():
    put(record("a", "Көпір салынды", "kk"), record("a", "Открытие", "ru"))
    (result,) = find(Search("көпір", ("kk", "ru"), language="ru")).results
    assert result.entry.title == "Көпір салынды"


def test_few_hits_with_all_words_are_loosened_to_most_words():
    put(
        record("all", "Көпір құрылысы аяқталды"),
        record("most", "Көпір құрылысы басталды"),
        record("few", "Құрылыс маусымы"),
        *(record(f"n{number}", "Басқа хабар") for number in range(12)),
    )
    answer = find(Search("көпір құрылысы аяқталды", ("kk",)))
    assert answer.is_loose
    found = [result.entry.title for result in answer.results]
    assert found[:2] == ["Көпір құрылысы аяқталды", "Көпір құрылысы басталды"]
    assert "Басқа хабар" not in found


def test_an_article_with_the_word_gains_nothing_from_its_equivalent():
    synonyms.put("city", {"kk": ["Қызылорда", "Ақмешіт"]})
    put(
        record("word", "Есеп бір", body="Қызылорда туралы хабар келді."),
        record("both", "Есеп екі", body="Қызылорда туралы Ақмешіт келді."),
    )
    found = titles("Қызылорда")
    assert found == ["Есеп бір", "Есеп екі"]


def test_an_equivalent_counts_where_a_word_of_the_name_is_missing():
    synonyms.put("forum", {"kk": ["Ұлттық жиын"], "en": ["National Forum"]})
    put(
        record("name", "First", "en", body="The National Forum was held today."),
        record("part", "Second", "en", body="Ұлттық National Forum held today."),
        *(record(f"n{n}", f"Хабар {n}", body="Ұлттық қор.") for n in range(30)),
    )
    found = titles("Ұлттық жиын", "kk", "en", limit=50)
    assert found.index("Second") < found.index("First")


def test_an_article_with_the_word_comes_before_one_with_its_equivalent():
    synonyms.put("city", {"kk": ["Қызылорда", "Ақмешіт"]})
    put(
        record("equivalent", "Есеп бір", body="Ақмешіт туралы хабар келді."),
        record("word", "Есеп екі", body="Қызылорда туралы хабар келді."),
    )
    found = titles("Қызылорда")
    assert found == ["Есеп екі", "Есеп бір"]


def test_a_shorter_text_with_the_word_ranks_above_a_longer_one():
    put(
        record("long", "Есеп бір", body="Көпір. " + FILLER * 12),
        record("short", "Есеп екі", body="Көпір. " + FILLER),
    )
    assert titles("көпір") == ["Есеп екі", "Есеп бір"]


def test_a_word_repeated_in_a_long_text_does_not_beat_a_short_text_about_it():
    put(
        record("long", "Есеп бір", body="Көпір. Көпір. " + FILLER * 40),
        record("short", "Есеп екі", body="Көпір. " + FILLER),
    )
    assert titles("көпір") == ["Есеп екі", "Есеп бір"]


def test_a_common_word_alone_is_no_hit_of_a_loosened_query(monkeypatch):
    monkeypatch.setattr("search.weights.CANDIDATES", 5)
    put(
        *(record(f"n{number}", f"Форум {number}") for number in range(12)),
        *(record(f"m{number}", f"Басқа {number}") for number in range(12)),
        record("rare", "Полигон жабылды"),
    )
    answer = find(Search("форум полигон", ("kk",)))
    assert answer.is_loose
    assert [result.entry.title for result in answer.results] == ["Полигон жабылды"]


def test_common_words_alone_still_find_what_has_most_of_them(monkeypatch):
    monkeypatch.setattr("search.weights.CANDIDATES", 5)
    put(
        *(record(f"n{number}", f"Форум {number}") for number in range(12)),
        *(record(f"m{number}", f"Қала {number}") for number in range(12)),
    )
    answer = find(Search("форум қала", ("kk",), limit=5))
    assert answer.is_loose
    assert answer.total == 24


def test_filters_and_exclusions_apply_to_a_loosened_query():
    put(
        record("a", "Көпір құрылысы", values=(place("p", kk="Орал"),)),
        record("b", "Көпір ашылды", values=(place("q", kk="Атырау"),)),
        record("c", "Көпір жөнделді", values=(place("p", kk="Орал"),)),
    )
    assert set(titles("көпір теңіз place:Орал")) == {"Көпір құрылысы", "Көпір жөнделді"}
    assert titles("көпір теңіз place:Орал -құрылыс") == ["Көпір жөнделді"]


def test_pages_beyond_the_ranked_results_continue_without_a_gap(monkeypatch):
    monkeypatch.setattr("search.weights.CANDIDATES", 20)
    put(*(record(f"n{number}", "Көпір") for number in range(50)))
    pages = [
        find(Search("көпір", ("kk",), offset=at)).results for at in range(0, 50, 10)
    ]
    numbers = [result.entry.pk for page in pages for result in page]
    assert sorted(numbers) == sorted(set(numbers))
    assert len(numbers) == 50


def test_a_title_with_all_words_comes_before_a_text_that_repeats_them():
    put(
        record("text", "Есеп", body="Көпір құрылысы. " * 30),
        record("title", "Көпір құрылысы туралы", body=FILLER),
    )
    assert titles("көпір құрылысы")[0] == "Көпір құрылысы туралы"


def test_related_words_are_not_marked_like_the_word():
    put(
        record("a", "Мемлекеттік қызмет", body="Мемлекет туралы."),
        record("b", "Мемлекеттің рөлі"),
    )
    answer = find(Search("мемлекет жоспары", ("kk",)))
    pieces = [p for one in answer.results for p in (*one.title, *one.excerpt)]
    assert {p.text for p in pieces if p.is_marked} == {"Мемлекет", "Мемлекеттің"}
    assert {p.text for p in pieces if p.is_related} == {"Мемлекеттік"}
