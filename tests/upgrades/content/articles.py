"""Articles of the kept site.

Titles and translation keys are fixed, so that the expectations, which name pages by
them, are the same on both databases.
"""

import json
import uuid
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from newsroom.articles.models import ArticlePage, SectionPage
from newsroom.demo import content as demo
from tests.factories import locale_of
from tests.translation.articles import (
    paragraphs,
)

NAMESPACE = uuid.UUID("0b9c1d0e-52f5-4f0e-8d7b-7a2f6f1f2c11")
FAR_FUTURE = datetime(2126, 1, 1, 9, tzinfo=ZoneInfo("Asia/Almaty"))
PUBLISHED_AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Almaty"))


def section(code: str, name: str = "society") -> SectionPage:
    return SectionPage.objects.get(
        translation_key=demo.identifier("section", name), locale=locale_of(code)
    )


def article(
    title: str, *lines: str, code: str = "kk", live: bool = True, **fields: Any
) -> ArticlePage:
    """Create an article with these paragraphs; its key is derived from its title."""
    page = ArticlePage(
        title=title,
        lead=fields.pop("lead", lines[0]),
        translation_key=uuid.uuid5(NAMESPACE, title),
        published_at=PUBLISHED_AT,
        live=live,
        **fields,
    )
    page.body = json.dumps(paragraphs(None, *lines))  # type: ignore[assignment]
    section(code).add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return ArticlePage.objects.get(pk=page.pk)
