"""Short links that never change, and citations."""

from datetime import date

import pytest

from newsroom.archive.citations import Citation, bibtex, plain, ris
from newsroom.archive.models import Permalink
from newsroom.articles.models import (
    ArticleAuthor,
    ArticlePage,
    ArticlePlace,
    Person,
    Place,
)
from tests.archive.conftest import at, soup
from tests.factories import locale_of, make_article, make_section
from tests.translation.articles import republish, submit, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(publish) -> ArticlePage:
    person = Person.objects.create(name="Әсем Ұлықбекқызы", locale=locale_of("kk"))
    return publish(
        title="Қызылорда & Арал: 100% {су}",
        published_at=at(2025, 6, 14, 23, 30),
        authors=[ArticleAuthor(person=person)],
    )


def short(page: ArticlePage, rest: str = "") -> str:
    link = Permalink.objects.get(translation_key=page.translation_key)
    return f"/a/{link.number}/{rest}"


def test_the_link_survives_moves_titles_and_translations(
    client, homes, article, translated
):
    before = short(article)
    article.move(make_section(homes["kk"], title="Мәдениет"), pos="last-child")
    article = ArticlePage.objects.get(pk=article.pk)
    article.title, article.slug = "Жаңа тақырып", "zhana-taqyryp"
    article.save_revision().publish()
    russian = translated(article, "ru", title="Форум")
    article = ArticlePage.objects.get(pk=article.pk)
    assert short(article) == short(russian) == before
    assert client.get(before)["Location"] == article.url
    assert client.get(article.url).status_code == 200


def test_the_reader_gets_their_language_or_the_original(client, article, translated):
    russian = translated(article, "ru", title="Форум")
    for accepted, page in (
        ("ru-KZ,ru;q=0.9,en;q=0.8", russian),
        ("en,ru;q=0.5", russian),
        ("kk", article),
        ("de", article),
        ("", article),
        ("*", article),
    ):
        response = client.get(short(article), headers={"accept-language": accepted})
        assert (response.status_code, response["Location"]) == (302, page.url)
        assert "Accept-Language" in response["Vary"]


def test_a_russian_original_is_what_others_get(client, homes, translated):
    article = make_article(make_section(homes["ru"], title="Общество"), title="Форум")
    translated(article, "kk", title="Форум туралы")
    response = client.get(short(article), headers={"accept-language": "de"})
    assert response["Location"] == article.url


def test_a_missing_version_offers_the_existing_ones(client, article, translated):
    russian = translated(article, "ru", title="Форум")
    assert client.get(short(article, "ru/"))["Location"] == russian.url
    response = client.get(short(article, "en/"))
    assert response.status_code == 404
    offered = [a["href"] for a in soup(response).select(".versions a")]
    assert [one.removeprefix("http://testserver") for one in offered] == [
        article.url,
        russian.url,
    ]


def restrict(page: ArticlePage) -> None:
    page.view_restrictions.create(restriction_type="login")


@pytest.mark.parametrize(
    ("withdraw", "status"),
    [
        (ArticlePage.unpublish, 410),
        (ArticlePage.delete, 410),
        (restrict, 404),
    ],
    ids=["unpublished", "deleted", "private"],
)
def test_withdrawn_articles_are_gone_and_private_ones_not_found(
    client, article, withdraw, status
):
    addresses = [
        short(article, rest) for rest in ("", "kk/", "kk/cite.bib", "kk/cite.ris")
    ]
    withdraw(article)
    assert [client.get(one).status_code for one in addresses] == [status] * 4


def test_a_draft_and_a_number_without_article_are_not_there(client, section):
    draft = make_article(section, live=False)
    for path in (short(draft), "/a/999999/", "/a/0/", "/a/9999999999999999999/"):
        response = client.get(path, follow=True)
        assert response.status_code == 404, path
    assert client.get(short(draft)).status_code == 404


def test_the_article_shows_its_link_and_its_citation(client, article):
    page = soup(client.get(article.url))
    cite = page.find("details").parent
    assert cite.find(class_="cite__link").a["href"] == (
        f"http://testserver{short(article)}"
    )
    assert all(text["translate"] == "no" for text in cite.select(".cite__text"))
    assert not cite.find("button"), "without a script there is nothing to press"
    for link in cite.find_all("a", download=True):
        assert client.get(link["href"]).status_code == 200


def test_the_files_have_the_letters_of_kazakh(client, article):
    response = client.get(short(article, "kk/cite.bib"))
    assert response["Content-Type"] == "application/x-bibtex; charset=utf-8"
    text = response.content.decode()
    assert r"{Қызылорда \& Арал: 100\% \textbraceleft{}су\textbraceright{}}" in text
    assert "author = {{Әсем Ұлықбекқызы}}" in text
    assert "day = {14}" in text
    text = client.get(short(article, "kk/cite.ris")).content.decode()
    assert "TI  - Қызылорда & Арал: 100% {су}\r\n" in text
    assert "DA  - 2025/06/14\r\n" in text
    assert f"UR  - http://testserver{short(article, 'kk/')}\r\n" in text


