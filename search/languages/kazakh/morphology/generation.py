"""Generation: from a stem and the names of endings to an inflected word."""

from collections.abc import Iterable, Iterator
from functools import cache

from .analysis import RULES
from .irregulars import SHORT_VERBS
from .lexicon import verb_of, weight
from .morphophonology import join, shortened
from .phonology import VOWELS, letter_class, shape, tone
from .rules import Rule


@cache
def _continuations() -> dict[str, tuple[Rule, ...]]:
    table: dict[str, list[Rule]] = {}
    for rule in RULES:
        table.setdefault(rule.source, []).append(rule)
    return {state: tuple(rules) for state, rules in table.items()}


def attach(form: str, rule: Rule, *, short: bool = False) -> str:
    """Return `form` with the ending of `rule`; if `short`, without its last ы or і."""
    ending = shape(rule.template, letter_class(form), tone(form))
    if short and ending[0] in VOWELS:
        form = shortened(form) or form
    return join(form, ending)


def inflect(
    stem: str, *endings: str, part_of_speech: str = "noun", short: bool = False
) -> str:
    """Return `stem` with the named endings, in their order.

    A verb is named by its root or by its dictionary form (бол, болу). `short` says that
    the stem loses its last vowel before vowels (халық: халқы). Raises `ValueError` if
    the grammar has no such ending in that state.

    >>> inflect("мектеп", "plural", "our", "locative", "attributive")
    'мектептеріміздегі'
    >>> inflect("бол", "negative", "present", "he", part_of_speech="verb")
    'болмайды'
    """
    if part_of_speech == "verb" and not weight(stem, "verb"):
        stem = verb_of(stem) or stem
    form, state = stem, part_of_speech
    for name in endings:
        rule = _rule(state, name)
        form = attach(form, rule, short=short)
        state = rule.target
    return form


def dictionary_form(stem: str, part_of_speech: str) -> str:
    """Return the headword of `stem`: a noun as it is, a verb with its -у.

    So the forms of the verb бар- (бару) and of the noun бар stay apart.

    >>> dictionary_form("бол", "verb")
    'болу'
    """
    if part_of_speech != "verb":
        return stem
    return join(SHORT_VERBS.get(stem, stem), "у")


def _rule(state: str, name: str) -> Rule:
    rules = _continuations().get(state, ())
    for rule in rules:
        if rule.name == name:
            return rule
    allowed = ", ".join(dict.fromkeys(rule.name for rule in rules)) or "none"
    raise ValueError(f"no ending {name!r} after {state!r}; there is: {allowed}")


def chains(
    part_of_speech: str, *, longest: int, final: Iterable[str]
) -> Iterator[tuple[Rule, ...]]:
    """Yield every chain of up to `longest` endings that ends in a state of `final`."""
    ends = frozenset(final)
    waiting: list[tuple[str, tuple[Rule, ...]]] = [(part_of_speech, ())]
    while waiting:
        state, chain = waiting.pop()
        if state in ends:
            yield chain
        if len(chain) < longest:
            for rule in _continuations().get(state, ()):
                waiting.append((rule.target, (*chain, rule)))
