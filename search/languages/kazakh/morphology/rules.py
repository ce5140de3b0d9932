"""The rules of the grammar."""

from typing import NamedTuple


class Rule(NamedTuple):
    """One ending: it may follow a form in state `source` and leads to `target`.

    `template` is in the notation of `phonology`; `example` shows a word with the ending
    after a hyphen.
    """

    source: str
    name: str
    template: str
    target: str
    example: str


def after(sources: str, *rows: tuple[str, str, str, str]) -> tuple[Rule, ...]:
    """Return the rules of `rows` after each of `sources`.

    A row is (name, template, target, example).
    """
    return tuple(Rule(source, *row) for source in sources.split() for row in rows)
