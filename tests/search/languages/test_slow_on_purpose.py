"""Text that is made to be slow is not: steps grow as its length does."""

import ast
import importlib
import inspect
import itertools
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from wagtail.rich_text import RichText

import home
import newsroom
import search
import search.languages
from newsroom.articles.entities.same_names import _words as words_of_name
from newsroom.articles.templatetags.listing import first_sentence
from newsroom.articles.templatetags.typography import (
    with_dashes_kept,
    with_short_compounds_kept,
)
from newsroom.sanitising.characters import storable_markup, storable_text
from newsroom.sanitising.cleaning import clean_html, clean_segment
from newsroom.search_analytics.privacy import (
    MAX_TEXT_LENGTH,
    is_countable,
    looks_personal,
    normalised,
)
from newsroom.translation.checks import check_segment
from newsroom.transliteration.editions import ARABIC, LATIN
from newsroom.transliteration.text import converted_text
from search.languages import analyse, analyse_query
from search.languages.keys import word_keys
from search.languages.language import LONGEST_WORD
from search.query import parse
from search.query.notes import MAX_LENGTH
from tests.search.languages.regex_steps import StepCounter, TooManyStepsError

UNITS = {
    "latin": "a",
    "c": "c",
    "cyrillic": "қ",
    "arabic": "ق",
    "digits": "7",
    "spaces": " ",
    "lines": "\n",
    "hyphens": "-",
    "apostrophes": "'",
    "stops": ".",
    "commas": ",",
    "slashes": "/",
    "quotes": "«",
    "straight quotes": '"',
    "brackets": "(",
    "angles": "<",
    "at": "@",
    "marks": "\u0301",
    "soft hyphens": "\u00ad",
    "letters with marks": "е\u0301",
    "mixed": "aқ",
    "digit and letter": "1a",
    "hyphenated": "a-",
    "hyphenated digits": "1-",
    "apostrophed": "a'",
    "dotted": "a.",
    "dotted digits": "1.",
    "grouped": "1 000 ",
    "grouped three": "000 ",
    "percent": "1%",
    "plus": "+1",
    "dates": "01.01.",
    "times": "1:11",
    "sch": "sch",
    "shc": "shc",
    "ie": "ie",
    "www": "www.",
    "http": "http://",
    "mail": "a@b.",
    "tags": "<a ",
    "attribute": "a=",
    "closing": "</",
    "comment": "<!--",
    "html": "<html ",
    "entities": "&#",
    "alternation": "a|",
    "not": "- ",
    "field": "a:",
    "cjk": "中",
    "spaced": "a ",
}
END = "!"  # what no repeat takes


# Packages that read no text of others; settings can be imported one at a time.
NO_TEXT = {"migrations", "settings"}


def modules_of(*packages: ModuleType) -> Iterator[ModuleType]:
    for package in packages:
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not NO_TEXT & set(found.name.split(".")):
                yield importlib.import_module(found.name)


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Return every compiled expression of a module, alone, in lists or in pairs."""
    found: dict[str, re.Pattern[str]] = {}
    for module in modules_of(search, newsroom, home):
        for name, value in vars(module).items():
            for pattern in compiled(value):
                found.setdefault(pattern.pattern, pattern)
                found[f"{module.__name__}.{name}: {pattern.pattern[:40]}"] = pattern
        for place, pattern in written_in(module):
            found.setdefault(pattern.pattern, pattern)
            found[f"{module.__name__} {place}: {pattern.pattern[:40]}"] = pattern
    from search.languages.kazakh.transliteration.latin_letters import _table
    from search.languages.tokens import token_pattern

    for final in (False, True):
        found[f"tokens {final}"] = token_pattern(final)
    for alphabet in ("Latn", "Latn-2017", "Latn-2018"):
        found[f"letters of {alphabet}"] = _table(alphabet)[0]
    by_text = {pattern.pattern: name for name, pattern in sorted(found.items())}
    return {name: found[name] for name in by_text.values()}


def written_in(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield expressions that a function writes out: ``re.sub(" {2,}", …)``."""
    if not Path(module.__file__ or "").stat().st_size:
        return
    for call in ast.walk(ast.parse(inspect.getsource(module))):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
            continue
        owner, wanted = call.func.value, call.args[0] if call.args else None
        if not (isinstance(owner, ast.Name) and owner.id == "re"):
            continue
        if isinstance(wanted, ast.Constant) and isinstance(wanted.value, str):
            kind = "at one place" if call.func.attr in ONE_PLACE_CALLS else "anywhere"
            yield kind, re.compile(wanted.value)


