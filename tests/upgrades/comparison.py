"""Differences between the expectations of a kept version and the upgraded site."""

from collections.abc import Iterator
from typing import Any


def differences(expected: dict[str, Any], observed: dict[str, Any]) -> list[str]:
    """Return a line for everything that was lost or changed, empty if nothing was."""
    found: list[str] = []
    for part in expected:
        compare = COMPARISONS.get(part, _unequal)
        found += (f"{part}: {line}" for line in compare(expected, observed, part))
    return found


def _unequal(
    expected: dict[str, Any], observed: dict[str, Any], part: str
) -> Iterator[str]:
    """Yield the entries of a part that are missing, added or different."""
    before, now = expected[part], observed[part]
    if not isinstance(before, dict):
        if before != now:
            yield f"{before} became {now}"
        return
    for name in sorted({*before, *now}):
        if before.get(name) != now.get(name):
            yield f"{name}: {before.get(name)} became {now.get(name)}"


def _texts(
    expected: dict[str, Any], observed: dict[str, Any], part: str
) -> Iterator[str]:
    """Yield the pages that are missing or new, or do not show their lines in order."""
    for url, page in expected[part].items():
        now = observed[part].get(url, {"status": "nothing", "text": ""})
        if now["status"] != page["status"]:
            yield f"{url}: {page['status']} became {now['status']}"
            continue
        position = 0
        for line in page["lines"]:
            place = now["text"].find(line, position)
            if place < 0:
                yield f"{url}: “{line}” is not shown"
                break
            position = place + len(line)
    for url in sorted(observed[part].keys() - expected[part].keys()):
        yield f"{url}: was not there"


def _searches(
    expected: dict[str, Any], observed: dict[str, Any], part: str
) -> Iterator[str]:
    """Yield the queries that find other pages.

    Their order belongs to the weights, which change from time to time.
    """
    for query, before in expected[part].items():
        now = observed[part][query]
        if sorted(before) != sorted(now):
            yield f"{query}: {before} became {now}"


def _fewer_rows(
    expected: dict[str, Any], observed: dict[str, Any], part: str
) -> Iterator[str]:
    """Yield the tables with fewer rows; a new version may add some of its own."""
    for table, count in expected[part].items():
        now = observed[part].get(table, 0)
        if now < count:
            yield f"{table}: {count} rows became {now}"


def _grants(
    expected: dict[str, Any], observed: dict[str, Any], part: str
) -> Iterator[str]:
    """Yield what a group lost, and what it got of what existed before.

    A permission that the kept version did not have may be given to any group.
    """
    known = {name.split(".")[1] for name in expected["permissions"]}
    for group, before in expected[part].items():
        now = observed[part].get(group, [])
        for grant in sorted(set(before) - set(now)):
            yield f"{group} lost {grant}"
        for grant in sorted(set(now) - set(before)):
            if grant.split()[0].rpartition(".")[2] in known:
                yield f"{group} got {grant}"


def _lost(
    expected: dict[str, Any], observed: dict[str, Any], part: str
) -> Iterator[str]:
    for name in sorted(set(expected[part]) - set(observed[part])):
        yield f"{name} is missing"


COMPARISONS = {
    "pages": _texts,
    "versions": _texts,
    "search": _searches,
    "rows": _fewer_rows,
    "groups": _grants,
    "permissions": _lost,
}
