"""What readers see on the search page, and can click there."""

from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import make_aware

from newsroom.articles.models import ArticlePage, ArticlePlace, Place
from search.alphabet import alphabetical
from search.engines import choice
from search.index.term_statistics import apply_deltas
from search.signals import searched
from tests.factories import locale_of, make_article, make_section


@pytest.fixture
def section(homes):
    return make_section(homes["kk"])


@pytest.fixture
def places(section):
    """Store three articles on floods in Oral and Atyrau; return the keys of the places.

    One article is about the first place and two about the other, of two years.
    """
    keys = {}
    for name, years in (("Орал", [2024]), ("Атырау", [2024, 2025])):
        place = Place.objects.create(name=name, locale=locale_of("kk"))
        keys[name] = str(place.translation_key)
        for year in years:
            article = make_article(
                section,
                title=f"Тасқын: {name}, {year}",
                lead="Өзен арнасынан асты.",
                published_at=make_aware(datetime(year, 4, 1, 12)),
            )
            article.places = [ArticlePlace(place=place)]
            article.save_revision().publish()
    apply_deltas()
    return keys


@pytest.fixture
def heard():
    """What the signal of searches has told."""
    told = []

    def listen(sender, **kwargs):
        told.append({k: v for k, v in kwargs.items() if k != "signal"})

    searched.connect(listen)
    yield told
    searched.disconnect(listen)


def get(client, code="kk", **parameters):
    response = client.get(f"/{code}/search/", parameters)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def titles(soup) -> list[str]:
    return [link.get_text().strip() for link in soup.select(".hit__title a")]


def choices(soup, facet: str) -> list[tuple[str, str]]:
    """The values on offer for a facet, with their counts, in their order."""
    return [
        (text(row.select_one(".choice__label")), text(row.select_one(".choice__count")))
        for row in soup.select(f"#filter-{facet} + ul .choice")
    ]


def text(tag) -> str:
    return " ".join(tag.get_text(" ").split())


def link(soup, label: str):
    """The one link with *label* in its text."""
    (found,) = [a for a in soup.select("a") if label in text(a)]
    return found


def asked(anchor) -> dict[str, list[str]]:
    return parse_qs(urlsplit(anchor["href"]).query)


def test_filters_offer_the_values_of_what_was_found_the_most_frequent_first(
    client, places
):
    soup = get(client, q="тасқын")
    assert choices(soup, "place") == [("Атырау", "2"), ("Орал", "1")]
    assert asked(soup.select("#filter-place + ul a")[1]) == {
        "q": ["тасқын"],
        "place": [places["Орал"]],
    }


def test_a_filter_narrows_the_results_and_not_the_counts_of_its_own(client, places):
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


def test_without_a_year_its_months_go_too(client, places):
    soup = get(client, q="тасқын", year="2024", month="2024-04")
    assert asked(link(soup, "Жыл: 2024")) == {"q": ["тасқын"]}


def test_a_facet_that_all_articles_share_is_no_filter(client, places):
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


def test_the_order_can_be_turned(client, places):
    newest = titles(get(client, q="тасқын", order="newest"))
    assert newest[0] == "Тасқын: Атырау, 2025"
    assert titles(get(client, q="тасқын", order="oldest")) != newest
    assert titles(get(client, q="тасқын", order="oldest"))[-1] == newest[0]


@pytest.mark.parametrize(
    "parameters",
    [
        {"place": "жоқ"},
        {"place": "\x00"},
        {"place": "x" * 10_000},
        {"year": "2025' OR 1=1"},
        {"month": "0000-00", "year": "x"},
        {"language": "xx"},
        {"language": ["all", "ru", "xx"]},
        {"order": "sideways"},
        {"facet": "nothing"},
        {"facet": "place", "place": "жоқ"},
        {"facet": "month", "sort": "x", "q": "тасқын"},
        {"page": "9" * 400, "q": "тасқын"},
        {"page": "²", "q": "тасқын"},
        {"section": [str(number) for number in range(500)]},
        {"from": "2025", "to": "x"},
        {"from": "9999", "to": "0000", "month": "2024-04"},
        {"year": "0000", "q": "тасқын"},
        {"from": "\x00", "to": "1" * 5_000},
    ],
)
@pytest.mark.parametrize("address", ["/kk/search/", "/kk/search/results.json"])
def test_parameters_of_any_kind_get_an_answer(client, places, address, parameters):
    assert client.get(address, parameters).status_code == 200


