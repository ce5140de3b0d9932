"""The filters beside the results."""

from newsroom.articles.models import ArticlePlace, Place
from search.alphabet import alphabetical
from tests.factories import locale_of, make_article
from tests.search.page.pages import asked, choices, get, link, text, titles


def test_filters_offer_the_values_of_the_results_by_frequency(client, places):
    soup = get(client, q="тасқын")
    assert choices(soup, "place") == [("Атырау", "2"), ("Орал", "1")]
    assert asked(soup.select("#filter-place + ul a")[1]) == {
        "q": ["тасқын"],
        "place": [places["Орал"]],
    }


def test_a_filter_narrows_the_results_and_not_its_own_counts(client, places):
    soup = get(client, q="тасқын", place=places["Орал"])
    assert titles(soup) == ["Тасқын: Орал, 2024"]
    (oral, atyrau) = choices(soup, "place")
    assert "Орал" in oral[0]
    assert atyrau == ("Атырау", "2")


def test_two_values_of_a_facet_widen_and_two_facets_narrow(client, places):
    both = get(client, q="тасқын", place=places.values())
    assert len(titles(both)) == 3
    narrowed = get(client, q="тасқын", place=places.values(), year="2025")
    assert titles(narrowed) == ["Тасқын: Атырау, 2025"]


def test_a_filter_that_is_set_can_be_removed_by_name(client, places):
    soup = get(client, q="тасқын", place=places["Орал"], year="2024")
    chips = soup.select(".chips a")
    assert [text(chip) for chip in chips] == [
        "Сүзгіні алып тастау: Жыл: 2024 ×",
        "Сүзгіні алып тастау: Орын: Орал ×",
    ]
    assert asked(chips[0]) == {"q": ["тасқын"], "place": [places["Орал"]]}


def test_a_filter_without_words_browses_the_newest_first(client, places):
    soup = get(client, place=places["Атырау"])
    assert titles(soup) == ["Тасқын: Атырау, 2025", "Тасқын: Атырау, 2024"]


def test_removing_a_year_removes_its_months(client, places):
    soup = get(client, q="тасқын", year="2024", month="2024-04")
    assert asked(link(soup, "Жыл: 2024")) == {"q": ["тасқын"]}


def test_a_value_shared_by_all_results_is_no_filter(client, places):
    assert choices(get(client, q="тасқын"), "section") == []


def test_more_than_eight_values_have_a_page_of_their_own(client, section):
    for number in range(10):
        name = f"Ауыл {number}"
        place = Place.objects.create(name=name, locale=locale_of("kk"))
        article = make_article(section, title=f"Егін {number}")
        article.places = [ArticlePlace(place=place)]
        article.save_revision().publish()
    soup = get(client, q="егін")
    assert len(choices(soup, "place")) == 8
    anchor = link(soup, "Барлық орын (10)")
    whole = get(client, **{key: values[0] for key, values in asked(anchor).items()})
    rows = whole.select(".choice")
    assert [text(row.select_one(".choice__label")) for row in rows] == [
        f"Ауыл {number}" for number in range(10)
    ]
    assert set(asked(rows[0])) == {"q", "place"}


def test_names_are_sorted_by_the_kazakh_alphabet():
    names = ["Ұлытау", "Қарағанды", "Лепсі", "Алматы", "Әулиекөл", "Zaysan", "Ыстықкөл"]
    assert sorted(names, key=alphabetical) == [
        "Zaysan",
        "Алматы",
        "Әулиекөл",
        "Қарағанды",
        "Лепсі",
        "Ұлытау",
        "Ыстықкөл",
    ]
