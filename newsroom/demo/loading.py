"""Loader of the demo, which creates missing objects and keeps existing ones."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import polib
from django.core.files import File
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import Translation, TranslationSource

from newsroom.articles.models import (
    ArticleOrganisation,
    ArticlePage,
    ArticlePerson,
    ArticlePlace,
    ArticleTopic,
    Organisation,
    Person,
    Place,
    SectionPage,
    Topic,
)
from newsroom.articles.models.article import ArticleEntity
from newsroom.articles.models.entities import Entity
from newsroom.demo import content
from newsroom.translation.models import Concept, Term

ENTITY_MODELS: dict[str, type[Entity]] = {
    "people": Person,
    "organisations": Organisation,
    "places": Place,
    "topics": Topic,
}
ENTITY_ROWS: dict[str, type[ArticleEntity]] = {
    "people": ArticlePerson,
    "organisations": ArticleOrganisation,
    "places": ArticlePlace,
    "topics": ArticleTopic,
}


class DemoLoader:
    """Loads the content of the demo into the language editions of the site."""

    def __init__(self) -> None:
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.home = Site.objects.get(is_default_site=True).root_page

    def load(self, articles: Collection[content.DemoArticle] | None = None) -> int:
        """Load all content; return the number of articles that were created.

        If *articles* is given, only those articles are loaded.
        """
        if articles is None:
            articles = content.articles()
        for kind, named in content.entities().items():
            for name, names in named.items():
                self._load_entity(kind, name, names)
        for name, fields in content.concepts().items():
            self._load_concept(name, fields)
        for section in content.sections():
            self._load_section(section)
        return sum(self._load_article(article) for article in articles)

    def _load_entity(
        self, kind: str, name: str, names: dict[str, dict[str, str]]
    ) -> None:
        model, key = ENTITY_MODELS[kind], content.identifier(kind, name)
        for code, fields in names.items():
            if code in self.locales:
                model.objects.get_or_create(
                    translation_key=key, locale=self.locales[code], defaults=fields
                )

    def _entity(self, kind: str, name: str, locale: str) -> Entity:
        key = content.identifier(kind, name)
        row: Entity = ENTITY_MODELS[kind].objects.get(
            translation_key=key, locale=self.locales[locale]
        )
        return row

    def _load_concept(self, name: str, fields: dict[str, Any]) -> None:
        key = content.identifier("concept", name)
        if Concept.objects.filter(uuid=key).exists():
            return
        source = self.home.locale.language_code
        concept = Concept(
            uuid=key,
            subject_field=self._entity("topics", fields["subject_field"], source),
            note=fields["note"],
        )
        concept.terms = [
            Term(
                locale=self.locales[code],
                **(term if isinstance(term, dict) else _approved(term)),
            )
            for code, terms in fields["terms"].items()
            for term in terms
            if code in self.locales
        ]
        concept.save()

    @transaction.atomic
    def _load_section(self, section: dict[str, Any]) -> None:
        key = content.identifier("section", section["id"])
        if SectionPage.objects.filter(translation_key=key).exists():
            return
        source = self.home.locale.language_code
        page = SectionPage(translation_key=key, **section[source])
        self.home.add_child(instance=page)
        page.save_revision().publish()
        for code in self.locales:
            if code != source and code in section:
                entries = [
                    polib.POEntry(msgctxt=path, msgid=page_text, msgstr=text)
                    for path, text in section[code].items()
                    if (page_text := section[source][path])
                ]
                translate(page, self.locales[code], entries)

    @transaction.atomic
    def _load_article(self, article: content.DemoArticle) -> bool:
        if Page.objects.filter(translation_key=article.translation_key).exists():
            return False
        section = SectionPage.objects.get(
            translation_key=content.identifier("section", article.fields["section"]),
            locale=self.locales[article.locale],
        )
        page = self._article_page(article)
        section.add_child(instance=page)
        page.save_revision().publish()
        for code, catalogue in article.translations().items():
            if code in self.locales:
                translate(page, self.locales[code], list(catalogue))
        return True

    def _article_page(self, article: content.DemoArticle) -> ArticlePage:
        fields, locale = article.fields, article.locale
        people = {
            name: self._entity("people", name, locale).pk
            for name in content.entities()["people"]
        }
        picture = fields["picture"] or {}
        page = ArticlePage(
            translation_key=article.translation_key,
            title=fields["title"],
            lead=fields["lead"],
            kind=fields["kind"],
            published_at=datetime.fromisoformat(fields["published_at"]),
            dateline=fields["dateline"]
            and self._entity("places", fields["dateline"], locale),
            outlet=fields["outlet"]
            and self._entity("organisations", fields["outlet"], locale),
            source_url=fields["source_url"],
            lead_picture=_picture(picture["file"]) if picture else None,
            lead_picture_alt=picture.get("alt", ""),
            lead_picture_caption=picture.get("caption", ""),
            lead_picture_credit=picture.get("credit", ""),
        )
        page.body = article.body(people)  # type: ignore[assignment]
        for kind, row_model in ENTITY_ROWS.items():
            named = [self._entity(kind, name, locale) for name in fields[kind]]
            rows = [
                row_model(sort_order=order, **{row_model.entity_field: entity})
                for order, entity in enumerate(named)
            ]
            setattr(page, kind, rows)
        return page


def translate(page: Page, locale: Locale, entries: list[polib.POEntry]) -> None:
    """Translate *page* into *locale* with wagtail-localize, and publish the result.

    *entries* are PO entries: the segment's path in ``msgctxt``, its source in
    ``msgid``. Raises ValueError if an entry matches no segment, or a segment has no
    translation: the demo content is then wrong, not the site.
    """
    source, _ = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=locale)
    catalogue = polib.POFile()
    catalogue.extend(entries)
    warnings = translation.import_po(catalogue)
    total, translated = translation.get_progress()
    if warnings or total != translated:
        raise ValueError(
            f"{page} into {locale}: {translated} of {total} segments, {warnings}"
        )
    translation.save_target(publish=True)


def _approved(text: str) -> dict[str, str]:
    return {"text": text, "status": Term.Status.APPROVED}


def _picture(name: str) -> Any:
    image_model = get_image_model()
    title = name.rsplit(".", 1)[0].replace("-", " ").capitalize()
    existing = image_model.objects.filter(title=title).first()
    if existing:
        return existing
    with (content.FOLDER / "pictures" / name).open("rb") as file:
        return image_model.objects.create(title=title, file=File(file, name=name))
