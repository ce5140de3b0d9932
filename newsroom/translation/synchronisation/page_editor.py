"""Warning in the page editor that the original of a translation has changed."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page

from newsroom.articles.models import ArticlePage
from newsroom.translation.models import TranslationStatus


def warn_outdated(request: HttpRequest, page: Page) -> None:
    """Show a link to the changes when an outdated translation is opened."""
    if request.method != "GET" or page.specific_class is not ArticlePage:
        return
    row = TranslationStatus.objects.filter(
        target=page.pk, translation__isnull=False, segments_changed__gt=0
    ).first()
    if row is None:
        return
    text = ngettext(
        "The original has changed since this translation was published: "
        "%(count)d change.",
        "The original has changed since this translation was published: "
        "%(count)d changes.",
        row.segments_changed,
    )
    url = reverse("translation_desk:changes", args=[row.translation_id])
    button = messages.button(url, _("See what changed"))
    messages.warning(request, text % {"count": row.segments_changed}, buttons=[button])
