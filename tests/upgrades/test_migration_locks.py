"""Migrations after a kept version lock no table for long, or say why they may.

django-migration-linter reads the SQL that PostgreSQL would get.
"""

import pytest

from tests.upgrades import kept

# Migration -> what the linter may find there, with the reason.
STOPPED = (
    "the earlier version cannot add rows afterwards: the site is stopped for this one, "
    "and finish_upgrade --plan says so; PostgreSQL adds the column without a rewrite"
)
ACCEPTED: dict[str, dict[str, str]] = {
    "articles.0002_also_written": {"NOT_NULL": STOPPED},
    "articles.0003_article_orthography": {"NOT_NULL": STOPPED},
    "search.0003_entry_tag": {"NOT_NULL": STOPPED},
}


@pytest.fixture(scope="module", params=kept.versions())
def findings(request, postgresql_server, tmp_path_factory) -> dict[str, list[str]]:
    version = request.param
    folder = tmp_path_factory.mktemp(f"lint-{version}")
    database = kept.unpack_postgresql(version, postgresql_server, suffix="_lint")
    return kept.run_on(database, folder, "lint")


@pytest.mark.postgresql
def test_no_migration_locks_a_table_or_breaks_the_earlier_version(findings):
    assert len(findings) >= 3
    unexplained = {
        name: codes
        for name, codes in findings.items()
        if set(codes) - set(ACCEPTED.get(name, {}))
    }
    assert unexplained == {}


@pytest.mark.postgresql
def test_nothing_is_accepted_that_is_not_found(findings):
    for name, reasons in ACCEPTED.items():
        assert set(findings.get(name, ())) == set(reasons), name
