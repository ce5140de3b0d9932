"""Plugin for tests that have a short and a long version.

    @pytest.mark.long(seed=(range(4), range(40)))
    def test_something(seed): ...

runs with 4 values of ``seed`` in ``make test`` and with 40 in ``make test-long``
(``pytest --long``), which runs the tests with this mark only. Tests that hypothesis
generates have it without being marked. See ``docs/testing.md``.
"""

import pytest
from hypothesis import settings

LONG_EXAMPLES = 2_000  # instead of hypothesis's 100

settings.register_profile("long", max_examples=LONG_EXAMPLES, deadline=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--long",
        action="store_true",
        help="Run only the tests that have a long version, in that version.",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("long"):
        settings.load_profile("long")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    is_long = metafunc.config.getoption("long")
    for mark in metafunc.definition.iter_markers("long"):
        for name, (short_values, long_values) in mark.kwargs.items():
            metafunc.parametrize(name, long_values if is_long else short_values)


@pytest.hookimpl(tryfirst=True)  # before marks are selected
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.long)
    if config.getoption("long"):
        short = [item for item in items if not item.get_closest_marker("long")]
        items[:] = [item for item in items if item.get_closest_marker("long")]
        config.hook.pytest_deselected(items=short)
