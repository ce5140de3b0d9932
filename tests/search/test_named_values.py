"""Values that a filter in a query names, and those offered without a query."""

import pytest
from bs4 import BeautifulSoup

from search.index.named_values import named
from search.models import FacetValue
from search.results.landing import filed_under
from search.results.search import Search, find
from tests.search.records import place, put, record

pytestmark = pytest.mark.usefixtures("homes")


@pytest.fixture
def entries():
    town = (place("town", kk="Қызылорда", ru="Кызылорда"),)
    region = (place("region", kk="Қызылорда облысы", ru="Кызылординская область"),)
    put(
        record("a", "Бірінші", values=town),
        record("b", "Екінші", values=region),
        record("c", "Үшінші", values=region),
        record("d", "Второй", "ru", values=(place("ru", ru="Омск"),)),
    )


@pytest.mark.parametrize("text", ["Қызылорда", "қызылордада", "Qyzylorda", "town"])
def test_a_filter_by_a_whole_name_counts_what_the_page_of_that_name_counts(
    entries, text
):
    value = FacetValue.objects.get(key="town")
    page = filed_under(value, "kk", page=1, per_page=10, companions=0)
    assert find(Search(f'орын:"{text}"', ("kk",))).total == page.total == 1


def test_a_filter_by_a_part_of_names_finds_all_of_them(entries):
    assert find(Search("орын:облысы", ("kk",))).total == 2
    assert len(named("place", "Қызылорда облысы", ("kk",))) == 1


def test_a_search_page_offers_only_values_and_years_of_its_language(client, homes):
    put(
        record("a", "Бір", values=(place("town", kk="Орал", ru="Уральск"),)),
        record("b", "Два", "ru", values=(place("ru", kk="Омбы", ru="Омск"),)),
    )
    FacetValue.objects.create(facet="year", key="1999", entries=5)
    page = BeautifulSoup(client.get("/kk/search/").content, "html.parser")
    offered = [link.get_text().strip() for link in page.select(".browse a")]
    assert {"Орал", "2015"} <= set(offered)
    assert not {"Омбы", "1999"} & set(offered)
