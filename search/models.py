"""The archive's index of record."""

from typing import Any

from django.db import models

from search.zones import ZONE_WEIGHTS, column_name


def _terms() -> models.TextField[str, str]:
    """A column of terms with a space between them, in the order of the text."""
    return models.TextField(editable=False, default="")


class Entry(models.Model):
    """One live article in one language: its text for excerpts, its terms to be found.

    Written in the transaction that publishes. Engines index the term columns and
    nothing else; the names are those of :mod:`search.zones`.
    """

    key = models.CharField(max_length=100, unique=True)
    group = models.CharField(max_length=100, db_index=True)
    locale = models.CharField(max_length=20, db_index=True)
    url = models.CharField(max_length=2000)
    title = models.TextField()
    lead = models.TextField(blank=True)
    body = models.TextField(blank=True)
    names = models.TextField(blank=True)
    published_at = models.DateTimeField(db_index=True)

    title_exact = _terms()
    title_stems = _terms()
    title_folded = _terms()
    lead_exact = _terms()
    lead_stems = _terms()
    lead_folded = _terms()
    names_exact = _terms()
    names_stems = _terms()
    names_folded = _terms()
    body_exact = _terms()
    body_stems = _terms()
    body_folded = _terms()

    class Meta:
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"

    def set_terms(self, zone: str, forms: dict[str, list[str]]) -> None:
        """Store the terms of one zone, given as a list for each form."""
        if zone not in ZONE_WEIGHTS:
            raise ValueError(f"{zone!r} is not one of {', '.join(ZONE_WEIGHTS)}")
        values: dict[str, Any] = forms
        for form, terms in values.items():
            setattr(self, column_name(zone, form), " ".join(terms))
