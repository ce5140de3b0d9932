"""A small archive for each module of tests, and every engine over it.

A module has its documents in ``ARCHIVE``: by key, either the language, the title and
the names of entities, or the document itself. ``NAMES`` are names in several languages,
by group and language.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from search.engines import Engine
from search.engines.choice import database_engine
from search.index import synonyms
from search.models import Synonym
from search.results import search as results
from tests.search.contract.engines import (
    ask_only,
    cleared_afterwards,
    in_elasticsearch,
    put,
    titled,
)

LANGUAGES = ("kk", "ru", "en")
Found = Callable[..., set[str]]


@pytest.fixture(scope="module")
def archive(request, django_db_setup, django_db_blocker) -> Iterator[None]:
    documents: Mapping[str, Any] = request.module.ARCHIVE
    short = {key: one for key, one in documents.items() if isinstance(one, tuple)}
    whole = [one for one in documents.values() if not isinstance(one, tuple)]
    with django_db_blocker.unblock():
        for group, texts in getattr(request.module, "NAMES", {}).items():
            synonyms.put(group, texts, are_names=True)
        put([*titled(short), *whole])
        with cleared_afterwards(documents):
            yield
        Synonym.objects.all().delete()


@pytest.fixture(scope="module")
def elasticsearch_engine(archive, elasticsearch_node) -> Iterator[Engine]:
    with in_elasticsearch(elasticsearch_node, "typed") as engine:
        yield engine


@pytest.fixture(params=["database", "elasticsearch"])
def engine(request, archive, monkeypatch) -> Engine:
    """Return the engine that answers all searches of the test."""
    engine: Engine = (
        database_engine()
        if request.param == "database"
        else request.getfixturevalue("elasticsearch_engine")
    )
    ask_only(engine, monkeypatch)
    return engine


@pytest.fixture
def found(engine) -> Found:
    """Search in some languages, or all; return the keys of what is found."""

    def search(query: str, *locales: str, loosen: bool = False) -> set[str]:
        asked = results.Search(query, locales or LANGUAGES, may_loosen=loosen, limit=50)
        return {hit.entry.key for hit in results.find(asked).results}

    return search
