"""Transactions around publication, withdrawal and move of a page.

Wagtail sends ``page_published``, ``page_unpublished`` and ``post_page_move`` after it
has committed the row. If a step of :mod:`newsroom.articles.publishing` fails then, the
page is changed, but the desk, the files or the search are not.
"""

from django.db import transaction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction

ACTIONS = (PublishPageRevisionAction, UnpublishPageAction, MovePageAction)


def make_actions_atomic() -> None:
    """Run each of Wagtail's actions in a transaction, whichever code path calls it.

    Every path of Wagtail ends in these classes: the admin's views, bulk actions, the
    scheduler, and methods of pages of any class. A page's own methods do not suffice,
    because the views that unpublish and move a page use the actions directly.
    """
    for action in ACTIONS:
        action.execute = transaction.atomic(action.execute)
