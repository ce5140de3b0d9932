"""Reading the admin's screens, and finding English in them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

# Every text that a person may be shown or read aloud, hidden dialogs and templates
# included, below the element that it is called with.
COLLECT = """
(root) => {
  const attributes = ["placeholder", "title", "aria-label", "alt", "label",
    "aria-description", "aria-roledescription", "data-w-tooltip-content-value"];
  const silent = new Set(["STYLE", "SCRIPT", "NOSCRIPT", "TEXTAREA", "CODE"]);
  const found = new Set();
  const add = (text) => found.add(text.replace(/\\s+/g, " ").trim());
  const read = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return add(node.data);
    if (node.nodeType === Node.ELEMENT_NODE) {
      // The date picker's own button, which Wagtail never shows; names of time zones.
      if (node.matches(".xdsoft_save_selected, select[name$=current_time_zone]"))
        return;
      for (const name of attributes)
        if (node.hasAttribute(name)) add(node.getAttribute(name));
      if (node.matches("input[type=submit], input[type=button]") && node.value)
        add(node.value);
      // What a form shows as filled in; addresses and names of accounts are Latin.
      const latin = "[name*=slug], [name*=user], [name*=path]";
      if (node.matches(`input[type=text]:not(${latin})`)) add(node.value);
      if (node.tagName === "TEMPLATE") read(node.content);
      if (node.tagName === "SCRIPT" && /template|html/.test(node.type))
        read(new DOMParser().parseFromString(node.textContent, "text/html").body);
      if (silent.has(node.tagName)) return;
      if (node.shadowRoot) read(node.shadowRoot);
    }
    node.childNodes.forEach(read);
  };
  read(root);
  return [...found];
}
"""
WORD = re.compile(r"[A-Za-z][A-Za-z'’]+")
# What stands in no screen in a language: words of the others.
FOREIGN = {
    "kk": WORD,
    "ru": re.compile(rf"{WORD.pattern}|\w*[әғқңөұүһі]\w*", re.I),
    "en": re.compile(r"[а-яёәғқңөұүһі]{2,}", re.I),
}
# Names of things that have one name everywhere: products, formats, keys of a keyboard,
# languages in their own words, Python's names of models.
NAMES = re.compile(
    r"\b(Wagtail|English|Qazaqşa|Қазақша|[Ee]mail|Русский|(GMT|UTC)([+-][\d:]+)?"
    r"|Chrome|Linux|Ctrl|Shift|Alt|Esc|Enter|Tab|⌘"
    r"|DOCX?|XLSX?|PPTX?|OD[TSP]|RTF|TXT|EPUB|ZIP"
    r"|AVIF|GIF|JPE?G|PNG|WEBP|PDF|JavaScript|XLIFF|TMX|TBX|PO|TSV|CSV|JSON|HTML|URL|ID"
    r"|(https://)?example\.org|[a-z_]+\.[a-z]+page)\b"
)
# Wagtail shows its own, a pre-release included: 8.1rc1, 8.2.dev20261201 (PEP 440).
VERSION = re.compile(
    r"\b\d+(\.\d+)+[._-]?(a|b|rc|post|dev)\d*(\.(post|dev)\d*)*(\+[a-z\d.]+)?\b"
)
TAG = re.compile(r"</?\w+>")
# Models whose texts are the newsroom's and its readers' own.
CONTENT = (
    "articles",
    "auth.user",
    "insight",
    "newsroom_translation",
    "wagtailcore.page",
    "wagtailimages.image",
    "wagtaildocs.document",
    "wagtailredirects.redirect",
    "wagtail_localize.string",
    "wagtail_localize.stringtranslation",
)


@dataclass
class EnglishFinder:
    """Finder of words that are neither content nor names.

    Words match the pattern *word*, Latin ones by default. Content is what *rows* hold.
    """

    rows: list[dict[str, Any]]
    word: re.Pattern = WORD
    found: dict[str, str] = field(default_factory=dict)  # text: where it was first
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        texts = {" ".join(TAG.sub(" ", text).split()) for text in _texts(self.rows)}
        texts |= {text.rpartition("/")[2] for text in texts if "/" in text}
        likely = [text for text in texts if self.word.search(text)]
        self.content = sorted(likely, key=len, reverse=True)

    def look(self, where: str, texts: list[str]) -> None:
        for text in set(texts) - self.seen:
            if self._english_in(text):
                self.found[text] = where
        self.seen.update(texts)

    def _english_in(self, text: str) -> bool:
        rest = " ".join(TAG.sub(" ", text).split())
        if rest.endswith("…") and any(c.startswith(rest[:-1]) for c in self.content):
            return False
        for known in self.content:
            if not self.word.search(rest):
                return False
            if known in rest:
                rest = re.sub(rf"(?<!\w){re.escape(known)}(?!\w)", " ", rest)
        return bool(self.word.search(NAMES.sub(" ", VERSION.sub(" ", rest))))


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in rows of ``dumpdata``, also those of streams."""
    if isinstance(value, str):
        yield value
        if value[:1] in ("[", "{"):
            try:
                yield from _texts(json.loads(value))
            except ValueError:
                return
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def texts_of(page: Page) -> list[str]:
    return [page.title(), *page.evaluate(f"() => ({COLLECT})(document.body)")]


def texts_of_dialog(page: Page, address: str) -> list[str]:
    """Return the texts of a dialog that the admin's scripts load from *address*."""
    return page.evaluate(
        f"""async (address) => {{
          const headers = {{"X-Requested-With": "XMLHttpRequest"}};
          const answer = await fetch(address, {{headers}});
          if (!answer.ok) throw new Error(address + ": " + answer.status);
          const html = (await answer.json()).html;
          return ({COLLECT})(new DOMParser().parseFromString(html, "text/html").body);
        }}""",
        address,
    )


def screens(page: Page, start: str, skipped: re.Pattern) -> Iterator[str]:
    """Open the screens that can be reached from *start*, one of each kind.

    Addresses that differ only in numbers are of one kind.
    """
    waiting, kinds = [start], set()
    while waiting:
        address = waiting.pop(0)
        answer = page.goto(address)
        assert answer
        if "html" not in answer.headers.get("content-type", ""):
            continue
        assert answer.ok, f"{address}: {answer.status}"
        yield address
        for link in page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)"):
            parts = urlsplit(link)
            kind = re.sub(r"\d+", "0", parts.path)
            if (
                page.url.startswith(f"{parts.scheme}://{parts.netloc}/")
                and parts.path.startswith("/admin/")
                and not skipped.search(parts.path)
                and kind not in kinds
            ):
                kinds.add(kind)
                waiting.append(parts.path)
