"""The order of names, and letters of either case, in both databases."""

import pytest
from django.db.models import F, Value

from newsroom.articles.models import Person, Topic
from search.alphabet import alphabetical, initial
from search.collation import alphabetically
from search.index.facet_names import letters, listed
from search.models import FacetName
from tests.search.records import place, put, record

pytestmark = pytest.mark.usefixtures("homes")

IN_ORDER = [
    "1-мектеп",
    "Nomad",
    "«Ақ жол»",
    "Ақмола",
    "әл-Фараби",
    "Бөкей",
    "Ғабит",
    "Қазақстан",
    "Ұлытау",
    "«Үміт»",
    "Шымкент",
    "Ясауи",
]


@pytest.fixture
def people(locales):
    for name in reversed(IN_ORDER):
        Person.objects.create(name=name, locale=locales["kk"])


def test_names_are_in_the_order_of_the_kazakh_alphabet(people):
    assert sorted(set(IN_ORDER), key=alphabetical) == IN_ORDER
    assert [str(person) for person in Person.objects.all()] == IN_ORDER
    backwards = Person.objects.order_by(alphabetically("name").desc())
    assert [str(person) for person in backwards] == IN_ORDER[::-1]


def test_the_admin_lists_names_as_the_alphabet_does(people, admin_client):
    for query, expected in [("", IN_ORDER), ("?ordering=-name", IN_ORDER[::-1])]:
        answer = admin_client.get(f"/admin/snippets/articles/person/{query}")
        rows = answer.context["object_list"]
        assert [str(person) for person in rows] == expected


@pytest.mark.parametrize(
    ("lookup", "typed"),
    [
        ("iexact", "ҚАЛА ЖӘНЕ ОРТА"),
        ("icontains", "ЖӘНЕ"),
        ("istartswith", "қАЛА"),
        ("iendswith", "ОРТА"),
    ],
)
def test_letters_of_either_case_are_equal_in_every_alphabet(locales, lookup, typed):
    Topic.objects.create(name="Қала және орта", locale=locales["kk"])
    Topic.objects.create(name="Дала", locale=locales["kk"])
    found = Topic.objects.filter(**{f"name__{lookup}": typed})
    assert [topic.name for topic in found] == ["Қала және орта"]
    assert not Topic.objects.filter(**{f"name__{lookup}": "Қ_ла%"}).exists()


def test_columns_are_compared_without_regard_to_case_too(locales):
    Topic.objects.create(name="Қала", locale=locales["kk"])
    by_column = Topic.objects.annotate(other=Value("ҚАЛА")).filter(
        name__iexact=F("other")
    )
    assert by_column.count() == 1
    assert not Topic.objects.filter(name__iexact="").exists()


def test_a_name_in_quotation_marks_is_listed_under_its_letter():
    names = ["«Ақ жол»", "“Nomad”", "„Үміт“", "— Қала", "2025", "***"]
    assert [initial(name) for name in names] == ["А", "N", "Ү", "Қ", "#", "#"]


def test_quotation_marks_of_names_are_ignored_in_the_order():
    for number, name in enumerate(["Ақмола", "«Ақ жол»", "Бөкей"]):
        put(record(str(number), values=[place(name, kk=name)]))
    assert [row.name for row in listed("place", "kk")] == [
        "«Ақ жол»",
        "Ақмола",
        "Бөкей",
    ]
    assert letters("place", "kk") == ["А", "Б"]
    assert FacetName.objects.get(name="«Ақ жол»").letter == "А"
