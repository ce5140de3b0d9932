"""Lock-outs, sessions of users, and requests for new passwords."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.access.users import User


class LockOut(models.Model):
    """A time during which sign-in is refused.

    ``key`` identifies what is locked (:mod:`newsroom.accounts.lockout.handler`): an
    account from one address, an address, an account, or a known browser. ``nonce`` is
    part of the link that was mailed at ``mailed_at``; a release deletes the row, so
    that the link works once.
    """

    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10)
    username = models.CharField(max_length=255, blank=True, db_index=True)
    address = models.GenericIPAddressField(null=True)
    until = models.DateTimeField(db_index=True)
    nonce = models.CharField(max_length=32, blank=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("lock-out")
        verbose_name_plural = _("lock-outs")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind}: {self.until}"


class UserSession(models.Model):
    """A session in which a user has signed in.

    ``last_used_at`` may lag some minutes (:mod:`newsroom.accounts.sessions.tracking`).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sessions"
    )
    session_key = models.CharField(max_length=40, unique=True)
    started_at = models.DateTimeField()
    last_used_at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=255, blank=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        default_permissions = ()
        ordering = ["-last_used_at", "-pk"]

    def __str__(self) -> str:
        owner: User = self.user
        return f"{owner}: {self.started_at}"


class ResetRequest(models.Model):
    """A request for a new password, counted by address and by hashed e-mail address."""

    email_hash = models.CharField(max_length=64, db_index=True)
    address = models.GenericIPAddressField(null=True, db_index=True)
    requested_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.requested_at}"
