"""A rebuild is verified exactly for large sequence numbers."""

import pytest
from django.db import connection

from search.index import entries
from search.models import Change, Entry
from search.replica.cluster import writing_client
from search.replica.consistency import compare_replica, is_even
from search.replica.rebuilding import Rebuild
from search.replica.schema import SEQ_PART_BITS, seq_parts
from search.replica.writing import checkpoint
from tests.search.records import record
from tests.search.replica.archive import filled
from tests.search.replica.running import assert_same

pytestmark = pytest.mark.django_db

LAST = 2**63 - 1


@pytest.mark.parametrize("seq", [0, 1, 2**21, 2**42 - 1, 2**53 + 1, 2**62 + 5, LAST])
def test_the_parts_of_a_number_are_its_digits(seq):
    parts = list(seq_parts(seq).values())
    assert sum(part << place * SEQ_PART_BITS for place, part in enumerate(parts)) == seq
    # 2^32 documents, more than two shards can hold: their sum is exact as a double.
    assert all(part << 32 <= 2**53 for part in parts)


def number_from(first: int) -> None:
    """Continue the log at *first*."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "UPDATE sqlite_sequence SET seq = %s WHERE name = 'search_change'",
                [first - 1],
            )
            if not cursor.rowcount:
                cursor.execute(
                    "INSERT INTO sqlite_sequence VALUES ('search_change', %s)",
                    [first - 1],
                )
        else:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('search_change', 'seq'), %s,"
                " false)",
                [first],
            )


@pytest.mark.elasticsearch
@pytest.mark.parametrize(
    "first",
    [
        pytest.param(2**53 - 10, id="the sum is past 2^53"),
        pytest.param(2**53 + 1, id="each is past 2^53"),
        pytest.param(2**62, id="the sum is past 2^63"),
        pytest.param(LAST - 100, id="each is near 2^63"),
    ],
)
def test_a_rebuild_succeeds_and_notices_one_that_differs(own_database, cluster, first):
    client = writing_client(cluster)
    entries.put(record("small", "форум"))
    number_from(first)
    filled(20)
    assert Change.objects.latest("seq").seq == first + 19
    index = Rebuild(client, cluster, str).run()
    assert_same(cluster)
    place = checkpoint(client, index)
    assert place.seq == first + 19
    assert is_even(client, place)
    # A number that differs in its last digit, which a double does not hold.
    entry = Entry.objects.get(key="old-7:kk")
    Entry.objects.filter(pk=entry.pk).update(seq=entry.seq - 1)
    assert not is_even(client, place)
    assert compare_replica(client, index).stale == ["old-7:kk"]
