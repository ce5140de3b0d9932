"""Text and links that a reader sees and reaches on a page that is open in a browser."""

from typing import Any

from playwright.sync_api import Page

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# WCAG 2.2, 1.4.12: what a reader may set without losing anything.
TEXT_SPACING = """
  * {
    line-height: 1.5 !important;
    letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important;
  }
  p { margin-block-end: 2em !important; }
"""

# Every visible line of text must lie on the screen, within all elements that clip it,
# and above all others but the empty boxes that make a link as large as its teaser.
# Scrollable regions, and text for screen readers only, are left out.
LOST_TEXT = """() => {
  const FOR_EARS = ".visually-hidden, .skip-link, script, style, option";
  const SLACK = 3; // CSS pixels by which a letter may reach out of its line
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("::before, ::after { pointer-events: none !important }");
  document.adoptedStyleSheets.push(sheet);
  const lost = new Set();
  const clips = (style, axis) => ["hidden", "clip"].includes(style[axis]);
  const scrolls = style => /auto|scroll/.test(style.overflowX + style.overflowY);
  const problem = (owner, box) => {
    if (box.left < -SLACK || box.right > innerWidth + SLACK) return "off the screen";
    for (let around = owner; around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around), edge = around.getBoundingClientRect();
      if (clips(style, "overflowX")
          && (box.left < edge.left - SLACK || box.right > edge.right + SLACK)
        || clips(style, "overflowY")
          && (box.top < edge.top - SLACK || box.bottom > edge.bottom + SLACK)) {
        return "clipped";
      }
    }
    const top = document.elementFromPoint(
      (box.left + box.right) / 2, (box.top + box.bottom) / 2);
    if (!top || !(owner.contains(top) || top.contains(owner))) return "covered";
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (texts.nextNode()) {
    const text = texts.currentNode, owner = text.parentElement;
    if (!text.data.trim() || owner.closest(FOR_EARS)) continue;
    if (!owner.checkVisibility({ visibilityProperty: true })) continue;
    let region = owner;
    while (region && !scrolls(getComputedStyle(region))) region = region.parentElement;
    if (region) continue;
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      const what = box.width >= 1 && problem(owner, box);
      if (what) lost.add(`${what}: ${text.data.trim().slice(0, 60)}`);
    }
  }
  return [...lost];
}"""

# Links, fields, buttons and summaries that can be seen, in their order in the page.
REACHABLE = """() =>
  [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter(one => one.checkVisibility() && one.type !== "hidden")
    .map((one, number) => { one.dataset.stop = number; return one.outerHTML; })
"""
# Where the focus is: the number from above, the width of the outline around it or what
# it stands in, in CSS pixels, and whether any of it can be seen.
FOCUSED = """() => {
  const one = document.activeElement;
  let outline = 0;
  for (let around = one; around && !outline; around = around.parentElement) {
    const style = getComputedStyle(around);
    outline = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
  }
  const boxes = [...one.getClientRects()];
  const isOnTop = box => {
    const top = document.elementFromPoint(
      (box.left + box.right) / 2, (box.top + box.bottom) / 2);
    return top && (one.contains(top) || top.contains(one));
  };
  return {
    stop: one.dataset.stop ?? null,
    html: one.outerHTML.slice(0, 160),
    outline,
    isSeen: boxes.some(isOnTop),
  };
}"""

# Words with letters in which the language of the text around them is not written. What
# begins with a capital letter may be a name, which has no language (WCAG 2.2, 3.1.2).
FOREIGN_LETTERS = r"""() => {
  const word = letters => `(?<!\\p{L})\\p{Ll}*${letters}`;
  const CYRILLIC = word("(?=\\p{Ll})\\p{Script=Cyrillic}");
  const KAZAKH = word("[әғқңөұүһі]"), ARABIC = "\\p{Script=Arabic}";
  const FOREIGN = {
    "kk": RegExp(ARABIC, "u"),
    "kk-Latn": RegExp(`${CYRILLIC}|${ARABIC}`, "u"),
    "kk-Arab": RegExp(CYRILLIC, "u"),
    "ru": RegExp(`${KAZAKH}|${ARABIC}`, "u"),
    "en": RegExp(`${CYRILLIC}|${ARABIC}`, "u"),
  };
  const found = new Set();
  const look = (text, owner) => {
    const lang = owner.closest("[lang]").lang;
    if (FOREIGN[lang]?.test(text)) found.add(`${lang}: ${text.trim().slice(0, 80)}`);
  };
  const page = document.documentElement;
  const texts = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode, owner = text.parentElement;
    if (!owner.closest("script, style, code")) look(text.data, owner);
  }
  for (const one of document.querySelectorAll(
    ":is([alt], [title], [aria-label]):not(link)")) {
    for (const name of ["alt", "title", "aria-label"]) {
      look(one.getAttribute(name) ?? "", one);
    }
  }
  return [...found];
}"""


def lost_text(page: Page) -> list[str]:
    """Return texts that are off the screen, clipped or covered, and which of these."""
    # All of the page at once, so that nothing is merely further down.
    height = page.evaluate("document.documentElement.scrollHeight")
    width = page.viewport_size["width"]
    page.set_viewport_size({"width": width, "height": height})
    lost = page.evaluate(LOST_TEXT)
    wider = page.evaluate(SIDEWAYS)
    return [*lost, f"wider than the screen by {wider} px"] if wider else lost


def tab_through(page: Page) -> tuple[list[str], list[dict[str, Any]]]:
    """Press Tab until the focus leaves the page.

    Return what can be reached, as HTML, in the page's order, and where the focus was
    after each press.
    """
    reachable = page.evaluate(REACHABLE)
    stops: list[dict[str, Any]] = []
    for _press in range(len(reachable) + 10):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["html"].startswith("<body") or (stops and stop["stop"] == "0"):
            break
        stops.append(stop)
    return reachable, stops


def foreign_letters(page: Page) -> list[str]:
    """Return texts with letters of another language than the declared one."""
    return page.evaluate(FOREIGN_LETTERS)
