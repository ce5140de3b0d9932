"""The action after an approval, for ``WAGTAIL_FINISH_WORKFLOW_ACTION``.

Wagtail reads that setting while its models are loaded, so models are imported inside
the function.
"""

from typing import Any

from newsroom.access.users import User


def finish_workflow(state: Any, user: User | None = None) -> None:
    """Publish an approved page, unless it is a translated article.

    An approved translation waits for its release, or for a user to publish it.
    """
    from wagtail.models import Page
    from wagtail.workflows import publish_workflow_state

    from newsroom.articles.models import ArticlePage
    from newsroom.articles.models.localized_page import synchronised_translations

    page = state.content_object
    is_article = isinstance(page, Page) and page.specific_class is ArticlePage
    if not (is_article and synchronised_translations(page).exists()):
        publish_workflow_state(state, user=user)
