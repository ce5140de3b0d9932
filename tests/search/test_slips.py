"""Typing errors are found as typed, or corrected."""

import json

import pytest

from search.languages import analyse, analyse_query
from search.query import parse
from search.ranking.spelling import corrections
from tests.search.records import put, record

pytestmark = [pytest.mark.django_db, pytest.mark.shared]


def stems_asked(word: str) -> set[str]:
    return {
        stem
        for asked in analyse_query(word, ("kk",))
        for way in asked.alternatives
        for stem in way.term.stems
    }


def test_most_slips_are_found_or_corrected_and_few_wrongly(shared):
    folder = shared / "data/kazakh"
    passages = (folder / "passages.jsonl").read_text("utf-8").splitlines()
    put(
        *(
            record(f"p{number}", passage["title"], body=passage["text"])
            for number, passage in enumerate(map(json.loads, passages))
        )
    )
    table = (folder / "slips.tsv").read_text("utf-8").splitlines()
    slips = [line.split("\t") for line in table if not line.startswith("#")]
    helped, wrong = [], []
    for typed, meant, _kind in slips:
        wanted = {stem for term in analyse(meant, "kk") for stem in term.stems}
        offered = corrections(parse(typed), ["kk"])
        answered = stems_asked(typed).union(*(stems_asked(o.meant) for o in offered))
        if wanted & answered:
            helped.append(typed)
        elif offered:
            wrong.append((typed, meant, offered[0].meant))
    assert len(helped) >= 0.85 * len(slips)
    assert len(wrong) <= 0.05 * len(slips)
