"""The data files: their form, and how they are made from text."""

from importlib.resources import files

import pytest

from search.languages.kazakh.data import FOLDER
from search.languages.kazakh.morphology import lexicon
from tools.kazakh import build_lexicon
from tools.kazakh.training import Estimate, Sources

FILES = ("support.tsv", "headwords.tsv", "endings.tsv")


def parts_of(name: str) -> tuple[str, list[str]]:
    path = files("search.languages.kazakh").joinpath("data", name)
    heading, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    return heading, body.splitlines()


@pytest.mark.parametrize("name", FILES)
def test_a_data_file_is_sorted_and_names_its_version_and_source(name: str) -> None:
    heading, rows = parts_of(name)
    assert f"Version {build_lexicon.VERSION}." in heading
    assert "hunspell-kk" in heading or "KazNERD" in heading
    keys = [row.rsplit("\t", 2 if name != "endings.tsv" else 1)[0] for row in rows]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys))


def test_the_dictionarys_part_carries_its_licence() -> None:
    heading, _ = parts_of("headwords.tsv")
    assert "Mozilla Public License Version 1.1" in heading
    assert "Akmaral Mussayeva" in heading


def test_inflected_entries_of_the_dictionary_are_left_out() -> None:
    stems = {row.split("\t")[0] for name in FILES[:2] for row in parts_of(name)[1]}
    assert {"қала", "кітап", "бол", "министр"} <= stems
    assert stems.isdisjoint({"қалалар", "болды", "жұмыстарын", "келген"})


def test_weights_tell_nouns_from_verbs() -> None:
    assert lexicon.weight("қала", "noun") > lexicon.weight("қала", "verb")
    assert lexicon.weight("бол", "verb") > lexicon.weight("бол", "noun")
    assert lexicon.frequency("қала") > lexicon.frequency("ғаламшар") >= 0
    assert lexicon.frequency("қвзхъ") == 0


def test_the_verb_of_a_dictionary_form() -> None:
    assert lexicon.verb_of("болу") == "бол"
    assert lexicon.verb_of("оқу") == "оқы"
    assert lexicon.verb_of("қою") == "қой"
    assert lexicon.verb_of("табу") == "тап"
    assert lexicon.verb_of("қорқу") == "қорық"
    assert lexicon.verb_of("кітап") is None


def test_words_of_a_hunspell_file() -> None:
    lines = ["5", "кітап/Ab", "есеб/Ab", "есеп/Ab", "оқы/Ab", "оқу/Mm", "жағу/Mm"]
    nouns, verbs = build_lexicon.dictionary_words([*lines, "қою/Mm", "abc/Ab"])
    assert nouns == {"кітап", "есеп", "оқы", "оқу", "жағу", "қою"}
    assert verbs == {"оқы", "жақ", "қой"}


def test_stems_are_learned_from_plain_words() -> None:
    text = "тоба тобаның тобаға тобадан тобалар тобаларда тобасы тобасын құмға құмды"
    nothing: frozenset[str] = frozenset()
    sources = Sources(nothing, nothing, frozenset({("құм", "noun")}))
    estimate = Estimate(sources, build_lexicon.analysed(text.split()))
    for _ in range(3):
        estimate.improve()
    rows = build_lexicon.tables(estimate)["support.tsv"]
    learned = {row.split("\t")[0] for row in rows}
    assert {"тоба", "құм"} <= learned
    assert learned.isdisjoint({"тобаның", "тобалар", "тобадан", "құмға"})


def test_training_gives_the_files_of_the_repository(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("sys.argv", ["build_lexicon", "--output", str(tmp_path)])
    build_lexicon.main()
    for name in FILES:
        made = (tmp_path / name).read_text(encoding="utf-8")
        assert made == (FOLDER / name).read_text(encoding="utf-8")
