"""Locks, plans and reviews of pages as work that can be handed to a colleague."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import (
    Comment,
    GroupApprovalTask,
    Page,
    PageSubscription,
    Revision,
    TaskState,
    WorkflowState,
)

from newsroom.access.holdings import Holding, register
from newsroom.access.permissions import may_publish
from newsroom.access.users import User
from newsroom.publication.checking import scheduled_by


def locked_pages(user: User) -> list[Page]:
    return list(Page.objects.filter(locked=True, locked_by=user).order_by("pk"))


def scheduled_revisions(user: User) -> list[Revision]:
    """Return the revisions that *user* has scheduled, and that are not yet live."""
    planned = Revision.objects.filter(approved_go_live_at__isnull=False)
    planned = planned.order_by("approved_go_live_at", "pk")
    return [
        one
        for one in planned
        if scheduled_by(one) == user.pk and isinstance(one.content_object, Page)
    ]


def requested_reviews(user: User) -> list[WorkflowState]:
    running = WorkflowState.objects.active().filter(requested_by=user)
    return [one for one in running.order_by("pk") if one.content_object]


def lonely_tasks(user: User) -> list[TaskState]:
    """Return the open tasks of reviews that nobody else can decide."""
    tasks = GroupApprovalTask.objects.filter(groups__user=user)
    waiting = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, task__in=tasks.values("pk")
    )
    others = get_user_model().objects.filter(is_active=True).exclude(pk=user.pk)
    return [
        state
        for state in waiting.order_by("pk").select_related("task", "workflow_state")
        if not others.filter(groups__in=state.task.specific.groups.all()).exists()
    ]


def open_comments(user: User) -> list[Comment]:
    return list(
        Comment.objects.filter(user=user, resolved_at=None)
        .select_related("page")
        .order_by("pk")
    )


def _give_locks(pages: Sequence[Page], giver: User, taker: User) -> None:
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(
        locked_by=taker, locked_at=timezone.now()
    )


def _give_schedules(revisions: Sequence[Revision], giver: User, taker: User) -> None:
    """Log the schedule again: the latest entry says whose permission counts."""
    for revision in revisions:
        moment = revision.approved_go_live_at
        log(
            instance=revision.content_object,
            action="wagtail.publish.schedule",
            user=taker,
            revision=revision,
            data={
                "revision": {
                    "id": revision.pk,
                    "created": revision.created_at,
                    "go_live_at": moment and moment.isoformat(),
                    "has_live_version": revision.content_object.live,
                }
            },
        )


def _give_reviews(states: Sequence[WorkflowState], giver: User, taker: User) -> None:
    WorkflowState.objects.filter(pk__in=[one.pk for one in states]).update(
        requested_by=taker
    )


def _follow_comments(comments: Sequence[Comment], giver: User, taker: User) -> None:
    """Tell *taker* of answers; the comments keep their author."""
    for page in {comment.page_id for comment in comments}:
        PageSubscription.objects.update_or_create(
            user=taker, page_id=page, defaults={"comment_notifications": True}
        )
    PageSubscription.objects.filter(user=giver).delete()


def _edits(user: User, page: Page) -> bool:
    return bool(page.permissions_for_user(user).can_edit())


def _page_title(page: Any) -> str:
    return str(page.get_admin_display_title())


def register_holdings() -> None:
    for kind in (
        Holding(
            "locks",
            _("Locked pages"),
            locked_pages,
            _page_title,
            lambda user, page: page.permissions_for_user(user).can_unlock(),
            _give_locks,
            10,
        ),
        Holding(
            "schedules",
            _("Scheduled publications"),
            scheduled_revisions,
            lambda one: _page_title(one.content_object),
            lambda user, one: may_publish(user, one.content_object),
            _give_schedules,
            20,
        ),
        Holding(
            "reviews",
            _("Submitted for review"),
            requested_reviews,
            lambda one: _page_title(one.content_object),
            lambda user, one: _edits(user, one.content_object),
            _give_reviews,
            50,
        ),
        Holding(
            "tasks",
            _("Reviews that nobody else can decide"),
            lonely_tasks,
            lambda one: _page_title(one.workflow_state.content_object),
            lambda user, one: bool(
                one.task.specific.get_actions(one.workflow_state.content_object, user)
            ),
            lambda states, giver, taker: None,
            55,
        ),
        Holding(
            "comments",
            _("Open comments"),
            open_comments,
            lambda one: f"{_page_title(one.page)}: {one.text[:80]}",
            lambda user, one: _edits(user, one.page),
            _follow_comments,
            60,
        ),
    ):
        register(kind)
