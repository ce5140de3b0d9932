import pytest

from tests.search.scoring import terms


@pytest.fixture(autouse=True)
def known(monkeypatch):
    """Replace the query for statistics; return the arguments that it gets."""
    asked = {}

    def statistics(locales, stems, prefixes):
        asked.update(locales=locales, stems=stems, prefixes=prefixes)
        return terms.statistics(stems, prefixes)

    monkeypatch.setattr("search.ranking.ranker.statistics", statistics)
    return asked
