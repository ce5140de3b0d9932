"""An article as a list of the parts that readers see, for comparison."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from newsroom.articles.block_content import facts, text_lines
from newsroom.articles.models import ArticlePage
from newsroom.articles.models.names import names_of


class Part(NamedTuple):
    """A paragraph, an item of a list or a row of a table.

    Only parts of the same ``kind`` can match; ``label`` is the name shown to readers.
    """

    kind: str
    label: str
    text: str


def parts_of(article: ArticlePage) -> list[Part]:
    """Return the parts of *article* that contain text, headline first."""
    return [part for part in _parts(article) if part.text.strip()]


def _parts(article: ArticlePage) -> Iterator[Part]:
    yield Part("title", _("Headline"), article.title)
    yield Part("lead", _name_of("lead"), article.lead)
    yield from _facts(article)
    if picture := article.lead_picture:
        yield Part("lead_picture", _("Lead picture"), picture.title)
    for name in ("alt", "caption", "credit"):
        field = f"lead_picture_{name}"
        yield Part(field, _name_of(field), getattr(article, field))
    for block in article.body:
        label = str(block.block.label)
        shown = (block.block, block.value)
        for line in [*text_lines(*shown), *facts(*shown)]:
            yield Part(block.block_type, label, line)


def _name_of(field: str) -> str:
    return str(ArticlePage._meta.get_field(field).verbose_name).capitalize()


def _facts(article: ArticlePage) -> Iterator[Part]:
    """Yield the facts around the text; entities have their present names."""
    names = names_of(article)
    dateline = names.dateline.name if names.dateline else ""
    outlet = names.outlet.name if names.outlet else ""
    for field, text in (
        ("kind", str(article.get_kind_display())),
        ("orthography", str(article.get_orthography_display())),
        ("dateline", dateline),
        (
            "published_at",
            date_format(localtime(article.published_at), "DATETIME_FORMAT")
            if article.published_at
            else "",
        ),
        ("outlet", outlet),
        ("source_url", article.source_url),
    ):
        yield Part(field, _name_of(field), text)
    for name, label in (
        ("authors", _("Authors")),
        ("topics", _("Topics")),
        ("people", _("People")),
        ("organisations", _("Organisations")),
        ("places", _("Places")),
    ):
        listed = ", ".join(entity.name for entity in getattr(names, name))
        yield Part(name, label, listed)
