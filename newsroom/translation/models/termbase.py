"""The termbase: the agreed terms of the newsroom, in every language.

The vocabulary is that of TBX (ISO 30042), the exchange format of termbases: a concept
has terms, and each term has a language and an administrative status.
"""

import uuid
from typing import Any

from django.db import models, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Locale, Orderable
from wagtail.search import index

from newsroom.articles.models import Topic
from newsroom.translation.querysets import ConceptQuerySet, TermQuerySet
from newsroom.translation.signals import terms_saved

# The search stores no longer names and terms (``search.models.Synonym``).
MAX_TERM_LENGTH = 300


class Concept(index.Indexed, ClusterableModel):
    """A notion, independent of its terms; ``uuid`` identifies it in exchange files."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject_field = models.ForeignKey(
        Topic,
        verbose_name=_("subject field"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    note = models.TextField(
        _("note"),
        blank=True,
        help_text=_("What is meant, and what it must not be confused with."),
    )

    objects = ConceptQuerySet.as_manager()

    panels = [
        InlinePanel("terms", heading=_("Terms"), label=_("Term"), min_num=1),
        FieldPanel("subject_field"),
        FieldPanel("note"),
    ]
    search_fields = [
        index.SearchField("texts"),
        index.AutocompleteField("texts"),
        index.SearchField("note"),
        index.FilterField("id"),
    ]

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")

    def __str__(self) -> str:
        """Return the best term in the active language, or else in another one."""
        order = [Term.Status.APPROVED, Term.Status.PROPOSED, Term.Status.DEPRECATED]
        best = sorted(self.terms.all(), key=lambda term: order.index(term.status))
        own = [t for t in best if t.locale.language_code == get_language()]
        return next((term.text for term in [*own, *best]), "—")

    @transaction.atomic
    def save(self, **kwargs: Any) -> None:
        """Save the concept and its terms, and then send ``terms_saved`` once."""
        self.is_being_saved = True
        try:
            super().save(**kwargs)
        finally:
            self.is_being_saved = False
        terms_saved.send(type(self), instance=self)

    is_being_saved = False  # set while its terms are saved with it

    @property
    def texts(self) -> str:
        """All terms, for the search of the admin."""
        return "\n".join(term.text for term in self.terms.all())


class Term(Orderable):
    """A term of a concept in one language; it may be deprecated.

    The first approved term of a language is the preferred one.
    """

    class Status(models.TextChoices):
        APPROVED = "approved", _("Approved")
        PROPOSED = "proposed", _("Proposed")
        DEPRECATED = "deprecated", _("Deprecated")

    concept = ParentalKey(Concept, on_delete=models.CASCADE, related_name="terms")
    locale = models.ForeignKey(
        Locale,
        verbose_name=_("language"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    text = models.CharField(_("term"), max_length=MAX_TERM_LENGTH)
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.PROPOSED
    )
    note = models.CharField(
        _("note"),
        max_length=500,
        blank=True,
        help_text=_("Where the term is used, or why it should not be."),
    )

    objects = TermQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("locale"), FieldPanel("status")]),
        FieldPanel("text"),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        default_permissions = ()  # the permission to change concepts covers terms
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "locale", "text"], name="termbase_term"
            )
        ]

    def __str__(self) -> str:
        return self.text

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the term and update the search in the same transaction."""
        super().save(*args, **kwargs)