def compiled(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict):
        yield from itertools.chain.from_iterable(map(compiled, value.values()))
    elif isinstance(value, (tuple, list)) and len(value) < 200:
        yield from itertools.chain.from_iterable(map(compiled, value))


# Shorter texts show it too: the square of a length is four times that of its half.
SHORT, LONG = 50, 100
# What stands for "as long": twice, and what begins and ends cost.
GROWTH = 2.7
# Steps that no reader notices, however they grow: a few microseconds.
UNNOTICED = 2_500
# Where the square is small all the same, and why.
BOUNDED = {
    "search.languages.kazakh.": "sees one word, of LONGEST_WORD letters",
    "search.languages.homoglyphs": "sees one word, of LONGEST_WORD letters",
    "search.languages.pieces._UNIT": "is matched at one place of a token",
    "newsroom.transliteration.single_letters._CONTENT": "is matched at one place",
    "newsroom.transliteration.markup._TAG": "reads pages with each < of texts escaped",
}
# What is matched at one place only, by match or fullmatch, and how that is known.
ONE_PLACE_CALLS = {"match", "fullmatch"}
ONE_PLACE = (
    "newsroom.translation.exchange.gettext_po._LINE",
    "newsroom.sanitising.xml_guard._DECLARATION:",
    "newsroom.sanitising.elements._DECLARATION",
    "newsroom.articles.templatetags.tables.NUMBER",
)
# What grows too fast may have a bound of its own: past it, it does no more.
CONFIRMED = 300, 600


def steps_of(pattern: re.Pattern[str], text: str, *, at_one_place: bool = False) -> int:
    counter = StepCounter(pattern, 1_000_000)
    try:
        return counter.match(text) if at_one_place else counter.find_all(text)
    except TooManyStepsError:
        return 1_000_000


def is_slow(name: str, unit: str, lengths: tuple[int, int]) -> bool:
    one = name.startswith(ONE_PLACE) or " at one place: " in name
    texts = [(unit * length)[:length] + END for length in lengths]
    short, long = (steps_of(patterns()[name], text, at_one_place=one) for text in texts)
    return long > max(GROWTH * short, UNNOTICED)


@pytest.mark.parametrize(
    "name", [name for name in patterns() if not name.startswith(tuple(BOUNDED))]
)
def test_an_expression_takes_no_square_of_a_text(name):
    slow = [
        unit_name
        for unit_name, unit in UNITS.items()
        if is_slow(name, unit, (SHORT, LONG)) and is_slow(name, unit, CONFIRMED)
    ]
    assert slow == []


def test_the_count_finds_expressions_that_are_slow():
    for slow in (r"(?:a+)+b", r"a*@", r"\s*x", r"(?:a|aa)+b", r"a+?b"):
        pattern = re.compile(slow)
        text = "a" if "a" in slow else " "
        counts = [steps_of(pattern, text * length) for length in (30, 60)]
        assert counts[1] > 3.5 * counts[0] or counts[1] == 1_000_000, slow
    for quick in ("a+", r"a{0,5}@", "[ab]+|c"):
        counts = [steps_of(re.compile(quick), "a" * length) for length in (60, 120)]
        assert counts[1] < 2.5 * counts[0], quick


