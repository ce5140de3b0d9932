"""Typing errors: found despite the error, or corrected by "did you mean"."""

from collections import Counter
from collections.abc import Iterator

from benchmarks import tuning
from benchmarks.environment import prepare

from .data import Data, asked_stems, written_stems
from .rows import Figure, row


@row("did you mean", "Slips in the words of the passages")
def slips(data: Data) -> Iterator[Figure]:
    """Yield the shares of slips that are found or corrected, and wrongly corrected.

    A slip is found if its query has a stem of the intended word. A correction is right
    if it has one.
    """
    prepare()
    tuning.load(data.folder, noise=0)
    missed, wrong = [], []
    kinds: Counter[str] = Counter()
    rows = data.table("slips.tsv")
    for typed, meant, kind in rows:
        stems = written_stems(meant)
        offered = _offered(typed)
        if not (asked_stems(typed) & stems or asked_stems(offered) & stems):
            missed.append(f"{typed} ({meant}): {offered or 'nothing'}")
            kinds[kind] += 1
        if offered and not asked_stems(offered) & stems:
            wrong.append(f"{typed} ({meant}): {offered}")
    helped = len(rows) - len(missed)
    by_kind = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
    yield Figure("found or corrected", helped, len(rows), 0.85, None, tuple(missed))
    yield Figure(
        f"wrong offers (missed: {by_kind or 'none'})",
        len(wrong),
        len(rows),
        None,
        0.05,
        tuple(wrong),
    )


def _offered(typed: str) -> str:
    """Return the correction offered for a query of one word, "" if there is none."""
    from search.query import parse
    from search.ranking.spelling import corrections

    found = corrections(parse(typed), ["kk"])
    return found[0].meant if found else ""
