"""Translation by wagtail-localize without a change of the live text."""

from functools import wraps
from typing import Any

from wagtail_localize.models import TranslationSource

from newsroom.articles.draft_saves import drafts_saved


def extend_localize() -> None:
    """Make wagtail-localize's translations of live pages drafts until publication.

    ``create_or_update_translation`` saves the page with the new text before it creates
    the revision and publishes it, if at all. Readers would see a draft.
    """
    translate = TranslationSource.create_or_update_translation

    @wraps(translate)
    def as_draft(self: TranslationSource, *args: Any, **kwargs: Any) -> Any:
        with drafts_saved():
            return translate(self, *args, **kwargs)

    TranslationSource.create_or_update_translation = as_draft
