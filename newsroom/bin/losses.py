"""The losses that a deletion causes, shown before it is confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from wagtail.models import Page

from newsroom.archive.models import Permalink
from newsroom.corrections.models import Correction, PublishedVersion

NAMED = 10  # titles and URLs that are listed; the rest is counted


@dataclass(frozen=True, slots=True)
class Losses:
    """The losses that a deletion causes.

    ``below`` are titles of further pages; ``staying`` the remaining language versions
    as (title, language); ``permalinks`` the URLs that will answer 410 Gone.
    """

    below: list[str]
    pages_below: int
    versions: int
    corrections: int
    permalinks: list[str]
    permalink_count: int
    staying: list[tuple[str, str]]


def losses_of(pages: Iterable[Page]) -> Losses:
    """Return the losses of deleting *pages* and the pages below them."""
    pages = list(pages)
    tree = Page.objects.none()
    for page in pages:
        tree |= Page.objects.descendant_of(page, inclusive=True)
    further = tree.exclude(pk__in=[page.pk for page in pages])
    keys = tree.values("translation_key")
    staying = (
        Page.objects.filter(translation_key__in=keys)
        .exclude(pk__in=tree.values("pk"))
        .select_related("locale")
    )
    published = tree.filter(first_published_at__isnull=False)
    links = Permalink.objects.filter(
        translation_key__in=published.values("translation_key")
    ).exclude(translation_key__in=staying.values("translation_key"))
    pks = links.order_by("pk").values_list("pk", flat=True)[:NAMED]
    return Losses(
        below=list(further.order_by("path").values_list("title", flat=True)[:NAMED]),
        pages_below=further.count(),
        versions=PublishedVersion.objects.filter(article__in=tree.values("pk")).count(),
        corrections=Correction.objects.filter(article__in=tree.values("pk")).count(),
        permalinks=[reverse("permalink", args=[pk]) for pk in pks],
        permalink_count=links.count(),
        staying=[
            (page.title, page.locale.get_display_name())
            for page in staying.order_by("path")[:NAMED]
        ],
    )
