"""The migrated database of an earlier run is used only where it would be made alike."""

import sqlite3
from contextlib import closing

import pytest

from tests.conftest import ROOT
from tests.kept_database import KEPT_FILES, KeptDatabase, fingerprint, forget, sources

FILES = {
    "search/migrations/0001_initial.py": "from search.triggers import FIRST\n",
    "search/triggers.py": "from search.names import NAME\nFIRST = NAME\n",
    "search/names.py": 'NAME = "entries"\n',
    "search/ranking.py": "WEIGHT = 1\n",
    "newsroom/settings/base.py": "LANGUAGES = []\n",
    "locale/kk/LC_MESSAGES/django.po": 'msgid "Home"\n',
    "requirements-dev.txt": "django==5.2\n",
}


@pytest.fixture
def tree(tmp_path):
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return tmp_path


@pytest.mark.parametrize("name", sorted(FILES.keys() - {"search/ranking.py"}))
def test_a_change_to_what_migrations_read_makes_a_new_database(tree, name):
    before = fingerprint(tree)
    (tree / name).write_text(FILES[name] + "# changed\n", "utf-8")
    assert fingerprint(tree) != before


def test_a_new_a_renamed_and_a_deleted_migration_make_a_new_database(tree):
    prints = [fingerprint(tree)]
    second = tree / "search/migrations/0002_more.py"
    second.write_text("", "utf-8")
    prints.append(fingerprint(tree))
    second.rename(second.with_name("0003_more.py"))
    prints.append(fingerprint(tree))
    assert len(set(prints)) == 3
    second.with_name("0003_more.py").unlink()
    assert fingerprint(tree) == prints[0]


def test_a_change_elsewhere_uses_the_kept_database(tree):
    before = fingerprint(tree)
    (tree / "search/ranking.py").write_text("WEIGHT = 2\n", "utf-8")
    assert fingerprint(tree) == before


def test_sources_of_the_database_include_migrations_and_what_they_import():
    names = {str(path.relative_to(ROOT)) for path in sources(ROOT)}
    assert {
        "search/migrations/0001_initial.py",
        "search/index/triggers.py",
        "home/editions.py",
        "newsroom/access/roles.py",
        "newsroom/settings/test.py",
        "locale/kk/LC_MESSAGES/django.po",
        "requirements-dev.txt",
    } <= names


def rows(database: sqlite3.Connection) -> list:
    return database.execute("SELECT name FROM pages").fetchall()


def test_a_copy_holds_what_was_committed(tmp_path):
    kept = KeptDatabase(tmp_path, "key")
    with closing(sqlite3.connect(":memory:")) as first:
        assert not kept.restore(first)
        first.executescript("CREATE TABLE pages (name); INSERT INTO pages VALUES (1)")
        kept.keep(first)
    with closing(sqlite3.connect(":memory:")) as second:
        assert kept.restore(second)
        assert rows(second) == [(1,)]
        second.execute("DELETE FROM pages")
        second.commit()
    with closing(sqlite3.connect(":memory:")) as third:
        assert kept.restore(third)
        assert rows(third) == [(1,)]


def test_a_copy_that_was_interrupted_is_not_used(tmp_path):
    kept = KeptDatabase(tmp_path, "key")
    kept.file.with_suffix(".unfinished").write_bytes(b"half")
    with closing(sqlite3.connect(":memory:")) as database:
        assert not kept.restore(database)
        kept.keep(database)
    assert [file.name for file in tmp_path.iterdir()] == ["key.sqlite3"]


def test_only_the_copies_used_last_stay_and_forget_deletes_them(tmp_path):
    with closing(sqlite3.connect(":memory:")) as database:
        for number in range(KEPT_FILES + 2):
            KeptDatabase(tmp_path, str(number)).keep(database)
    assert len(list(tmp_path.glob("*.sqlite3"))) == KEPT_FILES
    forget(tmp_path)
    assert list(tmp_path.iterdir()) == []
