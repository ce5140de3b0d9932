"""One transaction for each publication, withdrawal and move of a page.

Wagtail sends ``page_published``, ``page_unpublished`` and ``post_page_move`` after it
has committed the row. A step of :mod:`newsroom.articles.publishing` that failed then
would leave the page changed, and the desk, files or search without that change.
"""

from django.db import transaction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction

ACTIONS = (PublishPageRevisionAction, UnpublishPageAction, MovePageAction)


def make_actions_atomic() -> None:
    """Run Wagtail's actions in a transaction each, whichever code path calls them.

    Every path of Wagtail ends in these classes: the admin's views, bulk actions, the
    scheduler, and methods of pages of any class. A page's own methods do not suffice,
    because the views that unpublish and move a page use the actions directly.
    """
    for action in ACTIONS:
        action.execute = transaction.atomic(action.execute)