def citation(**fields) -> Citation:
    return Citation(
        **{
            "number": 12,
            "language": "en",
            "title": "Water returns to the Aral",
            "authors": (),
            "source": "News archive",
            "kind": "News",
            "is_news": True,
            "published": date(2025, 6, 14),
            "accessed": date(2026, 1, 2),
            "url": "https://archive.example/a/12/en/",
            **fields,
        }
    )


def test_bibtex_has_balanced_braces_for_any_title():
    for title in ("a } b", "{{{", "back\\slash", r"\}", "~^#_$&%", "é Ұ «»"):
        text = bibtex(citation(title=title))
        depth = 0
        for letter in text:
            depth += {"{": 1, "}": -1}.get(letter, 0)
            assert depth >= 0, title
        assert depth == 0, title
    assert r"a\textbackslash{}b" in bibtex(citation(title="a\\b"))


def test_citations_of_news_are_articles_and_others_name_their_kind():
    assert bibtex(citation()).startswith("@article{archive-12-en,\n")
    assert "  month = jun,\n" in bibtex(citation())
    release = citation(is_news=False, kind="Press release")
    assert bibtex(release).startswith("@misc{archive-12-en,\n")
    assert "type = {Press release}" in bibtex(release)
    assert "M3  - Press release\r\n" in ris(release)
    assert "[Press release]" in plain(release)


def test_ris_begins_with_its_type_and_ends_with_its_end():
    lines = ris(citation(authors=("A. Author", "B. Writer"))).split("\r\n")
    assert lines[0] == "TY  - NEWS"
    assert lines[1:3] == ["AU  - A. Author", "AU  - B. Writer"]
    assert lines[-2:] == ["ER  - ", ""]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            "A. Author. Water returns to the Aral. News archive, 14 June 2025. "
            "https://archive.example/a/12/en/ (accessed 2 January 2026)",
        ),
        (
            "ru",
            "A. Author. Water returns to the Aral // News archive. — "
            "14 июня 2025 года. — URL: https://archive.example/a/12/en/ "
            "(дата обращения: 2 января 2026 года).",
        ),
        (
            "kk",
            "A. Author. Water returns to the Aral // News archive. — "
            "2025 жылғы 14 маусым. — URL: https://archive.example/a/12/en/ "
            "(қаралған күні: 2026 жылғы 2 қаңтар).",
        ),
    ],
)
def test_the_sentence_is_as_papers_in_its_language_write_it(language, expected):
    one = citation(language=language, authors=("A. Author",))
    assert plain(one).replace("\xa0", " ") == expected


def test_a_question_is_not_ended_twice():
    assert "Will it rain? News archive" in plain(citation(title="Will it rain?"))


def test_names_link_to_their_pages_and_similar_articles_show_common_names(
    client, publish, article
):
    page = soup(client.get(article.url))
    authors = page.find(class_="article__authors").find_all("a")
    assert [a.get_text() for a in authors] == ["Әсем Ұлықбекқызы"]
    assert client.get(authors[0]["href"]).status_code == 200
    day = page.find("a", class_="article__date")["href"]
    assert day == "/kk/archive/2025/06/14/"


def test_languages_are_shown_with_their_state(client, article, translated):
    translated(article, "ru", title="Форум")
    row = soup(client.get(article.url)).find(class_="article__record")
    states = [li.get_text(" ", strip=True) for li in row.dd.find_all("li")]
    assert len(states) == 3
    assert "түпнұсқа" in states[0]
    assert "аударылмаған" in states[2]


def test_an_outdated_version_shows_since_when_it_is_outdated(
    client, article, homes, locales, django_capture_on_commit_callbacks
):
    homes["ru"].save_revision().publish()
    with django_capture_on_commit_callbacks(execute=True):
        translation = submit(article, locales["ru"])
        translate(translation)
        translation.save_target(publish=True)
    target = ArticlePage.objects.get(
        translation_key=article.translation_key, locale=locales["ru"]
    )
    target.get_parent().specific.save_revision().publish()
    with django_capture_on_commit_callbacks(execute=True):
        source = republish(article, lead="Басқа сөйлем.")
    row = soup(client.get(source.url)).find(class_="article__record").dd
    russian = row.find_all("li")[1].get_text(" ", strip=True)
    assert "Русский" in russian
    assert "өзгерістер әлі аударылмаған" in russian
    text = soup(client.get(target.url)).find(class_="article__record").dd.get_text()
    assert "оригинал изменён" in text


def test_similar_articles_show_their_common_names(client, publish):
    places = [
        Place.objects.create(name=name, locale=locale_of("kk"))
        for name in ("Арал", "Сырдария")
    ]
    pages = [
        publish(title=title, places=[ArticlePlace(place=place) for place in places])
        for title in ("Теңіз деңгейі көтерілді", "Балықшылар қайтты")
    ]
    similar = soup(client.get(pages[0].url)).find(class_="article__similar")
    assert similar.a.get_text() == "Балықшылар қайтты"
    assert "Арал, Сырдария" in similar.find(class_="facts").get_text()
