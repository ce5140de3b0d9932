"""Actions of translators and editors on a translation as a whole."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState
from wagtail_localize.models import Translation

from newsroom.access.permissions import may_publish
from newsroom.access.users import User
from newsroom.articles.models import ArticlePage
from newsroom.translation.checks import Level, check_translation
from newsroom.translation.machine.guard import refusal_of_unfinished
from newsroom.translation.manual_edits.guard import refusal, undecided
from newsroom.translation.permissions import workflow_actions
from newsroom.translation.sources import target_of
from newsroom.translation.status.counting import counted_once
from newsroom.translation.status.review import ReviewStatus, review_status_of


class ReviewRefusedError(Exception):
    """An action was refused; the message gives the user the reason."""


def hand_in(translation: Translation, *, user: User) -> None:
    """Save the draft and start the workflow of its language.

    Raises RefusedError if there are errors, unread or unfinished segments or undecided
    manual edits, if the translation is in review already, or if no workflow is assigned
    to the language.
    """
    page = _target(translation)
    if review_status_of(page) == ReviewStatus.IN_REVIEW:
        raise ReviewRefusedError(_("It has been handed in already."))
    _refuse_undecided(page)
    _refuse_errors(translation)
    with transaction.atomic(), counted_once():
        translation.save_target(user=user, publish=False)
        page = ArticlePage.objects.get(pk=page.pk)
        state = page.current_workflow_state
        if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            state.resume(user=user)
        else:
            workflow = page.get_workflow()
            if workflow is None:
                raise ReviewRefusedError(
                    _("Nobody is assigned to approve this language.")
                )
            workflow.start(page, user)


def approve(translation: Translation, *, user: User, comment: str = "") -> None:
    """Approve the translation without publishing it.

    If it was not submitted, a user who may publish the page can approve it directly: it
    is submitted first. Raises RefusedError.
    """
    page = _target(translation)
    if review_status_of(page) != ReviewStatus.IN_REVIEW:
        if not may_publish(user, page):
            raise ReviewRefusedError(_("You may not approve this language."))
        hand_in(translation, user=user)
    _refuse_undecided(page)
    _decide(page, user, "approve", comment)


def send_back(translation: Translation, *, user: User, comment: str) -> None:
    """Return the translation to its translator with a comment on the needed changes.

    Raises RefusedError if the translation is not in review.
    """
    page = _target(translation)
    if review_status_of(page) != ReviewStatus.IN_REVIEW:
        raise ReviewRefusedError(_("It has not been handed in."))
    _decide(page, user, "reject", comment)


def _decide(page: ArticlePage, user: User, action: str, comment: str) -> None:
    page = ArticlePage.objects.get(pk=page.pk)
    task_state = page.current_workflow_task_state
    if task_state is None or action not in workflow_actions(page, task_state, user):
        raise ReviewRefusedError(_("You may not approve this language."))
    with transaction.atomic(), counted_once():
        task_state.task.specific.on_action(task_state, user, action, comment=comment)


def _target(translation: Translation) -> ArticlePage:
    page = target_of(translation)
    if page is None or not translation.enabled:
        raise ReviewRefusedError(_("This translation has been stopped."))
    return page


def _refuse_undecided(page: ArticlePage) -> None:
    if count := undecided(page):
        raise ReviewRefusedError(refusal(count))


def _refuse_errors(translation: Translation) -> None:
    found = check_translation(translation)
    errors = sum(f.level == Level.ERROR for _segment, some in found for f in some)
    machine = sum(segment.is_machine_made for segment, _some in found)
    unfinished = sum(segment.is_unfinished for segment, _some in found)
    if errors:
        raise ReviewRefusedError(
            _("Errors left to correct: %(count)d.") % {"count": errors}
        )
    if machine:
        raise ReviewRefusedError(
            _("Machine-made segments that nobody has accepted: %(count)d.")
            % {"count": machine}
        )
    if unfinished:
        raise ReviewRefusedError(refusal_of_unfinished(unfinished))
