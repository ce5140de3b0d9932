"""The termbase in the admin: permissions and lists."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from newsroom.articles.models import Topic
from newsroom.translation.models import Concept, Term
from search.models import Synonym
from tests.factories import locale_of
from tests.translation.factories import make_concept

VIEWS = "wagtailsnippets_newsroom_translation_concept"
LIST, ADD = reverse(f"{VIEWS}:list"), reverse(f"{VIEWS}:add")


def address(view: str, concept: Concept) -> str:
    return reverse(f"{VIEWS}:{view}", args=[concept.pk])


@pytest.fixture
def editor(log_in):
    return log_in("News editors")


@pytest.fixture
def journalist(log_in):
    return log_in("Journalists")


@pytest.fixture
def forum(db):
    return make_concept({"kk": "урбан форумы", "en": "urban forum"})


@pytest.fixture
def dam(db):
    return make_concept({"kk": "бөгет", "ru": "плотина", "en": "dam"})


def shown(client, **parameters) -> list[str]:
    """Return the English terms of the list."""
    response = client.get(LIST, parameters)
    assert response.status_code == 200
    return [concept.term_en for concept in response.context["object_list"]]


def posted(*terms: dict, initial: int = 0, note: str = "") -> dict:
    return nested_form_data(
        {
            "terms": inline_formset(
                [{"note": "", **term} for term in terms], initial=initial
            ),
            "subject_field": "",
            "note": note,
        }
    )


def term(code: str, text: str, status: str = "approved", **fields) -> dict:
    return {"locale": locale_of(code).pk, "text": text, "status": status, **fields}


def test_an_editor_adds_a_concept_with_its_terms(editor):
    response = editor.post(ADD, posted(term("kk", "бөгет"), term("en", "dam")))
    assert response.status_code == 302
    concept = Concept.objects.get()
    assert [term.text for term in concept.terms.all()] == ["бөгет", "dam"]
    assert Synonym.objects.filter(group=f"concept:{concept.pk}").count() == 2
    assert shown(editor, q="бөгеттердің") == ["dam"]


def test_an_editor_changes_and_deletes_it(editor, dam):
    rows = [
        term(row.locale.language_code, row.text, id=row.pk) for row in dam.terms.all()
    ]
    rows[2]["text"] = "barrage"
    response = editor.post(address("edit", dam), posted(*rows, initial=3))
    assert response.status_code == 302
    assert shown(editor, q="barrage") == ["barrage"]
    assert shown(editor, q="dam") == []
    assert editor.post(address("delete", dam)).status_code == 302
    assert Concept.objects.count() == 0


def test_a_concept_has_at_least_one_term(editor):
    response = editor.post(ADD, posted())
    assert response.status_code == 200
    assert Concept.objects.count() == 0


def test_the_same_term_twice_is_refused(editor):
    response = editor.post(ADD, posted(term("en", "dam"), term("en", "dam")))
    assert response.status_code == 200
    assert Concept.objects.count() == 0


def test_a_journalist_reads_and_changes_nothing(journalist, dam):
    dam.note = "A wall across a river."
    dam.save()
    assert shown(journalist) == ["dam"]
    page = journalist.get(address("inspect", dam)).content.decode()
    assert "плотина — Approved" in page
    assert "A wall across a river." in page
    for url in (ADD, address("edit", dam), address("delete", dam)):
        for response in (journalist.get(url), journalist.post(url, {})):
            assert response.url == reverse("wagtailadmin_home")
    assert Concept.objects.count() == 1


@pytest.mark.parametrize("role", ["Journalists", "News editors"])
def test_the_termbase_is_in_the_menu(log_in, role):
    assert LIST in log_in(role).get(reverse("wagtailadmin_home")).content.decode()


def test_those_without_the_right_do_not_see_it(client, db):
    user = get_user_model().objects.create_user("guest")
    user.groups.add(Group.objects.create(name="Guests"))
    client.force_login(user)
    assert client.get(LIST).status_code == 302


def test_a_row_has_the_best_term_in_each_language(editor, dam):
    dam.terms.add(
        Term(locale=locale_of("kk"), text="тоған", status="proposed", sort_order=0),
        Term(locale=locale_of("ru"), text="дамба", status="deprecated", sort_order=0),
    )
    dam.save()
    (concept,) = editor.get(LIST).context["object_list"]
    terms = (concept.term_kk, concept.term_ru, concept.term_en)
    assert terms == ("бөгет", "плотина", "dam")


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (["approved", "approved"], "approved"),
        (["approved", "deprecated"], "approved"),
        (["approved", "proposed", "deprecated"], "proposed"),
        (["deprecated"], "deprecated"),
        ([], ""),
    ],
)
def test_a_concept_is_as_settled_as_its_least_settled_term(db, statuses, expected):
    concept = Concept()
    concept.terms = [
        Term(locale=locale_of("en"), text=f"word {number}", status=status)
        for number, status in enumerate(statuses)
    ]
    concept.save()
    assert Concept.objects.with_status().get().status == expected


@pytest.mark.parametrize(
    "text", ["форум", "форумдарға", "forumy", "urban", "FORUMS", "фор"]
)
def test_any_form_in_any_language_finds_the_concept(editor, forum, dam, text):
    assert shown(editor, q=text) == ["urban forum"]


def test_the_list_is_narrowed_by_status_language_and_subject_field(editor, forum, dam):
    dam.subject_field = Topic.objects.create(name="Су", locale=locale_of("kk"))
    water = Topic.objects.create(
        name="Water",
        locale=locale_of("en"),
        translation_key=dam.subject_field.translation_key,
    )
    dam.save()
    forum.terms.add(
        Term(locale=locale_of("en"), text="city forum", status=Term.Status.PROPOSED)
    )
    forum.save()
    key = str(water.translation_key)
    assert shown(editor, status="proposed") == ["urban forum"]
    assert shown(editor, status="deprecated") == []
    assert shown(editor, missing="ru") == ["urban forum"]
    assert shown(editor, subject_field=key) == ["dam"]
    assert shown(editor, subject_field=key, missing="ru") == []
    assert shown(editor, missing="ru", q="форумы") == ["urban forum"]
    assert shown(editor, subject_field=key, q="форумы", ordering="term_kk") == []
    assert "Water" in editor.get(LIST).content.decode()


def test_a_deprecated_term_leaves_its_language_without_one(editor, dam):
    dam.terms.filter(locale__language_code="ru").update(status=Term.Status.DEPRECATED)
    assert shown(editor, missing="ru") == ["dam"]


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        ("term_kk", ["dam", "urban forum"]),
        ("-term_kk", ["urban forum", "dam"]),
        ("term_ru", ["dam", "urban forum"]),  # what has no term comes last
        ("-term_ru", ["dam", "urban forum"]),
        ("status", ["urban forum", "dam"]),
        ("no such column", ["dam", "urban forum"]),
    ],
)
def test_the_list_is_sorted_by_its_columns(editor, forum, dam, ordering, expected):
    assert shown(editor, ordering=ordering) == expected


def test_a_list_costs_the_same_for_many_concepts_as_for_one(
    editor, dam, django_assert_max_num_queries, django_assert_num_queries
):
    shown(editor)
    with django_assert_max_num_queries(100) as for_one:
        shown(editor)
    for number in range(20):
        make_concept({"kk": f"сөз {number}", "en": f"word {number}"})
    with django_assert_num_queries(len(for_one)):
        assert len(shown(editor)) == 21
