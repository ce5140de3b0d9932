"""Background jobs and their items."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from newsroom.worker.kinds import label_of

MAX_SUBJECT_LENGTH = 255  # that of Wagtail's page titles


class Job(models.Model):
    """One operation on many items.

    ``kind`` is the name of a kind (:mod:`newsroom.worker.kinds`), ``params`` are the
    same for every item. ``seen_at`` is when a worker last worked on the job, and shows
    that a worker has died.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        STOPPED = "stopped", _("Stopped")

    kind = models.CharField(max_length=50)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    params = models.JSONField(default=dict)
    state = models.CharField(
        max_length=20, choices=State.choices, default=State.QUEUED, db_index=True
    )
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")
        default_permissions = ()
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}: {self.state}"

    @property
    def label(self) -> str:
        return str(label_of(self.kind))

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.STOPPED)


class JobItem(models.Model):
    """One item of a job.

    ``message`` is the result, or the reason of a failure, in the language of the user
    who started the job.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("part of a job", "Waiting")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    job = models.ForeignKey(Job, models.CASCADE, related_name="items")
    subject = models.CharField(max_length=MAX_SUBJECT_LENGTH)
    params = models.JSONField(default=dict)
    state = models.CharField(
        max_length=20, choices=State.choices, default=State.WAITING
    )
    # Number of times that a worker has begun the item; it may have died of it.
    attempts = models.PositiveSmallIntegerField(default=0)
    message = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        indexes = [models.Index(fields=["job", "state"], name="jobitem_job_state")]

    def __str__(self) -> str:
        return f"{self.subject}: {self.state}"


class WorkerHeartbeat(models.Model):
    """Time of the last heartbeat of a worker."""

    worker_id = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.worker_id}: {self.seen_at}"


class RestoreHold(models.Model):
    """The hold on a restored site (:mod:`newsroom.worker.hold`); at most one row.

    ``taken_at`` is when the backup was taken, ``restored_at`` when it was restored.
    """

    taken_at = models.DateTimeField()
    restored_at = models.DateTimeField()
    mails_not_sent = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("hold after a restore")
        verbose_name_plural = _("holds after a restore")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.taken_at}: {self.restored_at}"
