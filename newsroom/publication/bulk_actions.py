"""Wagtail's bulk action *Publish*, continued after refused pages."""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.models import Page

from newsroom.access.permissions import may_publish
from newsroom.access.users import User
from newsroom.articles.refusals import Reason, reasons_of

logger = logging.getLogger(__name__)

# Refused pages that are listed; the others are counted.
NAMED = 20
Refused = list[tuple[Page, list[Reason]]]


class RefusingPublishBulkAction(PublishBulkAction):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused: Refused = []

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "refused": self.refused}

    @classmethod
    def execute_action(
        cls,
        objects: list[Page],
        include_descendants: bool = False,
        user: User | None = None,
        refused: Refused | None = None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        """Publish *objects*; return the numbers of published pages and descendants.

        With *include_descendants*, drafts below them that *user* may publish are
        published too. No page is tried twice. Pages that cannot be published are
        appended to *refused*.
        """
        failed: Refused = [] if refused is None else refused
        tried = {page.pk for page in objects}
        parents = [publish_page(page, user=user, refused=failed) for page in objects]
        children: list[bool] = []
        for page in objects if include_descendants else []:
            drafts = page.get_descendants().not_live().exclude(pk__in=tried)
            for draft in list(drafts.specific()):
                tried.add(draft.pk)
                if user is None or may_publish(user, draft):
                    children.append(publish_page(draft, user=user, refused=failed))
        return sum(parents), sum(children)

    def get_success_message(
        self, num_parent_objects: int, num_child_objects: int
    ) -> str | None:
        for page, reasons in self.refused[:NAMED]:
            messages.error(
                self.request,
                _("“%(page)s” was not published: %(reasons)s")
                % {
                    "page": page.get_admin_display_title(),
                    "reasons": " ".join(reason.text for reason in reasons),
                },
            )
        if more := len(self.refused[NAMED:]):
            text = ngettext(
                "%(count)d more page was not published.",
                "%(count)d more pages were not published.",
                more,
            )
            messages.error(self.request, text % {"count": more})
        if num_parent_objects or num_child_objects or not self.refused:
            text = super().get_success_message(num_parent_objects, num_child_objects)
            return str(text)
        return None


def publish_page(page: Page, *, user: User | None, refused: Refused) -> bool:
    """Publish the latest draft of *page* in a savepoint; return whether it succeeded.

    A page that cannot be published is appended to *refused*.
    """
    try:
        with transaction.atomic():
            revision = page.get_latest_revision() or page.specific.save_revision(
                user=user
            )
            revision.publish(user=user)
    except (ValidationError, PermissionDenied) as error:
        refused.append((page, reasons_of(error, page.specific)))
        return False
    except Exception as error:  # of one page: continue with the others
        logger.exception("%s could not be published.", page)
        refused.append((page, reasons_of(error)))
        return False
    return True
