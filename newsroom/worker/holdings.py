"""Background jobs as work that can be handed to a colleague."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from newsroom.access.holdings import Holding, register
from newsroom.access.users import User
from newsroom.worker.models import Job


def unfinished_jobs(user: User) -> list[Job]:
    over = (Job.State.DONE, Job.State.STOPPED)
    return list(Job.objects.filter(owner=user).exclude(state__in=over).order_by("pk"))


def _give(jobs: Sequence[Job], giver: User, taker: User) -> None:
    Job.objects.filter(pk__in=[job.pk for job in jobs]).update(owner=taker)


def register_holdings() -> None:
    register(
        Holding(
            name="jobs",
            label=_("Background work"),
            find=unfinished_jobs,
            title=lambda job: job.label,
            # A job asks for the permissions of its owner at each item.
            may_take=lambda user, job: user.has_perm("wagtailadmin.access_admin"),
            hand_over=_give,
            order=70,
        )
    )
