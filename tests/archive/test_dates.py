"""The archive by year, month and day."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from newsroom.articles.models import ArticlePage
from search.results import dates
from search.results.dates import Span
from tests.archive.conftest import at, soup
from tests.factories import make_section

pytestmark = pytest.mark.django_db
DAY = "/kk/archive/2025/06/14/"


def test_a_day_ends_at_midnight_in_almaty(client, publish):
    publish(title="Кешкі жаңалық", published_at=at(2025, 6, 14, 23, 30))
    publish(title="Түнгі жаңалық", published_at=at(2025, 6, 15, 0, 10))
    text = soup(client.get(DAY)).main.get_text()
    assert "Кешкі жаңалық" in text
    assert "Түнгі жаңалық" not in text


def test_the_last_evening_of_a_year_is_of_that_year(client, publish):
    publish(published_at=at(2024, 12, 31, 23, 30))
    assert client.get("/kk/archive/2024/12/31/").status_code == 200
    assert client.get("/kk/archive/2025/").status_code == 404


def test_an_editor_abroad_publishes_on_the_day_of_the_site(client, publish):
    with timezone.override("America/New_York"):
        publish(published_at=at(2025, 1, 1, 0, 30))
    assert dates.entries_in(Span.year(2025), "kk").count() == 1
    response = client.get("/kk/search/", {"month": "2025-01"})
    assert "Қызылордада форум" in soup(response).main.get_text()


@pytest.mark.parametrize(
    "path",
    [
        "2025/06/15/",
        "2025/07/",
        "2024/",
        "2025/02/30/",
        "2025/13/",
        "2025/00/",
        "2025/06/00/",
        "0000/",
        "3000/",
        "2025/6/14/",
    ],
)
def test_invalid_dates_and_dates_without_articles_are_not_found(client, publish, path):
    publish(published_at=at(2025, 6, 14, 12))
    assert client.get(f"/kk/archive/{path}").status_code == 404


def test_a_day_with_articles_in_another_language_only_links_to_it(
    client, publish, translated
):
    article = publish(published_at=at(2025, 6, 14, 12))
    translated(article, "ru", title="Форум")
    article.unpublish()
    response = client.get(DAY)
    assert response.status_code == 200
    assert soup(response).find("meta", {"name": "robots"})["content"] == "noindex"
    links = [a["href"] for a in soup(response).main.find_all("a", hreflang="ru")]
    assert links == [DAY.replace("/kk/", "/ru/")]
    assert client.get(links[0]).status_code == 200


def test_a_page_counts_its_language_and_names_the_others(client, publish, translated):
    article = publish(published_at=at(2025, 6, 14, 12))
    publish(published_at=at(2025, 6, 14, 13))
    translated(article, "ru", title="Форум")
    page = soup(client.get(DAY))
    assert "2" in page.find(class_="archive__count").get_text()
    other = page.find(class_="archive__elsewhere").a
    assert (other["hreflang"], other["href"]) == ("ru", DAY.replace("/kk/", "/ru/"))
    alternates = {link["hreflang"] for link in page.find_all("link", hreflang=True)}
    assert alternates == {"kk", "kk-Latn", "kk-Arab", "ru", "x-default"}


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("2025/06/14/", "2023/01/02/", "2025/08/01/"),
        ("2025/06/", "2023/01/", "2025/08/"),
        ("2025/", "2023/", "2026/"),
    ],
)
def test_previous_and_next_pass_over_what_is_empty(
    client, publish, path, before, after
):
    for moment in ((2023, 1, 2), (2025, 6, 14), (2025, 8, 1), (2026, 2, 3)):
        publish(published_at=at(*moment, 12))
    page = soup(client.get(f"/kk/archive/{path}"))
    assert page.find("a", rel="prev")["href"] == f"/kk/archive/{before}"
    assert page.find("a", rel="next")["href"] == f"/kk/archive/{after}"


def test_a_month_is_a_table_of_weeks_from_monday(client, publish):
    publish(published_at=at(2025, 6, 1, 12))  # a Sunday
    publish(published_at=at(2025, 6, 30, 23, 59))  # a Monday
    table = soup(client.get("/kk/archive/2025/06/")).find("table", class_="calendar")
    heads = [th.get_text(" ", strip=True) for th in table.thead.find_all("th")]
    assert len(heads) == 7
    assert "Дүйсенбі" in heads[0]
    assert all(th["scope"] == "col" for th in table.thead.find_all("th"))
    rows = [row.find_all("td") for row in table.tbody.find_all("tr")]
    assert rows[0][6].a["href"] == "/kk/archive/2025/06/01/"
    assert rows[-1][0].a["href"] == "/kk/archive/2025/06/30/"
    assert len(table.find_all("a")) == 2


def expire(page: ArticlePage) -> None:
    page.unpublish()


def hide(page: ArticlePage) -> None:
    page.view_restrictions.create(restriction_type="login")


def hide_section(page: ArticlePage) -> None:
    page.get_parent().view_restrictions.create(restriction_type="login")


@pytest.mark.parametrize("withdraw", [expire, hide, hide_section, Page.delete])
def test_articles_that_are_not_public_are_not_counted(client, publish, withdraw):
    article = publish(published_at=at(2025, 6, 14, 12))
    assert client.get(DAY).status_code == 200
    withdraw(article)
    assert client.get(DAY).status_code == 404
    assert "2025" not in soup(client.get("/kk/archive/")).main.get_text()


def test_a_moved_article_with_a_new_title_stays_on_its_day(client, homes, publish):
    article = publish(published_at=at(2025, 6, 14, 12))
    article.move(make_section(homes["kk"], title="Мәдениет"), pos="last-child")
    article = ArticlePage.objects.get(pk=article.pk)
    article.title = "Жаңа тақырып"
    article.save_revision().publish()
    link = soup(client.get(DAY)).find("article").a
    assert link.get_text() == "Жаңа тақырып"
    assert link["href"] == ArticlePage.objects.get(pk=article.pk).url


def test_a_years_months_are_counted(client, publish):
    for moment in ((2025, 1, 2), (2025, 6, 14), (2025, 6, 15)):
        publish(published_at=at(*moment, 12))
    page = soup(client.get("/kk/archive/2025/"))
    assert page.find("a", href="/kk/archive/2025/06/").find(
        class_="counted__number"
    ).get_text() == ("2")
    assert not page.find("a", href="/kk/archive/2025/07/")


@pytest.mark.parametrize("path", ["", "2025/", "2025/06/", "2025/06/14/"])
def test_more_articles_take_no_more_queries(client, publish, path):
    counts = []
    for number in range(8):
        publish(title=f"Форум {number}", published_at=at(2025, 6, 14, 12))
        if number in (1, 7):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/kk/archive/{path}").status_code == 200
            counts.append(len(queries))
    assert counts[0] == counts[1] < 25


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own plans")
def test_no_page_reads_all_entries(publish):
    publish(published_at=at(2025, 6, 14, 12))
    span = Span.day(at(2025, 6, 14).date())
    with CaptureQueriesContext(connection) as queries:
        list(dates.entries_in(span, "kk")[:20])
        dates.by_language(span, ["kk", "ru"])
        dates.around(span, "kk")
        dates.days(span, "kk")
        dates.years("kk")
        dates.months(2025, "kk")
    asked = [q["sql"] for q in queries.captured_queries]
    assert len(asked) >= 8
    for sql in asked:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = [row[3] for row in cursor.fetchall()]
        touching = [line for line in plan if "search_entry" in line]
        assert touching, sql
        assert all("USING" in line and "search_in_time" in line for line in touching)


@pytest.mark.parametrize("page", ["0", "x", "99", "1e9"])
def test_a_page_number_of_any_kind_gets_a_page(client, publish, page):
    publish(published_at=at(2025, 6, 14, 12))
    assert client.get(DAY, {"page": page}).status_code == 200
