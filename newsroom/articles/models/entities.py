"""People, organisations, places and topics, with a name in each language."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import TranslatableMixin
from wagtail.search import index

from newsroom.articles.entities.forms import EntityForm
from search.collation import alphabetically

# More are a dictionary; each is searched for in every search for the name.
MOST_SPELLINGS = 20
LONGEST_SPELLING = 255  # characters, as in a name


def validate_spellings(text: str) -> None:
    """Raise ValidationError if *text* has too many lines or one is too long."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_SPELLINGS:
        raise ValidationError(
            _("Write at most %(limit)s spellings."), params={"limit": MOST_SPELLINGS}
        )
    if any(len(line) > LONGEST_SPELLING for line in lines):
        raise ValidationError(
            _("A spelling has at most %(limit)s characters."),
            params={"limit": LONGEST_SPELLING},
        )


class Entity(index.Indexed, TranslatableMixin, ClusterableModel):
    """Something that articles refer to: one row for each language that names it.

    The rows of one entity share their ``translation_key``. An article references the
    row that the journalist chose; readers see the name in their language, or the name
    of the referenced row if there is none (see ``newsroom.articles.models.names``).
    """

    name = models.CharField(_("name"), max_length=255)

    also_written = models.TextField(
        _("also written"),
        blank=True,
        validators=[validate_spellings],
        help_text=_(
            "Other spellings and names in this language, one in each line. Readers who "
            "search for one of them find articles with any."
        ),
    )

    panels: ClassVar[list[Panel]] = [
        FieldPanel("name"),
        FieldPanel("is_another"),
        FieldPanel("also_written"),
    ]
    base_form_class = EntityForm
    search_fields: ClassVar[list[index.BaseField]] = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale"),
    ]

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering = [alphabetically("name")]

    def __str__(self) -> str:
        return self.name

    @property
    def spellings(self) -> list[str]:
        """The name and what else the entity is called in this language."""
        short = getattr(self, "abbreviation", "")
        lines = map(str.strip, self.also_written.splitlines())
        return list(dict.fromkeys(filter(None, (self.name, short, *lines))))


class Person(Entity):
    """Someone who is written about or who writes."""

    post = models.CharField(
        _("post"), max_length=255, blank=True, help_text=_("What the person does.")
    )

    panels = [*Entity.panels, FieldPanel("post")]

    class Meta(Entity.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")


class Organisation(Entity):
    """A ministry, a company, an outlet or another body."""

    abbreviation = models.CharField(_("abbreviation"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)

    panels = [*Entity.panels, FieldPanel("abbreviation"), FieldPanel("website")]

    class Meta(Entity.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")


class Place(Entity):
    """A town, a region, a river or another place."""

    class Meta(Entity.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")


class Topic(Entity):
    """A subject of articles, from the archive's own vocabulary."""

    class Meta(Entity.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
