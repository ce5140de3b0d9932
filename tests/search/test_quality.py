"""Lower limits of the quality of the whole ranking, on fixed questions."""

import pytest

from benchmarks.tuning import load, measure

pytestmark = [pytest.mark.django_db, pytest.mark.shared]

# KazQAD's questions over its passages, by ``python -m benchmarks.tuning``.
NDCG, MRR, RECALL = 0.808, 0.783, 0.926
# A change that costs more than half a point is a decision, not an accident.
TOLERANCE = 0.005


def test_questions_find_their_answers_as_well_as_before(shared):
    questions, relevant = load(shared / "data/kazakh", noise=0)
    assert len(questions) > 250
    found = measure(questions, relevant)
    assert found.ndcg >= NDCG - TOLERANCE
    assert found.mrr >= MRR - TOLERANCE
    assert found.recall >= RECALL - TOLERANCE
