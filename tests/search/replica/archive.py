"""An archive that changes at random, and the queries that are run in the meantime."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from django.db import transaction

from search.engines import choice
from search.index import entries, facet_values
from search.index.documents import IndexDocument, Value
from search.models import Entry
from search.replica import nodes
from search.replica.cluster import Cluster, writing_client
from search.results.search import Search, find
from tests.search.records import LONG_AGO, place, record

TITLES = "форум қала өзен тасқын көктем егін жол мектеп аурухана спорт".split()
PLACES = ["Орал", "Атырау", "Ақтау", "Семей"]
QUERIES = ["форум", "тасқын өзен", "егін OR жол", "форум -қала", "жоқсөз", "place:Орал"]


# What happens to an archive, and how often in a hundred times.
KINDS = {"put": 45, "batch": 5, "remove": 20, "move": 15, "rename": 5, "roll back": 10}


class RolledBackError(Exception):
    """Error that rolls a transaction back."""


def made_up(random: Random, number: int) -> IndexDocument:
    """Return a record that differs from call to call."""
    named = random.choice(PLACES)
    return record(
        f"article-{number}",
        " ".join(random.sample(TITLES, 3)),
        body=" ".join(random.choices(TITLES, k=30)),
        url=f"/kk/article-{number}-{random.randrange(1000)}/",
        published_at=LONG_AGO + timedelta(days=random.randrange(3000)),
        values=(place(named, kk=named),),
    )


def change(random: Random, size: int = 120) -> str:
    """Change something, or nothing; return what was done."""
    number = random.randrange(size)
    (kind,) = random.choices([*KINDS], [*KINDS.values()])
    if kind == "put":
        entries.put(made_up(random, number))
    elif kind == "batch":
        numbers = random.sample(range(size), 5)
        entries.put_many([made_up(random, number) for number in numbers])
    elif kind == "remove":
        entries.remove([f"article-{number}:kk"])
    elif kind == "move":
        _move(random)
    elif kind == "rename":
        with transaction.atomic():
            name = random.choice(PLACES)
            facet_values.rename("place", name, {"kk": f"{name} {random.randrange(9)}"})
            entries.put(made_up(random, number))
    else:
        _roll_back(random, number)
    return kind


def _move(random: Random) -> None:
    """Change only the URL."""
    entry = Entry.objects.filter(pk__gte=random.randrange(100)).first()
    if entry is not None:
        names = {
            name: getattr(entry, name)
            for name in IndexDocument.__slots__
            if name != "values"
        }
        at = facet_values.FacetValue.objects.filter(
            pk__in=map(facet_values.pk_of, entry.value_ids), facet="place"
        )
        held = tuple(Value(v.facet, v.key, v.labels) for v in at)
        url = f"/kk/moved-{random.randrange(10**6)}/"
        entries.put(IndexDocument(**{**names, "url": url, "values": held}))


def _roll_back(random: Random, number: int) -> None:
    try:
        with transaction.atomic():
            entries.put(made_up(random, number))
            entries.remove([f"article-{(number + 1) % 120}:kk"])
            raise RolledBackError
    except RolledBackError:
        pass


def filled(count: int, *, size: int = 30) -> None:
    """Fill the archive with this number of entries."""
    random = Random(count)
    records = [
        record(
            f"old-{number}",
            " ".join(random.sample(TITLES, 2)),
            body=" ".join(random.choices(TITLES, k=size)),
        )
        for number in range(count)
    ]
    for start in range(0, count, entries.BATCH_SIZE):
        entries.put_many(records[start : start + entries.BATCH_SIZE])


def answers(*, queries: list[str] = QUERIES) -> Iterator[tuple[str, bool, list]]:
    """Yield (engine, whether it is the fallback, results) for every query."""
    for query in queries:
        found = find(Search(query, ("kk",), prefer_new=False, facets=("place", "year")))
        shown = [found.total, [hit.entry.key for hit in found.results], found.facets]
        yield found.engine, found.is_reduced, shown


def assert_answers_agree(cluster: Cluster, settings) -> None:
    """Assert that the cluster answers, with the results of the database's engine."""
    writing_client(cluster).indices.refresh(index=cluster.index)
    by_cluster = list(answers())
    assert {(engine, reduced) for engine, reduced, _ in by_cluster} == {
        ("elasticsearch", False)
    }
    site = settings.SEARCH_ELASTICSEARCH
    settings.SEARCH_ELASTICSEARCH = None
    by_database = list(answers())
    settings.SEARCH_ELASTICSEARCH = site
    assert {reduced for _, reduced, _ in by_database} == {False}
    assert [one[2] for one in by_cluster] == [one[2] for one in by_database]


def forget_failures() -> None:
    """Reset the known failures to those of a new process: none."""
    choice._breakers.clear()
    choice._lags.clear()
    nodes.forget()
