"""Blocks for what old texts wrote as paragraphs: lists, quotations, lists of people.

Text editors and old websites have paragraphs where an article of the archive has
blocks. Only what is certain is changed, only in paragraphs without markup, and no word
is lost or moved: the page shows the same words in the same order.
"""

import html
import re
from collections.abc import Iterator
from typing import Any

from newsroom.intake.people_lists import people_list
from newsroom.intake.quotations import quotation

Block = dict[str, Any]

LONGEST_INTRODUCTION, LONGEST_ITEM, LONGEST_HEADING = 300, 600, 120
FEWEST_ITEMS = 2
_PLAIN = re.compile(r"<p>([^<>]*)</p>")
_LINES = re.compile(r"<p>((?:[^<>]|<br/>)*)</p>")
_BOLD = re.compile(r"<p><b>([^<>]*)</b></p>")
_ITEM_ENDS = (";", ",")


def structured(blocks: list[Block]) -> list[Block]:
    """Return *blocks*, raw StreamField values, with more of their structure.

    - A line that ends with ":" and the lines after it that end with ";" or "," become a
      list with an introduction; a list in markup takes its introduction in.
    - A list of names with posts or organisations becomes a people list.
    - «Text», — said someone, becomes a quotation with its speaker.
    - A paragraph that is bold as a whole, and no sentence, becomes a heading.
    """
    found: list[Block] = []
    waiting = list(_with_lines_apart(blocks))
    at = 0
    while at < len(waiting):
        count, block = _next_block(waiting, at)
        found.append(block)
        at += count
    return found


def plain_text(block: Block) -> str:
    """Return the text of a paragraph without markup; empty for any other block."""
    match = _PLAIN.fullmatch(block["value"]) if block["type"] == "paragraph" else None
    return html.unescape(match[1]).strip() if match else ""


def _with_lines_apart(blocks: list[Block]) -> Iterator[Block]:
    """Yield the lines of a paragraph that are a list as paragraphs of their own."""
    for block in blocks:
        lines = _lines(block)
        if len(lines) > FEWEST_ITEMS and _run_length(lines) == len(lines):
            yield from (_paragraph(line) for line in lines)
        else:
            yield block


def _lines(block: Block) -> list[str]:
    match = _LINES.fullmatch(block["value"]) if block["type"] == "paragraph" else None
    parts = match[1].split("<br/>") if match else []
    return [html.unescape(part).strip() for part in parts]


def _paragraph(text: str) -> Block:
    return {"type": "paragraph", "value": f"<p>{html.escape(text, quote=False)}</p>"}


def _next_block(blocks: list[Block], at: int) -> tuple[int, Block]:
    """Return the block that begins at *at*, and how many of *blocks* are in it."""
    block = blocks[at]
    text = plain_text(block)
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    if _introduces(text) and following and following["type"] == "list":
        if not following["value"]["introduction"]:
            return 2, _list(text, following["value"]["items"], following)
        return 1, block
    if _introduces(text):
        texts = [plain_text(one) for one in blocks[at : at + 200]]
        if length := _run_length(texts):
            return length, _list(text, texts[1:length])
    if block["type"] == "list":
        value = block["value"]
        return 1, _list(value["introduction"], value["items"], block)
    if quote := quotation(text):
        return 1, {"type": "quote", "value": quote}
    if following and following["type"] != "heading" and (head := _heading(block)):
        return 1, {"type": "heading", "value": head}
    return 1, block


def _introduces(text: str) -> bool:
    return text.endswith(":") and len(text) <= LONGEST_INTRODUCTION


def _run_length(texts: list[str]) -> int:
    """Return how many of *texts* are an introduction and its items, or 0.

    All items but the last end with the same mark. The last may end with a full stop.
    """
    if not texts or not _introduces(texts[0]):
        return 0
    mark = texts[1][-1:] if len(texts) > 1 else ""
    if mark not in _ITEM_ENDS:
        return 0
    end = 1
    while end < len(texts) and texts[end].endswith(mark) and _is_item(texts[end]):
        end += 1
    if end < len(texts) and texts[end].endswith(".") and _is_item(texts[end]):
        end += 1
    return end if end - 1 >= FEWEST_ITEMS else 0


def _is_item(text: str) -> bool:
    """Return whether *text* is no more than one sentence."""
    return 0 < len(text) <= LONGEST_ITEM and not re.search(r"[.!?…] +\S", text)


def _list(introduction: str, items: list[str], block: Block | None = None) -> Block:
    """Return a people list if *items* are people, or else a list."""
    heading = block["value"]["heading"] if block else ""
    if not heading and (people := people_list(introduction, items)):
        return {"type": "people_list", "value": people}
    value = {"heading": heading, "introduction": introduction, "items": items}
    return {"type": "list", "value": value}


def _heading(block: Block) -> str:
    """Return the text of a paragraph that is bold as a whole and no sentence."""
    match = _BOLD.fullmatch(block["value"]) if block["type"] == "paragraph" else None
    text = html.unescape(match[1]).strip() if match else ""
    is_heading = 0 < len(text) <= LONGEST_HEADING and text[-1] not in '.,;:…»”"'
    return text if is_heading else ""
