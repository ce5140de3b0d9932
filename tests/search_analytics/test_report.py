from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook
from wagtail.users.models import UserProfile

from newsroom.search_analytics.models import QueryCount
from newsroom.search_analytics.views import search_url
from tests.search_analytics.factories import count

FREQUENT, UNANSWERED = "insight:frequent", "insight:unanswered"


@pytest.fixture
def log_in(client, db):
    def as_one_of(role: str):
        user = get_user_model().objects.create_user(role)
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        return client

    return as_one_of


@pytest.fixture
def editor(log_in):
    return log_in("News editors")


def shown(client, view: str = FREQUENT, **parameters) -> list[str]:
    response = client.get(reverse(view), parameters)
    assert response.status_code == 200
    return [row["text"] for row in response.context["object_list"]]


def test_days_are_summed_and_the_most_frequent_come_first(editor):
    count("қала", searches=2, without_results=1, last_total=0, days_ago=3)
    count("қала", searches=4, without_results=1, last_total=7, days_ago=1)
    count("форум", searches=5, last_total=9)
    rows = editor.get(reverse(FREQUENT)).context["object_list"]
    assert [(row["text"], row["asked"]) for row in rows] == [("қала", 6), ("форум", 5)]
    found = rows[0]
    assert (found["unanswered"], found["share"], found["last_found"]) == (2, 33, 7)
    assert found["last_day"] == QueryCount.objects.get(searches=4).day


def test_queries_without_results_are_listed_by_how_often_that_was(editor):
    count("found", searches=50)
    count("seldom", searches=40, without_results=2)
    count("often", searches=5, without_results=5)
    assert shown(editor, UNANSWERED) == ["often", "seldom"]


@pytest.mark.parametrize("view", [FREQUENT, UNANSWERED])
def test_queries_made_only_once_are_not_shown(editor, view):
    count("once", searches=1, without_results=1)
    count("twice", searches=1, without_results=1)
    count("twice", searches=1, without_results=1, days_ago=1)
    assert shown(editor, view) == ["twice"]
    exported = editor.get(reverse(view), {"export": "csv"}).getvalue().decode()
    assert "once" not in exported
    assert "twice" in exported


def test_a_query_counts_only_with_what_was_asked_in_the_period(editor):
    count("now", searches=1)
    count("now", searches=8, days_ago=30)
    assert shown(editor) == []
    assert shown(editor, period="90") == ["now"]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, ["today", "day 29"]),
        ({"period": "30"}, ["today", "day 29"]),
        ({"period": "90"}, ["today", "day 29", "day 30"]),
        ({"period": "365"}, ["today", "day 29", "day 30", "day 364"]),
    ],
)
def test_a_period_ends_today(editor, parameters, expected):
    count("today", searches=9)
    for days_ago, searches in ((29, 8), (30, 7), (364, 6), (365, 5)):
        count(f"day {days_ago}", days_ago=days_ago, searches=searches)
    assert shown(editor, **parameters) == expected


def test_queries_are_counted_by_language(editor):
    for language in ("kk", "ru", "all"):
        count(f"in {language}", language=language)
    assert shown(editor, language="ru") == ["in ru"]
    assert shown(editor, language="all") == ["in all"]
    assert len(shown(editor)) == 3


def test_a_search_among_the_queries_heeds_no_case(editor):
    count("қала форумы")
    count("ауыл")
    assert shown(editor, q="ҚАЛА") == ["қала форумы"]


@pytest.mark.parametrize(
    "column", ["text", "asked", "unanswered", "share", "last_day", "no such column"]
)
def test_the_list_can_be_sorted_by_its_columns(editor, column):
    count("a", searches=4, without_results=1, days_ago=1)
    count("b", searches=5, without_results=4)
    ascending = shown(editor, ordering=column)
    assert sorted(ascending) == ["a", "b"]
    if column != "no such column":
        assert (ascending, shown(editor, ordering=f"-{column}")) == (
            ["a", "b"],
            ["b", "a"],
        )


def test_a_wrong_filter_is_no_error(editor):
    count("форум")
    assert shown(editor, period="x", language="y", p="99") == ["форум"]


