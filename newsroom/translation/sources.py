"""Bring sources of translations up to date with what is published."""

from wagtail_localize.models import TranslationSource

from newsroom.articles.models import ArticlePage
from newsroom.translation.bases import remember_published


def refresh_source(page: ArticlePage) -> None:
    """Let the translators of *page*, where there are any, work from its live text.

    Segments that did not change keep their translations; published translations stay
    as they are.
    """
    source = TranslationSource.objects.get_for_instance_or_none(page)
    if source and source.translations.exists():
        remember_published(source)
        source.update_from_db()
