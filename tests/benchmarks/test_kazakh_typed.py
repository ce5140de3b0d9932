"""The table of make bench-kazakh: bars, rows, and what counts against a figure."""

import pytest

from benchmarks.kazakh_typed import __main__ as table
from benchmarks.kazakh_typed.data import Data
from benchmarks.kazakh_typed.rows import ROWS, Count, Figure, row


def test_a_figure_holds_at_its_bar_and_not_beyond():
    assert Figure("met", 93, 100, least=0.93).holds
    assert not Figure("met", 92, 100, least=0.93).holds
    assert Count("wrong", 3, 26, most=3).holds
    assert not Count("wrong", 4, 26, most=3).holds


def test_a_figure_is_written_like_its_bar():
    share = Figure("met", 1, 8, least=0.93)
    assert (str(share), share.bar) == ("12.5% of 8", "≥ 93.0%")
    count = Count("found", 7, 8, least=5, most=9)
    assert (str(count), count.bar) == ("7 of 8", "≥ 5, ≤ 9")


def test_two_rows_do_not_share_a_name():
    name = next(iter(ROWS))
    with pytest.raises(ValueError, match="two rows"):
        row(name, "Again")(lambda _data: iter(()))


@pytest.fixture
def data(tmp_path):
    (tmp_path / "news-sentences.txt").write_text("Қалалар мен қалалар\nжаңа\n")
    (tmp_path / "economy_gov_kz.kk-en.tsv").write_text("сала\tThe sector\n")
    (tmp_path / "names-first.txt").write_text("# names\nҚанат\n")
    (tmp_path / "names-surnames.txt").write_text("Абаев\n")
    (tmp_path / "pairs.tsv").write_text("# pairs\nҚанат\tқанады\nҚала\tқаланың\n")
    return Data(tmp_path)


def test_words_are_counted_in_lower_case_and_english_ones_apart(data):
    assert dict(data.counts) == {"қалалар": 2, "мен": 1, "жаңа": 1}
    assert data.english == ["the", "sector"]
    assert dict(Data(data.folder, types=1).counts) == {"қалалар": 2}


def test_a_pair_that_meets_counts_against_the_row(data):
    (meeting,) = ROWS["pairs"].measure(data)
    assert (meeting.count, meeting.total) == (1, 2)
    assert meeting.errors == ("Қала, қаланың: қала",)


def test_the_command_prints_the_rows_asked_for(data, capsys, monkeypatch):
    arguments = ["bench", "--data", str(data.folder), "--rows", "pairs"]
    monkeypatch.setattr("sys.argv", [*arguments, "--errors", "1"])
    table.main()
    printed = capsys.readouterr().out
    assert "| meet | 1 of 2 | ≤ 3 | holds |" in printed
    assert "Қала, қаланың" in printed
    assert "stem met" not in printed
