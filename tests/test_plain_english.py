"""Violations that the check of docstrings, comments and messages reports."""

from pathlib import Path

import pytest

from scripts.plain_english import BANNED_WORDS, VERBS_FILE, complaints_about

ROOT = Path(__file__).resolve().parents[1]

VERBS = set(VERBS_FILE.read_text(encoding="utf-8").split())


@pytest.fixture
def complaints(tmp_path):
    """Return a function that gives the (line, rest) of what is said of a source."""

    def of(source: str) -> list[str]:
        path = tmp_path / "module.py"
        path.write_text(source, encoding="utf-8")
        return [
            complaint.removeprefix(f"{path}:")
            for complaint in complaints_about(path, VERBS)
        ]

    return of


@pytest.mark.parametrize(
    ("source", "line", "word"),
    [
        ('def f():\n    """The answer."""\n', 2, '"The"'),
        ('def f():\n    """Return whatever comes."""\n', 2, '"whatever"'),
        ('"""Which pages are kept."""\n', 1, '"Which"'),
        ('class A:\n    """How it is done."""\n', 2, '"How"'),
        ('X = 1\n"""What lists show."""\n', 2, '"What"'),
        ('X: int = 1\n"""Numbers that are looked at."""\n', 2, '"looked at"'),
        ('class A:\n    x = 1\n    """Is part of tags."""\n', 3, '"Is"'),
        ("# Written anew each time.\n", 1, '"anew"'),
        ('say("The log no longer leads on.")\n', 1, '"leads on"'),
        ('say(f"The log {x} meanwhile goes on so.")\n', 1, '"meanwhile"'),
    ],
)
def test_banned_words_are_reported_in_every_kind_of_text(
    complaints, source, line, word
):
    (complaint,) = complaints(source)
    assert complaint.startswith(f"{line}: {word}")


@pytest.mark.parametrize(
    "source",
    [
        'def f():\n    """Return the answer."""\n',
        '@property\ndef f():\n    """The answer."""\n',
        '@pytest.fixture\ndef f():\n    """The answer."""\n',
        'def test_f():\n    """The answer may be missing."""\n',
        'X = 1\n"""Maximum length."""\n',
        'WORD = "away"\n',
        'f(x)\n"What is no docstring of an attribute"\n',
    ],
)
def test_plain_english_and_single_words_are_not_reported(complaints, source):
    assert complaints(source) == []


def test_no_document_has_a_banned_word():
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    documents += (ROOT / "tests").rglob("*.md")
    assert len(documents) > 50
    assert [
        f"{path.relative_to(ROOT)}:{number}: {word}"
        for path in documents
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        for word in BANNED_WORDS.findall(line)
    ] == []