def test_a_page_past_the_last_is_the_last(client, section):
    for number in range(12):
        make_article(section, title=f"Егін {number}")
    soup = get(client, q="егін", page=40)
    assert len(titles(soup)) == 2
    assert text(soup.select_one(".pagination [aria-current]")).endswith("2")


def version_of(article, code, **fields):
    version = article.copy_for_translation(locale_of(code), copy_parents=True)
    for name, value in fields.items():
        setattr(version, name, value)
    version.save_revision().publish()
    return version


def test_the_other_languages_of_a_result_are_offered(client, section):
    article = make_article(section, title="Форум ашылды")
    english = version_of(article, "en", title="The forum has opened")
    (hit,) = get(client, q="форум").select(".hit")
    (other,) = hit.select(".hit__versions a")
    assert other["hreflang"] == "en"
    english.refresh_from_db()
    assert other["href"] == english.url
    assert other.select_one(".visually-hidden[lang=en]").get_text(strip=True) == (
        "The forum has opened"
    )


def test_all_languages_can_be_narrowed_down_to_one(client, section, homes):
    make_article(section, title="Форум ашылды")
    make_article(make_section(homes["ru"], title="Общество"), title="Форум открылся")
    everywhere = get(client, q="форум", language="all")
    assert len(titles(everywhere)) == 2
    assert choices(everywhere, "language") == [("Қазақша", "1"), ("Орысша", "1")]
    russian = everywhere.select("#filter-language + ul a")[1]
    assert asked(russian)["language"] == ["all", "ru"]
    assert titles(get(client, q="форум", language=["all", "ru"])) == ["Форум открылся"]


def test_another_language_can_be_searched_alone(client, section, homes):
    make_article(section, title="Форум ашылды")
    make_article(make_section(homes["ru"], title="Общество"), title="Форум открылся")
    soup = get(client, q="форум", language="ru")
    assert titles(soup) == ["Форум открылся"]
    assert asked(link(soup, "Тіл: Орысша")) == {"q": ["форум"]}


def test_plain_words_need_no_reading_and_operators_get_one(client, places):
    assert get(client, q="тасқын өзен").select(".search__reading") == []
    (reading,) = get(client, q="тасқын OR құрғақшылық").select(".search__reading")
    assert text(reading) == "тасқын НЕМЕСЕ құрғақшылық"


def test_the_page_reports_an_unknown_place_as_read_as_words(client, places):
    summary = text(get(client, q="place:Мордор тасқын").select_one(".search__summary"))
    assert "Орын: мұрағатта «Мордор» жоқ" in summary


def test_a_misspelt_word_is_offered_its_correction(client, places):
    soup = get(client, q="тассқын")
    anchor = soup.select_one(".search__meant a")
    assert asked(anchor) == {"q": ["тасқын"]}
    assert get(client, q="тасқын").select(".search__meant") == []


def test_a_new_query_keeps_the_filters_and_the_languages(client, places):
    form = get(
        client, q="тасқын", place=places["Орал"], language="all", order="newest"
    ).form
    fields = {(field["name"], field.get("value")) for field in form.select("input")}
    assert ("place", places["Орал"]) in fields
    assert ("order", "newest") in fields
    assert form.select_one("[type=checkbox]").has_attr("checked")


def test_the_page_without_a_query_offers_frequent_values(client, places):
    soup = get(client)
    assert asked(link(soup, "Атырау")) == {"place": [places["Атырау"]]}


def test_results_of_the_fallback_engine_are_marked(client, places, monkeypatch):
    assert "қосалқы" not in text(get(client, q="тасқын"))
    instead = choice.EngineUsed("sqlite", is_reduced=True)
    engine = choice.database_engine()
    monkeypatch.setattr(
        "search.results.search.ask", lambda request: (engine.search(request), instead)
    )
    assert "қосалқы" in text(get(client, q="тасқын"))


def test_the_searched_signal_is_sent_once_a_query_and_not_for_filters(
    client, places, heard
):
    get(client, q=" тасқын OR су ", language="all")
    get(client, q="тасқын", place=places["Орал"])
    get(client, place=places["Орал"])
    get(client)
    (told,) = heard
    assert told == {
        "text": "тасқын OR су",
        "read_as": "тасқын OR су",
        "locales": ("kk", "ru", "en"),
        "language": "kk",
        "total": 3,
        "is_first_page": True,
        "engine": connection.vendor,
    }


