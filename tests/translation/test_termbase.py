"""Results that readers find through terms and names."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from newsroom.articles.management.commands import rebuild_archive
from newsroom.articles.models import ArticlePlace, Place, Topic
from newsroom.translation.models import Concept, Term
from search.models import FacetValue, Synonym
from search.results.result import Result
from search.results.search import Search, find
from tests.factories import locale_of, make_article, make_section
from tests.translation.factories import make_concept

LANGUAGES = ("kk", "ru", "en")
TERMS = {
    "kk": "тұрақты даму",
    "ru": "устойчивое развитие",
    "en": "sustainable development",
}


@pytest.fixture
def section(homes):
    return make_section(homes["kk"])


@pytest.fixture
def article(section):
    """Return an untranslated Kazakh article with an inflected term."""
    return make_article(
        section,
        title="Шағын қалалар туралы есеп",
        lead="Үкімет жоспарын жариялады.",
        body=[("paragraph", "<p>Барлық шешім тұрақты дамуға бағытталған.</p>")],
    )


@pytest.fixture
def concept(db):
    return make_concept(TERMS)


def results(text: str) -> list[Result]:
    return find(Search(text, LANGUAGES, language="en")).results


def found(text: str) -> list[str]:
    return [result.entry.title for result in results(text)]


def marked(result: Result) -> list[str]:
    return [piece.text for piece in result.excerpt if piece.is_marked]


def test_without_a_concept_the_article_is_not_found(article):
    assert found("sustainable development") == []


@pytest.mark.parametrize(
    "text",
    [
        "sustainable development",
        "Sustainable Developments",
        "устойчивого развития",
        "what is sustainable development",
    ],
)
def test_a_term_finds_an_article_that_was_never_translated(article, concept, text):
    assert found(text) == [article.title]


def test_a_hit_names_the_term_through_which_it_was_found(article, concept):
    (result,) = results("sustainable development")
    assert result.through == ("тұрақты даму",)
    assert marked(result) == ["тұрақты", "дамуға"]


def test_a_hit_with_the_typed_words_names_no_term(article, concept):
    (result,) = results("тұрақты даму")
    assert result.through == ()


@pytest.mark.parametrize(
    "words", ["тұрақты дамудың", "Тұрақты даму", "тұрақты дамуымыздағы"]
)
def test_the_term_is_found_in_any_of_its_forms(section, concept, words):
    article = make_article(section, title=f"Жаңа бағдарлама: {words}", lead="Есеп.")
    assert found("sustainable development") == [article.title]


def test_its_words_far_apart_are_not_the_term(section, concept):
    make_article(
        section,
        title="Тұрақты жұмыс",
        lead="Қалада өнеркәсіп те, сауда да даму үстінде.",
    )
    assert found("sustainable development") == []


def test_the_kazakh_term_typed_in_latin_finds_what_is_in_russian(homes, concept):
    russian = make_article(
        make_section(homes["ru"], title="Общество"),
        title="Города и устойчивое развитие",
        lead="О планах правительства.",
    )
    (result,) = results("turaqty damu")
    assert result.entry.title == russian.title
    assert result.through == ("устойчивое развитие",)


def test_a_proposed_term_is_found_and_a_deprecated_one_is_not(article, concept):
    term = concept.terms.get(locale__language_code="kk")
    for status, titles in (
        (Term.Status.PROPOSED, [article.title]),
        (Term.Status.DEPRECATED, []),
        (Term.Status.APPROVED, [article.title]),
    ):
        term.status = status
        term.save()
        assert found("sustainable development") == titles


def test_nothing_is_found_from_a_deprecated_term_either(article, concept):
    concept.terms.add(
        Term(
            locale=locale_of("en"),
            text="steady growth",
            status=Term.Status.DEPRECATED,
        )
    )
    concept.save()
    assert found("steady growth") == []
    assert found("sustainable development") == [article.title]


def test_a_changed_term_is_found_instead_of_the_old_one(article, concept):
    for term in concept.terms.all():
        if term.locale.language_code == "en":
            term.text = "lasting progress"
            term.save()
    assert found("sustainable development") == []
    assert found("lasting progress") == [article.title]


def test_a_term_taken_out_of_its_concept_is_forgotten(article, concept):
    concept.terms = [t for t in concept.terms.all() if t.locale.language_code != "kk"]
    concept.save()
    assert found("sustainable development") == []


def test_deleting_the_concept_ends_it(article, concept):
    concept.delete()
    assert found("sustainable development") == []
    assert Synonym.objects.count() == 0


def test_a_deleted_language_takes_its_terms_along(article, concept):
    turkish = Locale.objects.create(language_code="tr")
    concept.terms.add(Term(locale=turkish, text="sürdürülebilir kalkınma"))
    concept.save()
    assert Synonym.objects.filter(locale="tr").count() == 1
    turkish.delete()
    assert Synonym.objects.filter(locale="tr").count() == 0
    assert found("sustainable development") == [article.title]


def test_a_concept_in_one_language_makes_no_synonym(article):
    make_concept({"en": "sustainable development"})
    assert Synonym.objects.count() == 0


def test_a_rolled_back_change_does_not_reach_the_index(article, concept):
    class RolledBackError(Exception):
        pass

    with pytest.raises(RolledBackError), transaction.atomic():
        concept.delete()
        raise RolledBackError
    assert found("sustainable development") == [article.title]


def test_saving_a_concept_updates_its_synonyms_once_for_any_number_of_terms(db):
    def times_told(terms: int) -> int:
        concept = Concept()
        concept.terms = [
            Term(locale=locale_of("en"), text=f"word {number}")
            for number in range(terms)
        ]
        with CaptureQueriesContext(connection) as queries:
            concept.save()
        written = 'DELETE FROM "search_synonym"'
        return sum(query["sql"].startswith(written) for query in queries)

    assert (times_told(2), times_told(8)) == (1, 1)


def test_a_place_is_found_by_its_name_in_another_language(homes):
    kazakh, *others = (
        Place(name=name, locale=locale_of(code))
        for code, name in (("kk", "Ақмешіт"), ("ru", "Перовск"), ("en", "Perovsk"))
    )
    kazakh.save()
    for place in others:
        place.translation_key = kazakh.translation_key
        place.save()
    article = make_article(
        make_section(homes["kk"]),
        title="Ескі қала",
        places=[ArticlePlace(place=kazakh)],
    )
    (result,) = results("Perovsk")
    assert result.entry.title == article.title
    assert result.through == ("Ақмешіт",)


def test_a_rebuild_restores_all_synonyms_of_names_and_terms(article, concept, section):
    topic = Topic.objects.create(name="Қала", locale=locale_of("kk"))
    Topic.objects.create(
        name="Город", locale=locale_of("ru"), translation_key=topic.translation_key
    )
    known = set(Synonym.objects.values_list("group", "text"))
    assert len(known) == 5
    Synonym.objects.all().delete()
    labels = FacetValue.objects.get(facet="section").labels
    FacetValue.objects.update(labels={})
    call_command("rebuild_archive", verbosity=0)
    assert set(Synonym.objects.values_list("group", "text")) == known
    assert FacetValue.objects.get(facet="section").labels == labels


def test_a_rebuild_in_batches_writes_each_synonym_group_once(db, monkeypatch):
    monkeypatch.setattr(rebuild_archive, "BATCH_SIZE", 2)
    for number in range(5):
        make_concept({"kk": f"сөз {number}", "en": f"word {number}"})
        topic = Topic.objects.create(name=f"Сала {number}", locale=locale_of("kk"))
        Topic.objects.create(
            name=f"Field {number}",
            locale=locale_of("en"),
            translation_key=topic.translation_key,
        )
    known = set(Synonym.objects.values_list("group", "text"))
    Synonym.objects.all().delete()
    with CaptureQueriesContext(connection) as queries:
        call_command("rebuild_archive", verbosity=0)
    assert set(Synonym.objects.values_list("group", "text")) == known
    written = 'INSERT INTO "search_synonym"'
    assert sum(query["sql"].startswith(written) for query in queries) == 10