@pytest.mark.parametrize(
    "expression",
    ["(a+)b|a*c", r"\d{1,3}(?: \d{3})+(?!\d)", r"(?<!x)(a)\1", "a+?b|[^a]"],
)
def test_the_count_finds_what_the_engine_finds(expression):
    pattern = re.compile(expression)
    for letters in itertools.product("ab1 x", repeat=5):
        text = "".join(letters)
        counter = StepCounter(pattern, 100_000)
        ends: list[int] = []
        counter.text = text
        found = counter._sequence(counter.tree, 0, 0, counter._keep(ends))
        match = pattern.match(text)
        assert found is (match is not None), text
        if match:
            assert ends[0] == match.end(), text


def calls_of(work: Callable[[str], object], text: str) -> int:
    """Return the number of function calls, of Python and of C, weighted by their input.

    A string method or a regular expression reads all of its text.
    """
    count = 0

    def note(frame, event, arg) -> None:
        nonlocal count
        if event in ("call", "c_call"):
            count += 1

    sys.setprofile(note)
    try:
        work(text)
    finally:
        sys.setprofile(None)
    return count


ANALYSERS: dict[str, Callable[[str], object]] = {
    **{
        f"analyse {code}": lambda text, code=code: analyse(text, code)
        for code in ("kk", "kk-Latn", "kk-Arab", "ru", "en", "tr", "zh", "xx")
    },
    "query": lambda text: analyse_query(text, ["kk", "ru", "en"]),
    "keys": lambda text: word_keys(text, "kk"),
    "keys in Russian": lambda text: word_keys(text, "ru"),
    "Latin edition": lambda text: converted_text(text, LATIN),
    "Arabic edition": lambda text: converted_text(text, ARABIC),
    "parse": parse,
    "counted queries": lambda text: is_countable(normalised(text)),
    "personal data": lambda text: looks_personal(text[:MAX_TEXT_LENGTH]),
    "characters": storable_text,
    "characters of markup": storable_markup,
    "paragraphs": clean_html,
    "segments": clean_segment,
    "first sentence": first_sentence,
    "dashes": with_dashes_kept,
    "compounds": lambda text: with_short_compounds_kept(RichText(clean_html(text))),
    "words of a name": words_of_name,
    "checks of a translation": lambda text: check_segment(
        text, f"{text} ", source_language="kk", target_language="ru", path="body"
    ),
}


@pytest.mark.parametrize("name", ANALYSERS)
def test_an_analyser_takes_no_square_of_a_text(name):
    work = ANALYSERS[name]
    slow = {}
    for unit_name, unit in UNITS.items():
        texts = [(unit * length)[:length] for length in (3_000, 6_000)]
        work(texts[0] + "b")  # tables are read, and nothing of this is remembered
        short, long = (calls_of(work, text) for text in texts)
        if long > GROWTH * short + 2_000:
            slow[unit_name] = (short, long)
    assert slow == {}


@pytest.mark.parametrize("unit", ["a", "c", "sch", "shc", "ie", "қ", "ق", "aқ"])
@pytest.mark.parametrize("code", ["kk", "kk-Latn", "ru", "en"])
def test_no_word_is_analysed_past_its_limit(unit, code):
    """What expressions of words see is one word, and no longer than this."""
    (term,) = analyse(unit * (16_000 // len(unit)), code)
    # A letter of one script may be two of another.
    assert 0 < len(term.exact) <= 2 * LONGEST_WORD
    assert all(len(stem) <= 2 * LONGEST_WORD for stem in term.stems)
    assert len(term.folded) <= 2 * LONGEST_WORD
    assert (term.start, term.end) == (0, 16_000 // len(unit) * len(unit))
    (key,) = word_keys(unit * (16_000 // len(unit)), code)
    assert len(key) <= 2 * LONGEST_WORD


def test_queries_are_cut_before_they_are_read():
    assert len(str(parse("қала " * 10_000).tree)) < 20 * MAX_LENGTH
    found = parse("(" * 10_000 + "қала")
    assert found.was_cut
    assert len(found.notes) < 10
