"""Report of content that is left out when a document is split."""

from collections import Counter

from django.utils.translation import ngettext_lazy

MAX_SAMPLES = 5  # per kind: enough for a journalist to find the place
MAX_WORDS = 80  # characters of one sample

# Messages for each kind of content that was left out.
REPORTS = {
    "picture": ngettext_lazy(
        "%(count)d picture: insert it from a file.",
        "%(count)d pictures: insert them from files.",
        "count",
    ),
    "embedded": ngettext_lazy(
        "%(count)d player, form or drawing.",
        "%(count)d players, forms or drawings.",
        "count",
    ),
    "list": ngettext_lazy(
        "Levels or numbers of %(count)d list.",
        "Levels or numbers of %(count)d lists.",
        "count",
    ),
    "cell": ngettext_lazy(
        "%(count)d merged table cell: its text stands in the first one.",
        "%(count)d merged table cells: the text stands in the first one.",
        "count",
    ),
    "emphasis": ngettext_lazy(
        "Emphasis or links in %(count)d heading, list, quote or table.",
        "Emphasis or links in %(count)d headings, lists, quotes or tables.",
        "count",
    ),
    "structure": ngettext_lazy(
        "%(count)d heading, list, quote or table: its text stands in paragraphs.",
        "%(count)d headings, lists, quotes or tables: the text stands in paragraphs.",
        "count",
    ),
    "strike": ngettext_lazy(
        "Strike-through in %(count)d place: the text stays.",
        "Strike-through in %(count)d places: the text stays.",
        "count",
    ),
}


class Reports:
    """Counts by the keys of :data:`REPORTS`, and samples of the omitted text."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.samples: dict[str, list[str]] = {}
        self._open: list[tuple[int, str, list[str]]] = []

    def add(self, kind: str, words: str = "") -> None:
        """Count one of *kind*, with its text or a description."""
        self.counts[kind] += 1
        self._keep(kind, words)

    def begin(self, kind: str, depth: int) -> None:
        """Count an element of *kind* at *depth*; its text follows."""
        self.counts[kind] += 1
        if len(self.samples.get(kind, [])) < MAX_SAMPLES:
            self._open.append((depth, kind, []))

    def data(self, text: str) -> None:
        for _depth, _kind, pieces in self._open:
            if sum(map(len, pieces)) <= MAX_WORDS:
                pieces.append(text[: MAX_WORDS * 2])

    def end(self, depth: int) -> None:
        """Close all elements that were begun at *depth* or deeper."""
        while self._open and self._open[-1][0] >= depth:
            _depth, kind, pieces = self._open.pop()
            self._keep(kind, "".join(pieces))

    def _keep(self, kind: str, words: str) -> None:
        samples = self.samples.setdefault(kind, [])
        words = " ".join(words[: MAX_WORDS * 4].split())
        if words and len(samples) < MAX_SAMPLES and words not in samples:
            is_long = len(words) > MAX_WORDS
            samples.append(f"{words[: MAX_WORDS - 1]}…" if is_long else words)
