"""The comparison with stock Wagtail uses only queries that both can answer."""

from datetime import UTC, datetime

import pytest

from benchmarks.search.known_items import Item, items, recall
from search.index import entries
from search.index.documents import IndexDocument

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive() -> None:
    titles = ["Мектеп ашылды", "Мектептер жабылды", "Мектептің жылы"]
    entries.put_many(
        [
            IndexDocument(
                key=f"one:{number}",
                group=f"one:{number}",
                locale="kk",
                url="/",
                title=title,
                lead="",
                body="",
                names="",
                published_at=datetime(2020, 1, 1, tzinfo=UTC),
            )
            for number, title in enumerate(titles)
        ]
    )


def test_all_forms_of_a_noun_are_relevant_and_one_in_use_is_asked_for(archive):
    (school,) = [one for one in items(other=False) if one.query.startswith("мектеп")]
    assert len(school.relevant) == 3
    assert school.query in {"мектеп", "мектептер", "мектептің"}


def test_an_engine_is_measured_by_the_best_ten():
    known = [Item("a", frozenset({1, 2})), Item("b", frozenset(range(20)))]
    assert recall(lambda text: [1, 7] if text == "a" else [*range(10)], known) == 0.75
