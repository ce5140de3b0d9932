"""Conversion of a document to paragraphs only, for the text of a fact box."""

import html

from newsroom.sanitising.elements import ElementRole
from newsroom.sanitising.splitting import Split, Splitter, read

# Structure that is converted to paragraphs, and reported.
STRUCTURE = {
    ElementRole.HEADING,
    ElementRole.LIST,
    ElementRole.QUOTE,
    ElementRole.TABLE,
    ElementRole.ASIDE,
}
BETWEEN_CELLS = " | "
_WITHIN_LINES = {None, ElementRole.INLINE, ElementRole.BREAK, ElementRole.PICTURE}


def split_into_paragraphs(markup: str) -> Split:
    """Return one paragraph block with all the text of *markup*, or none.

    Inline elements are kept, also in headings, lists, quotes and tables. Each list item
    and each table row becomes a paragraph. Raises SplitError.
    """
    found = read(markup, ParagraphSplitter())
    text = "".join(block["value"] for block in found.blocks)
    found.blocks = [{"type": "paragraph", "value": text}] if text else []
    return found


class ParagraphSplitter(Splitter):
    def __init__(self) -> None:
        super().__init__()
        self._last: ElementRole | None = None

    def _begin_block(
        self, tag: str, role: ElementRole, attributes: dict[str, str]
    ) -> None:
        depth = len(self._stack) - 1
        is_outer = not any(one.role in STRUCTURE for one in self._stack[:-1])
        # List items from Word are not inside a list.
        begins_items = role is ElementRole.ITEM and self._last is not ElementRole.ITEM
        if is_outer and (role in STRUCTURE or begins_items):
            self._reports.begin("structure", depth)
        self._last = role
        if role is ElementRole.CELL:
            if self._has_words():
                self._markup.append(BETWEEN_CELLS)
        elif not self._is_in_cell():
            self._end_paragraph()
        elif self._has_words() and self._markup[-1] != BETWEEN_CELLS:
            self._markup.append("\x0b")

    def _finish(self, role: ElementRole | None) -> None:
        if role in _WITHIN_LINES or role is ElementRole.CELL or self._is_in_cell():
            return
        self._end_paragraph()

    def _is_in_cell(self) -> bool:
        return any(one.role is ElementRole.CELL for one in self._stack)

    def _put_embed(self, url: str, title: str) -> None:
        self._markup.append(f'<a href="{html.escape(url)}">{html.escape(title)}</a>')
        self._end_paragraph()
