"""Count the steps in which a regular expression searches a text.

The steps are those of CPython's engine: backtracking, alternatives in order, repeats
greedy or lazy.
"""

import re
import re._constants as op
import re._parser as parser
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Next = Callable[[int], bool]

_CATEGORIES: dict[object, Callable[[str], bool]] = {
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_NOT_DIGIT: lambda c: not c.isdecimal(),
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
    op.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    op.CATEGORY_NOT_WORD: lambda c: not (c.isalnum() or c == "_"),
}


class TooManyStepsError(Exception):
    """The limit was reached."""


class StepCounter:
    """Finds all matches of *pattern* in a text, one step for each thing tried.

    Where a pattern begins with a literal or set, positions that do not have it cost one
    step, as they do for the engine.
    """

    def __init__(self, pattern: re.Pattern[str], limit: int) -> None:
        self.tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
        self.ignores_case = bool(pattern.flags & re.IGNORECASE)
        self.limit = limit
        self.steps = 0
        self.text = ""
        self.groups: dict[int, tuple[int, int]] = {}

    def find_all(self, text: str) -> int:
        """Return the steps of ``pattern.sub``. Raises TooManyStepsError."""
        with self._counting(text):
            place = 0
            while place <= len(text):
                self.groups = {}
                ends: list[int] = []
                found = self._sequence(self.tree, 0, place, self._keep(ends))
                place = max(ends[0], place + 1) if found else place + 1
        return self.steps

    def match(self, text: str) -> int:
        """Return the steps of ``pattern.fullmatch``, at least those of ``match``.

        Raises TooManyStepsError.
        """
        with self._counting(text):
            self.groups = {}
            self._sequence(self.tree, 0, 0, lambda end: end == len(text))
        return self.steps

    @contextmanager
    def _counting(self, text: str) -> Iterator[None]:
        self.text, self.steps = text, 0
        usual = sys.getrecursionlimit()
        sys.setrecursionlimit(100_000)
        try:
            yield
        finally:
            sys.setrecursionlimit(usual)

    @staticmethod
    def _keep(ends: list[int]) -> Next:
        def keep(end: int) -> bool:
            ends.append(end)
            return True

        return keep

    def _step(self) -> None:
        self.steps += 1
        if self.steps > self.limit:
            raise TooManyStepsError

    def _sequence(self, items, index: int, place: int, after: Next) -> bool:
        if index == len(items):
            return after(place)
        kind, value = items[index]

        def rest(end: int) -> bool:
            return self._sequence(items, index + 1, end, after)

        return self._item(kind, value, place, rest)

    def _item(self, kind, value, place: int, after: Next) -> bool:
        self._step()
        if kind in (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY):
            return self._takes(kind, value, place) and after(place + 1)
        if kind is op.BRANCH:
            return any(self._sequence(way, 0, place, after) for way in value[1])
        if kind is op.SUBPATTERN:
            number, _add, _remove, inside = value
            return self._sequence(inside, 0, place, self._named(number, place, after))
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
            return self._repeat(value, place, after, is_lazy=kind is op.MIN_REPEAT)
        if kind in (op.POSSESSIVE_REPEAT, op.ATOMIC_GROUP):
            ends: list[int] = []
            if kind is op.ATOMIC_GROUP:
                found = self._sequence(value, 0, place, self._keep(ends))
            else:
                found = self._repeat(value, place, self._keep(ends), is_lazy=False)
            return found and after(ends[0])
        if kind in (op.ASSERT, op.ASSERT_NOT):
            return self._looks(value, place) is (kind is op.ASSERT) and after(place)
        if kind is op.AT:
            return self._is_at(value, place) and after(place)
        if kind is op.GROUPREF:
            start, end = self.groups.get(value, (0, 0))
            same = self.text.startswith(self.text[start:end], place)
            return same and after(place + end - start)
        raise NotImplementedError(kind)

    def _named(self, number: int | None, start: int, after: Next) -> Next:
        def named(end: int) -> bool:
            if number is None:
                return after(end)
            before = self.groups.get(number)
            self.groups[number] = (start, end)
            if after(end):
                return True
            if before is None:
                del self.groups[number]
            else:
                self.groups[number] = before
            return False

        return named

    def _looks(self, value, place: int) -> bool:
        direction, inside = value
        if direction < 0:
            place -= inside.getwidth()[0]
            if place < 0:
                return False
        return self._sequence(inside, 0, place, lambda end: True)

    def _is_at(self, where, place: int) -> bool:
        if where in (op.AT_BEGINNING, op.AT_BEGINNING_STRING):
            return place == 0
        if where in (op.AT_END, op.AT_END_STRING):
            return place == len(self.text)
        around = self.text[max(place - 1, 0) : place], self.text[place : place + 1]
        before, here = (c.isalnum() or c == "_" for c in around)
        return (before != here) is (where is op.AT_BOUNDARY)

    def _repeat(self, value, place: int, after: Next, *, is_lazy: bool) -> bool:
        low, high, inside = value
        if len(inside) == 1 and not is_lazy:
            kind, what = inside[0]
            if kind in (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY):
                return self._run(kind, what, low, high, place, after)

        def again(count: int, at: int) -> bool:
            def more() -> bool:
                if count >= high:
                    return False
                return self._sequence(
                    inside, 0, at, lambda end: end > at and again(count + 1, end)
                )

            if count < low:
                return self._sequence(inside, 0, at, lambda end: again(count + 1, end))
            if is_lazy:
                return after(at) or more()
            return more() or after(at)

        return again(0, place)

    def _run(self, kind, what, low: int, high: int, place: int, after: Next) -> bool:
        end = place
        while end - place < high and self._takes(kind, what, end):
            self._step()
            end += 1
        while end - place >= low:
            self._step()
            if after(end):
                return True
            end -= 1
        return False

    def _takes(self, kind, value, place: int) -> bool:
        if place >= len(self.text):
            return False
        character = self.text[place]
        if kind is op.ANY:
            return character != "\n"
        ways = {character}
        if self.ignores_case:
            ways |= {character.lower(), character.upper()}
        if kind is op.LITERAL:
            return any(ord(c) == value for c in ways if len(c) == 1)
        if kind is op.NOT_LITERAL:
            return ord(character) != value
        return any(self._is_in(value, way) for way in ways if len(way) == 1)

    @staticmethod
    def _is_in(items, character: str) -> bool:
        is_negated = items[0][0] is op.NEGATE
        code = ord(character)
        found = any(
            (kind is op.LITERAL and code == value)
            or (kind is op.RANGE and value[0] <= code <= value[1])
            or (kind is op.CATEGORY and _CATEGORIES[value](character))
            for kind, value in items
            if kind is not op.NEGATE
        )
        return found is not is_negated
