"""Template tags for an article's corrections and earlier versions."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from newsroom.articles.models import ArticlePage
from newsroom.corrections import reading
from newsroom.corrections.models import Correction, CorrectionQuerySet, PublishedVersion
from newsroom.corrections.permissions import may_correct
from newsroom.corrections.reading import ShownCorrection, elsewhere, shown_corrections

register = template.Library()

SAID = {
    Correction.Kind.CORRECTION: _("Corrected on %(day)s"),
    Correction.Kind.CLARIFICATION: _("Clarified on %(day)s"),
    Correction.Kind.UPDATE: _("Updated on %(day)s"),
}


@register.simple_tag
def corrections_of(
    article: ArticlePage, version: PublishedVersion | str = ""
) -> list[ShownCorrection]:
    """Return the corrections that readers see, newest first.

    For an earlier *version*, return those up to that version. A new page has none.
    """
    if not article.pk:
        return []
    last = version.number if isinstance(version, PublishedVersion) else None
    return shown_corrections(article, last)


@register.simple_tag
def versions_url(article: ArticlePage) -> str:
    """Return the URL of the list of versions; "" if there is only one."""
    if not article.pk:
        return ""
    is_one_of_several = reading.has_several_versions(article)
    return reading.versions_url(article) if is_one_of_several else ""


@register.simple_tag
def corrections_elsewhere(article: ArticlePage) -> CorrectionQuerySet:
    """Return the corrections of the other language versions, for editors."""
    return elsewhere(article)


@register.simple_tag(takes_context=True)
def corrections_admin_url(context: dict[str, Any], article: ArticlePage) -> str:
    """Return the admin URL of the corrections of *article*; "" without permission."""
    if not may_correct(context["request"].user, article):
        return ""
    return reverse("corrections:article", args=[article.pk])


@register.filter
def said(shown: ShownCorrection) -> str:
    """Return the note next to the date, for example "Corrected on May 12, 2026"."""
    correction = shown.correction
    day = date_format(localtime(correction.date), "DATE_FORMAT")
    return str(SAID[Correction.Kind(correction.kind)]) % {"day": day}
