"""The figures of docs/kazakh.md as floors, on the shared data."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

import search.languages.kazakh as kazakh
from search.languages import VARIANT_WEIGHTS

SHARED = Path(__file__).parents[5] / "shared"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.exists(), reason="the shared data is absent"),
]

CONFLATION_F1, CONFLATION_PRECISION = 0.84, 0.80
VERB_PAIRS_F1 = 0.86
NDCG = 0.78
NDCG_ABOVE_PREFIX = 0.03


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, SHARED / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def test_conflation_of_all_words() -> None:
    measure = tool("eval_conflation")
    result = measure.evaluate(kazakh.stems, measure.load_gold(measure.GOLD))
    assert result["qF1"] >= CONFLATION_F1
    assert result["qP"] >= CONFLATION_PRECISION


def test_conflation_of_verbs() -> None:
    measure = tool("eval_conflation")
    result = measure.evaluate(kazakh.stems, measure.load_gold(measure.GOLD), {"V"})
    assert result["F1"] >= VERB_PAIRS_F1


def ndcg(fields: dict[str, float], noise: int) -> float:
    measure = tool("eval_retrieval")
    docs, topics, relevant = measure.load(measure.DATA, noise)
    spec = "+".join(
        f"search.languages.kazakh:{field}*{weight}" for field, weight in fields.items()
    )
    per_topic: Callable[..., tuple[list[float], float, float]] = measure.measure
    gains, _, _ = per_topic(spec, docs, topics, relevant)
    return sum(gains) / len(gains)


def test_retrieval_from_the_combined_fields() -> None:
    assert ndcg(VARIANT_WEIGHTS, noise=0) >= NDCG


def test_retrieval_among_noise_beats_the_prefix_alone() -> None:
    combined = ndcg(VARIANT_WEIGHTS, noise=11_000)
    assert combined >= ndcg({"prefix": 1.0}, noise=11_000) + NDCG_ABOVE_PREFIX
