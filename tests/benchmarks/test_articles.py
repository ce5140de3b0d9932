"""The articles of the benchmark are reproducible and indexed like others."""

from itertools import islice

import pytest

from benchmarks.search.articles import SHORT, Articles
from benchmarks.search.loading import RememberingLines, check
from search.index.documents import IndexDocument


@pytest.fixture(scope="module")
def articles(request) -> Articles:
    from tests.conftest import SHARED

    if not SHARED.is_dir():
        pytest.skip("../shared is absent: its data come with a development checkout")
    return Articles(SHARED / "data" / "kazakh")


def test_a_small_archive_is_the_beginning_of_a_large_one(articles):
    assert list(articles.records(20)) == list(islice(articles.records(60), 20))


def test_every_entry_has_a_key_of_its_own_and_shares_its_group(articles):
    records = list(articles.records(200))
    assert len({record.key for record in records}) == 200
    groups = {record.group for record in records}
    assert 100 < len(groups) < 200


def test_analysis_that_remembers_lines_changes_no_entry(articles):
    remembering = RememberingLines()
    check(remembering, articles.records(40, SHORT))
    check(remembering, articles.records(40, SHORT))
    assert remembering.known


def test_a_line_that_is_read_otherwise_alone_is_noticed(articles):
    record = next(articles.records(1))
    plain = {name: getattr(record, name) for name in IndexDocument.__slots__}
    mixed = IndexDocument(
        **plain | {"body": f"{record.body}\ndelegatsiya prinyala uchastie"}
    )
    with pytest.raises(ValueError, match="body"):
        check(RememberingLines(), [mixed])
