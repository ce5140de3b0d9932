"""What a rule of the grammar is."""

from typing import NamedTuple


class Rule(NamedTuple):
    """One ending: it may follow a form in state `source` and leads to `target`.

    `template` is in the notation of `phonology`; `example` shows the ending at work,
    a hyphen before it.
    """

    source: str
    name: str
    template: str
    target: str
    example: str


def after(sources: str, *rows: tuple[str, str, str, str]) -> tuple[Rule, ...]:
    """The rules of `rows` (name, template, target, example) after each of `sources`."""
    return tuple(Rule(source, *row) for source in sources.split() for row in rows)
