"""Articles on their way into other languages."""

from typing import Any

import polib
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.operations import translate_object

from newsroom.articles.models import ArticlePage
from newsroom.translation.models import TranslationStatus


def submit(page: Page, locale: Locale) -> Translation:
    translate_object(page, [locale])
    return Translation.objects.get(
        source=TranslationSource.objects.get_for_instance(page), target_locale=locale
    )


def translate(translation: Translation, texts: dict[str, str] | None = None) -> None:
    """Translate every segment: as *texts* says, or into itself in brackets."""
    catalogue = polib.POFile()
    for segment in StringSegment.objects.filter(source=translation.source):
        source = segment.string.data
        catalogue.append(
            polib.POEntry(
                msgctxt=segment.context.path,
                msgid=source,
                msgstr=(texts or {}).get(source, f"[{source}]"),
            )
        )
    assert translation.import_po(catalogue) == []


def translate_one(translation: Translation, text: str, into: str) -> None:
    segment = translation.source.stringsegment_set.filter(string__data=text).first()
    StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        defaults={"data": into},
    )


def republish(page: ArticlePage, **fields: Any) -> ArticlePage:
    """Publish a new version of *page* with these fields."""
    page = ArticlePage.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return ArticlePage.objects.get(pk=page.pk)


def paragraphs(page: ArticlePage, *texts: str) -> Any:
    """Return a body of one block with these paragraphs; the block keeps its id."""
    html = "".join(f"<p>{text}</p>" for text in texts)
    identity = page.body[0].id if page and page.body else None
    return [{"type": "paragraph", "value": html, "id": identity}]


def state(page: Page, code: str) -> TranslationStatus:
    return TranslationStatus.objects.get(
        translation_key=page.translation_key, locale__language_code=code
    )
