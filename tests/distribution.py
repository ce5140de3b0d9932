"""Plugin that makes pytest-xdist keep the tests of a group in one worker.

pytest-xdist marks the group in ``item._nodeid``, which pytest 9.2 no longer reads: it
then distributes grouped tests one by one, and each worker starts its own servers
(https://github.com/pytest-dev/pytest-xdist/issues/1386). Harmless where pytest-xdist
works by itself; ``tests/test_distribution.py`` tells whether groups are kept.
"""

import pytest


@pytest.hookimpl(trylast=True)  # after pytest-xdist has added the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        marked = getattr(item, "_nodeid", item.nodeid)
        if marked != item.nodeid:
            item._id = type(item._id).parse(marked)
