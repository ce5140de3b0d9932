"""The queries of the desk use indexes only, for large archives."""

import pytest
from django.core.paginator import Paginator
from django.db import connection
from django.test import RequestFactory
from wagtail.models import Page

from newsroom.translation.desk.views import DeskPaginator, DeskView
from newsroom.translation.models import TranslationStatus
from tests.translation.rows import fill
from tests.translation.segments import account


def asked(user, **parameters):
    """Return the rows that the desk would show *user*, in order."""
    request = RequestFactory().get("/", parameters)
    request.user = user
    view = DeskView()
    view.setup(request)
    return view.get_queryset()


def test_either_half_of_the_pages_is_in_the_same_order(locales):
    fill(locales, 120)
    user = account("editor", "News editors")
    for ordering in ("waiting_since", "-waiting_since", "headline", "-headline"):
        rows = asked(user, ordering=ordering).values_list("pk", flat=True)
        plain, quick = Paginator(rows, 7), DeskPaginator(rows, 7)
        for number in plain.page_range:
            expected = list(plain.page(number))
            assert list(quick.page(number)) == expected
            assert quick.page(number).start_index() == plain.page(number).start_index()


def test_a_list_of_nothing_has_one_page(db):
    assert (
        list(DeskPaginator(TranslationStatus.objects.order_by("pk"), 7).page(1)) == []
    )


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite names what it reads")
@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"ordering": "headline"},
        {"ordering": "-waiting_since"},
        {"kind": "news"},
        {"kind": "news", "ordering": "-headline"},
        {"section": "{section}"},
        {"waiting": "7"},
        {"state": "outdated"},
        {"state": "outdated", "language": "ru", "kind": "news"},
        {"state": "not_started", "language": "ru", "waiting": "30"},
        {"language": "en", "ordering": "headline"},
        {"translator": "{user}"},
    ],
    ids=str,
)
@pytest.mark.parametrize("may_all", [True, False], ids=["superuser", "translator"])
def test_rows_are_counted_and_sorted_without_being_read(sections, may_all, parameters):
    user = account("someone", "Translators: ru")
    user.is_superuser = may_all
    known = {"section": sections["kk"].translation_key, "user": user.pk}
    chosen = {name: value.format(**known) for name, value in parameters.items()}
    rows = asked(user, **chosen)
    # Who sees a draft depends on where its pages are: these are looked up one by one.
    tables = ("newsroom_translation_translationstatus ", "U0 " if may_all else "V0 ")
    for question in (rows.values_list("pk"), rows.order_by().values_list("state")):
        plan = question.explain()
        for line in plan.splitlines():
            assert "COVERING INDEX" in line or not any(t in line for t in tables), plan


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite names what it reads")
def test_the_top_of_the_tree_is_found_without_reading_all_pages(db):
    for depth in (1, 2):
        plan = Page.objects.filter(depth=depth).explain()
        assert f"newsroom_pages_of_depth_{depth}" in plan