def test_more_results_and_filters_take_no_more_queries(client, places, section):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            get(client, q="өзен", place=places["Атырау"])
        return len(queries)

    place = Place.objects.get(translation_key=places["Атырау"])
    before = count()
    for number in range(9):
        article = make_article(section, title=f"Тасқын {number}", lead="Өзен.")
        article.places = [ArticlePlace(place=place)]
        article.save_revision().publish()
    assert count() <= before


def test_the_answer_for_programs_says_what_the_page_does(client, places):
    answer = client.get(
        "/kk/search/results.json", {"q": "тасқын", "place": places["Орал"]}
    ).json()
    assert answer["total"] == 1
    assert answer["engine"] == connection.vendor
    assert not answer["is_reduced"]
    (result,) = answer["results"]
    assert result["title"] == "Тасқын: Орал, 2024"
    assert result["title_html"] == "<mark>Тасқын</mark>: Орал, 2024"
    assert result["url"].startswith("http://testserver/kk/")
    assert answer["next"] is answer["previous"] is None
    assert answer["facets"]["place"]["values"] == [
        {"key": places["Орал"], "label": "Орал", "count": 1, "is_selected": True},
        {"key": places["Атырау"], "label": "Атырау", "count": 2, "is_selected": False},
    ]


def test_the_answer_for_programs_leads_from_page_to_page(client, section):
    for number in range(12):
        make_article(section, title=f"Егін {number}")
    seen, address = [], "/kk/search/results.json?q=егін"
    while address:
        answer = client.get(address).json()
        seen += [result["url"] for result in answer["results"]]
        address = answer["next"]
    assert len(seen) == len(set(seen)) == 12


def test_an_article_leads_to_those_about_the_same(client, places):
    article = ArticlePage.objects.get(title="Тасқын: Атырау, 2025")
    soup = BeautifulSoup(client.get(article.url).content, "html.parser")
    similar = soup.select(".article__similar li > a")
    assert [text(anchor) for anchor in similar] == ["Тасқын: Атырау, 2024"]


def names_line(client, address: str):
    """Return the line about other names, as text and as the URL of its link."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    line = page.find(class_="search__names")
    if line is None:
        return "", ""
    return " ".join(line.get_text().split()), line.a["href"]


def test_other_names_that_are_searched_are_listed_and_can_be_switched_off(
    client, section
):
    make_article(section, title="Астанада көпір ашылды")
    make_article(section, title="Целиноград жылдары")
    text, only_typed = names_line(client, "/kk/search/?q=Целиноград&order=newest")
    assert text.startswith("Мыналар да ізделді: Астана, Нұр-Сұлтан, Ақмола")
    assert parse_qs(urlsplit(only_typed).query) == {
        "q": ["Целиноград"],
        "order": ["newest"],
        "typed": ["1"],
    }
    hits = BeautifulSoup(client.get(only_typed).content, "html.parser").select(".hit")
    assert ["Целиноград жылдары" in hit.get_text() for hit in hits] == [True]
    text, with_names = names_line(client, only_typed)
    assert text.startswith("Тек терілген сөздер ізделді.")
    assert with_names == only_typed.replace("&typed=1", "")
    hits = BeautifulSoup(client.get(with_names).content, "html.parser").select(".hit")
    assert len(hits) == 2


def test_filters_of_a_search_for_what_was_typed_keep_to_it(client, places):
    page = BeautifulSoup(client.get("/kk/search/?q=тасқын&typed=1").content, "lxml")
    links = [link["href"] for link in page.select(".filters a[href*='place=']")]
    assert links
    assert all("typed=1" in link for link in links)


def test_a_word_without_other_names_says_nothing_of_them(client, places):
    assert names_line(client, "/kk/search/?q=тасқын") == ("", "")


@pytest.mark.parametrize("typed", ["жана", "jaña"])
def test_a_word_read_with_kazakh_letters_is_named_and_can_be_switched_off(
    client, section, typed
):
    make_article(section, title="Жаңа көпір ашылды")
    text, only_typed = names_line(client, f"/kk/search/?q={typed}")
    assert text.startswith("Мыналар да ізделді: жаңа")
    page = BeautifulSoup(client.get("/kk/search/?q=жана").content, "html.parser")
    assert len(page.select(".hit")) == 1
    without = BeautifulSoup(
        client.get("/kk/search/?q=жана&typed=1").content, "html.parser"
    )
    assert without.select(".hit") == []
    assert "typed=1" in only_typed