@pytest.mark.parametrize("view", [FREQUENT, UNANSWERED])
def test_the_report_costs_the_same_for_many_queries_as_for_one(
    editor, view, django_assert_num_queries, django_assert_max_num_queries
):
    count("first", without_results=1)
    with django_assert_max_num_queries(100) as for_one:
        shown(editor, view)
    for number in range(60):
        count(f"query {number}", without_results=1)
    with django_assert_num_queries(len(for_one)) as for_many:
        assert len(shown(editor, view)) == 50
    own = [q["sql"] for q in for_many if 'FROM "insight_querycount"' in q["sql"]]
    assert len(own) == 2  # how many there are, and those of this page


def test_the_second_page_continues_the_first(editor):
    for number in range(60):
        count(f"query {number:02}")
    both = shown(editor) + shown(editor, p="2")
    assert both == [f"query {number:02}" for number in range(60)]


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_a_query_links_to_the_search_in_its_language(code, client, homes):
    with override("en"):
        assert search_url({"text": "қала & ел", "language": code}) == (
            f"/{code}/search/?q=%D2%9B%D0%B0%D0%BB%D0%B0+%26+%D0%B5%D0%BB"
        )


def test_a_query_in_several_languages_links_to_a_search_in_all():
    with override("ru"):
        assert search_url({"text": "ел", "language": "all"}) == (
            "/ru/search/?q=%D0%B5%D0%BB&language=all"
        )


def test_a_day_is_shown_without_a_time(editor):
    day = count("форум", days_ago=1).day
    page = editor.get(reverse(FREQUENT)).content.decode()
    assert f"{day:%d.%m.%Y}" in page


def test_readers_text_is_shown_as_text(editor):
    count("<script>alert(1)</script>")
    page = editor.get(reverse(FREQUENT)).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_a_tab_keeps_the_filters_of_the_other(editor):
    response = editor.get(reverse(FREQUENT), {"period": "90", "q": "ел", "p": "2"})
    frequent, unanswered = response.context["view"].tabs
    assert frequent["is_current"]
    assert not unanswered["is_current"]
    assert unanswered["url"] == reverse(UNANSWERED) + "?q=%D0%B5%D0%BB&period=90"


def test_results_alone_are_sent_when_a_filter_changes(editor):
    count("форум")
    page = editor.get(reverse("insight:frequent_results")).content.decode()
    assert "форум" in page
    assert "<html" not in page


def test_the_csv_is_in_the_users_language_and_has_no_formulas(editor):
    user = get_user_model().objects.get(pk=editor.session["_auth_user_id"])
    UserProfile.objects.create(user=user, preferred_language="en")
    count("=1+1", searches=9, without_results=3, last_total=4)
    count("-форум", searches=8, language="all")
    response = editor.get(reverse(FREQUENT), {"export": "csv"})
    lines = response.getvalue().decode().splitlines()
    today = QueryCount.objects.first().day.isoformat()
    assert lines[0].startswith("Query,")
    assert lines[1] == f"'=1+1,Kazakh,9,3,33,4,{today}"
    assert lines[2] == f"'-форум,In all languages,8,0,0,0,{today}"


def test_the_workbook_has_the_same_rows(editor):
    count("=1+1", searches=9, without_results=3, last_total=4)
    response = editor.get(reverse(UNANSWERED), {"export": "xlsx"})
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    heading, row = sheet.iter_rows()
    assert len(heading) == len(row) == 7
    assert row[0].data_type == "s"
    assert [cell.value for cell in row][2:6] == [9, 3, 33, 4]
    assert row[0].value == "=1+1"


@pytest.mark.parametrize("view", [FREQUENT, UNANSWERED])
@pytest.mark.parametrize("parameters", [{}, {"export": "csv"}])
def test_a_journalist_is_refused(log_in, view, parameters):
    response = log_in("Journalists").get(reverse(view), parameters)
    assert response.status_code == 302
    assert response.url == reverse("wagtailadmin_home")


def test_only_those_who_may_see_it_have_it_in_their_menu(log_in):
    link = reverse(FREQUENT)
    home = reverse("wagtailadmin_home")
    assert link in log_in("News editors").get(home).content.decode()
    assert link not in log_in("Journalists").get(home).content.decode()


def test_the_right_can_be_given_to_other_groups(admin_client):
    group = Group.objects.get(name="Journalists")
    page = admin_client.get(reverse("wagtailusers_groups:edit", args=[group.pk]))
    right = Permission.objects.get(codename="view_querycount")
    assert right in page.context["form"].fields["permissions"].queryset
