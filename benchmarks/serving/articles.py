"""The demo's articles as plain data, for the stock site.

    python -m benchmarks.serving.articles FILE

Runs with the settings of the archive. Writes JSON: one object for each article with its
language versions, each with title, lead, date, section, picture and blocks.
"""

import json
import sys
from pathlib import Path
from typing import Any

import django


def blocks_of(page: Any) -> list[tuple[str, Any]]:
    """Return the body as blocks of stock types; only the form of some texts changes."""
    from newsroom.articles.block_content import body_text

    blocks: list[tuple[str, Any]] = []
    for child in page.body:
        value = child.value
        match child.block_type:
            case "paragraph":
                blocks.append(("paragraph", str(value.source)))
            case "heading":
                blocks.append(("heading", value))
            case "quote":
                blocks.append(("quote", value["text"]))
            case "picture":
                blocks.append(("image", value["picture"].file.path))
            case "table":
                blocks.append(("table", value["table"]))
            case _:  # lists, fact boxes and others: their lines
                lines = body_text([child]).splitlines()
                items = "".join(f"<li>{line}</li>" for line in lines)
                blocks.append(("paragraph", f"<ul>{items}</ul>"))
    return blocks


def versions() -> list[dict[str, Any]]:
    from django.utils.timezone import localdate

    from newsroom.articles.models import ArticlePage

    found: dict[str, dict[str, Any]] = {}
    for page in ArticlePage.objects.live().order_by("pk"):
        article = found.setdefault(str(page.translation_key), {})
        article[page.locale.language_code] = {
            "title": page.title,
            "lead": page.lead,
            "slug": page.slug,
            "url": page.url,
            "date": localdate(page.published_at).isoformat(),
            "section": page.get_parent().title,
            "section_slug": page.get_parent().slug,
            "section_key": str(page.get_parent().translation_key),
            "picture": page.lead_picture.file.path if page.lead_picture else "",
            "alt": page.lead_picture_alt,
            "caption": page.lead_picture_caption,
            "blocks": blocks_of(page),
        }
    return [{"key": key, "versions": versions} for key, versions in found.items()]


if __name__ == "__main__":
    django.setup()
    text = json.dumps(versions(), ensure_ascii=False)
    Path(sys.argv[1]).write_text(text, encoding="utf-8")
