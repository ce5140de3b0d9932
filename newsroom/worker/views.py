"""Admin pages that show background jobs."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.permission_policies.pages import PagePermissionPolicy

from newsroom.access.users import User, account_of
from newsroom.admin.lists import PagedListView
from newsroom.worker.models import Job, JobItem
from newsroom.worker.running import stop

# Seconds after which a browser reloads the page of an unfinished job.
REFRESHED_AFTER = 3


def visible_jobs(user: User) -> QuerySet[Job]:
    """Return the user's own jobs, or all jobs if the user may publish."""
    jobs = Job.objects.select_related("owner")
    if PagePermissionPolicy().user_has_any_permission(user, {"publish"}):
        return jobs
    return jobs.filter(owner=user)


def counted(jobs: QuerySet[Job]) -> QuerySet[Job]:
    """Annotate the numbers of items as ``total``, ``done`` and ``failed``."""
    states = JobItem.State
    return jobs.annotate(
        total=Count("items"),
        done=Count("items", filter=Q(items__state=states.DONE)),
        failed=Count("items", filter=Q(items__state=states.FAILED)),
    )


class JobListView(PagedListView):
    page_title = _("Background work")
    header_icon = "cogs"
    template_name = "jobs/job_list.html"
    _show_breadcrumbs = True

    def get_queryset(self) -> QuerySet[Job]:
        return counted(visible_jobs(account_of(self.request))).order_by("-pk")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class JobView(JobListView):
    """Progress of a job and the results of its items, failures first."""

    template_name = "jobs/job.html"
    paginate_by = 100

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        jobs = counted(visible_jobs(account_of(request)))
        self.job: Any = get_object_or_404(jobs, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[JobItem]:  # type: ignore[override]
        is_failed = Q(state=JobItem.State.FAILED)
        return self.job.items.annotate(is_failed=is_failed).order_by("-is_failed", "pk")

    def get_page_title(self) -> str:
        return self.job.label

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("jobs:index"), "label": _("Background work")},
            {"url": "", "label": self.job.label},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"job": self.job, "refreshed_after": REFRESHED_AFTER}


@require_POST
def stop_job(request: HttpRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(visible_jobs(account_of(request)), pk=pk)
    if job.owner != request.user and not request.user.is_superuser:
        raise PermissionDenied
    stop(job)
    return redirect("jobs:job", pk)


urlpatterns = [
    path("", JobListView.as_view(), name="index"),
    path("<int:pk>/", JobView.as_view(), name="job"),
    path("<int:pk>/stop/", stop_job, name="stop"),
]
