"""Limit of the nesting depth of untrusted HTML.

A parser repairs unclosed elements by opening them again in every following block:
30,000 bold tags make it work for minutes. The depth is counted here without a parser,
in one pass, before the text is parsed.
"""

import re
from collections import Counter
from collections.abc import Iterator

from newsroom.sanitising.paragraphs import PARTING_TAGS

# Word and web pages nest about twenty elements around a paragraph.
MAX_NESTING = 40
# Void elements.
_VOID = {"br", "hr", "img", "input", "wbr", "col", "source", "track", "area", "embed"}
_VOID |= {"link", "meta", "base", "param"}
# Elements that the start of another of the same name closes.
_SIBLINGS = {"p", "li", "dt", "dd", "tr", "td", "th", "option"}
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>?")


def depth_of(markup: str) -> int:
    """Return the maximum number of simultaneously open elements, closed or not."""
    return max((depth for _found, depth in _tags(markup)), default=0)


def without_deep_nesting(markup: str) -> str:
    """Return *markup* without the tags deeper than :data:`MAX_NESTING`.

    The text that they enclose is kept; a removed block tag or line break becomes a
    space. Takes time linear in the length of *markup*.
    """
    if markup.count("<") <= MAX_NESTING:
        return markup
    parts, done = [], 0
    for found, depth in _tags(markup):
        if depth > MAX_NESTING:
            parts.append(markup[done : found.start()])
            done = found.end()
            parts.extend(" " if found[2].lower() in PARTING_TAGS else ())
    return "".join(parts) + markup[done:]


def _tags(markup: str) -> Iterator[tuple[re.Match[str], int]]:
    """Yield each tag, whose name is its second group, and the depth of its element.

    A tag that closes nothing has the depth of its surroundings. An unclosed element
    counts as open to the end, unless another of the same name closes it.
    """
    open_tags: Counter[str] = Counter()
    depth = 0
    for found in _TAG.finditer(markup):
        is_end, name = found[1], found[2].lower()
        here = depth
        if is_end:
            if open_tags[name]:
                open_tags[name] -= 1
                depth -= 1
        elif name not in _VOID and not (name in _SIBLINGS and open_tags[name]):
            open_tags[name] += 1
            depth += 1
            here = depth
        yield found, here
