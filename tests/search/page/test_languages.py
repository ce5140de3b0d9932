"""Searches in other languages, and the other versions of a result."""

from tests.factories import locale_of, make_article, make_section
from tests.search.page.pages import asked, choices, get, link, titles


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
