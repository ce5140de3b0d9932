"""Fill the stock site with the articles of a JSON file.

    python fill.py FILE

All renditions are made by requesting the pages once, later.
"""

import json
import sys
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from news.models import NewsIndexPage, NewsPage  # noqa: E402
from wagtail.images import get_image_model  # noqa: E402
from wagtail.models import Locale, Page, Site  # noqa: E402

from home.models import HomePage  # noqa: E402

CODES = ("kk", "ru", "en")


def homes() -> dict[str, Page]:
    """Return the home page of each language; the first one is the generated one."""
    locales = {}
    for code in CODES:
        locales[code], _new = Locale.objects.get_or_create(language_code=code)
    root = Site.objects.get().root_page
    Page.objects.filter(pk=root.pk).update(locale=locales["kk"])
    home = HomePage.objects.get(pk=root.pk)
    found = {"kk": home}
    for code in CODES[1:]:
        found[code] = HomePage(
            title="Home",
            slug=f"home-{code}",
            locale=locales[code],
            translation_key=home.translation_key,
        )
        home.get_parent().add_child(instance=found[code])
    return found


def picture(path: str, known: dict[str, Any]) -> Any:
    if path and path not in known:
        file = ContentFile(Path(path).read_bytes(), name=Path(path).name)
        known[path] = get_image_model().objects.create(title=Path(path).stem, file=file)
    return known.get(path)


def fill(articles: list[dict[str, Any]]) -> None:
    pages = homes()
    sections: dict[tuple[str, str], Page] = {}
    pictures: dict[str, Any] = {}
    for article in articles:
        for code, version in article["versions"].items():
            place = (version["section_slug"], code)
            if place not in sections:
                sections[place] = NewsIndexPage(
                    title=version["section"],
                    slug=version["section_slug"],
                    locale=pages[code].locale,
                    translation_key=version["section_key"],
                )
                pages[code].add_child(instance=sections[place])
            body = [
                (kind, picture(value, pictures) if kind == "image" else value)
                for kind, value in version["blocks"]
            ]
            page = NewsPage(
                title=version["title"],
                slug=version["slug"],
                date=version["date"],
                intro=version["lead"],
                picture=picture(version["picture"], pictures),
                caption=version["caption"],
                body=body_value(body),
                locale=pages[code].locale,
                translation_key=article["key"],
            )
            sections[place].add_child(instance=page)
            page.save_revision().publish()


def body_value(blocks: list[tuple[str, Any]]) -> Any:
    """Return a stream value; pictures are given by their objects."""
    from wagtail.rich_text import RichText

    return [
        (kind, RichText(value) if kind == "paragraph" else value)
        for kind, value in blocks
    ]


if __name__ == "__main__":
    fill(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
