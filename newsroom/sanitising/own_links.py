"""Links to the site's own pages and documents, as Wagtail writes them in rich text.

``<a linktype="page" id="3">`` is a link only with a number: Wagtail's parser of rich
text fails without one.
"""

import re

# A tag as the sanitiser writes it: attributes in double quotes.
LINK = re.compile(r'<a((?:\s+[a-z]+="[^"]*")*)\s*>')
ATTRIBUTE = re.compile(r'\s([a-z]+)="([^"]*)"')
# A valid primary key: up to 18 ASCII digits.
NUMBER = re.compile(r"[1-9][0-9]{0,17}")


def with_complete_links(markup: str) -> str:
    """Remove ``linktype`` and ``id`` from links without a valid primary key.

    Their text, and an ``href`` if they have one, are kept.
    """
    return LINK.sub(_complete, markup) if "linktype" in markup else markup


def _complete(match: re.Match[str]) -> str:
    attributes = dict(ATTRIBUTE.findall(match[1]))
    if "linktype" not in attributes or NUMBER.fullmatch(attributes.get("id", "")):
        return match[0]
    kept = (
        f' {name}="{value}"'
        for name, value in attributes.items()
        if name not in {"linktype", "id"}
    )
    return f"<a{''.join(kept)}>"
