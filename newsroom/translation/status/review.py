"""The review status of a translation."""

from collections.abc import Iterable
from enum import StrEnum

from django.db.models import Max
from wagtail.models import TaskState, WorkflowState
from wagtail_localize.models import StringTranslation, Translation

from newsroom.access.users import AnyUser
from newsroom.articles.models import ArticlePage
from newsroom.translation.permissions import may_decide


class ReviewStatus(StrEnum):
    NOT_HANDED_IN = "not_handed_in"
    IN_REVIEW = "in_review"
    SENT_BACK = "sent_back"
    APPROVED = "approved"


_REVIEW_STATUSES = {
    WorkflowState.STATUS_IN_PROGRESS: ReviewStatus.IN_REVIEW,
    WorkflowState.STATUS_NEEDS_CHANGES: ReviewStatus.SENT_BACK,
    WorkflowState.STATUS_APPROVED: ReviewStatus.APPROVED,
}


def review_status_of(page: ArticlePage) -> ReviewStatus:
    """Return the review status of the translation whose target is *page*."""
    return review_statuses([page])[page.pk]


def sent_back_with(page: ArticlePage) -> TaskState | None:
    """Return the last rejection (editor, time and ``comment``), or None."""
    rejected = TaskState.objects.filter(
        workflow_state__in=page.workflow_states, status=TaskState.STATUS_REJECTED
    )
    return rejected.select_related("finished_by").order_by("-finished_at").first()


def review_statuses(pages: Iterable[ArticlePage]) -> dict[int, ReviewStatus]:
    """Return the review status of each version of one article, by primary key.

    An approval is valid only for the approved text: if any segment is changed
    afterwards, the translation must be submitted again.
    """
    found = {page.pk: ReviewStatus.NOT_HANDED_IN for page in pages}
    locales = {page.pk: (page.translation_key, page.locale_id) for page in pages}
    states = WorkflowState.objects.filter(
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
        object_id__in=[str(pk) for pk in found],
    ).annotate(decided_at=Max("task_states__finished_at"))
    for state in states.order_by("pk"):
        pk = int(state.object_id)
        review_status = _REVIEW_STATUSES.get(state.status, ReviewStatus.NOT_HANDED_IN)
        if review_status == ReviewStatus.APPROVED and _edited_after(
            *locales[pk], state
        ):
            review_status = ReviewStatus.NOT_HANDED_IN
        found[pk] = review_status
    return found


def is_editable(translation: Translation, page: ArticlePage, user: AnyUser) -> bool:
    """Return whether *user*, who may edit *page*, may change its segments now.

    A translation in review can be changed only by users who may decide on it. A stopped
    translation is edited in the page editor.
    """
    in_review = review_status_of(page) == ReviewStatus.IN_REVIEW
    return translation.enabled and (not in_review or may_decide(page, user))


def _edited_after(key: object, locale: int, state: WorkflowState) -> bool:
    texts = StringTranslation.objects.filter(context__object_id=key, locale=locale)
    return texts.filter(updated_at__gt=state.decided_at).exists()
