"""The audit log: what people did with accounts, permissions and files.

Entries are rows of Wagtail's own log (:class:`wagtail.models.ModelLogEntry`). Wagtail
itself logs edits, publications and withdrawals of pages.
"""

import unicodedata
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import LazyObject, Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from structlog.contextvars import get_contextvars
from wagtail.log_actions import LogFormatter, get_active_log_context, log
from wagtail.models import ModelLogEntry

from newsroom.access.current_request import current_request
from newsroom.access.users import AnyUser, User

# Long enough to tell browsers apart.
MAX_AGENT = 120
# A typed name, which may be a password in the wrong field.
MAX_TYPED = 40
# Keys of a log entry's data that describe the client.
CLIENT_KEYS = ("address", "agent", "request_id")
# The object of entries about an account that does not exist: no user has this key.
NOBODY = "0"

SIGN_IN = "newsroom.sign_in"
SIGN_IN_FAILED = "newsroom.sign_in_failed"
SIGN_OUT = "newsroom.sign_out"
LOCK_OUT = "newsroom.lock_out"
LOCK_OUT_RELEASE = "newsroom.lock_out.release"
SECOND_FACTOR_ADD = "newsroom.second_factor.add"
SECOND_FACTOR_REMOVE = "newsroom.second_factor.remove"
SECOND_FACTOR_USE = "newsroom.second_factor.use"
SECOND_FACTOR_FAILED = "newsroom.second_factor.failed"
SECOND_FACTOR_RESET = "newsroom.second_factor.reset"
PASSWORD_CHANGE = "newsroom.password.change"  # noqa: S105 - the name of an action
PASSWORD_RESET_REQUEST = "newsroom.password.request"  # noqa: S105
SESSION_END = "newsroom.session.end"
GROUPS_CHANGE = "newsroom.groups.change"
PERMISSIONS_CHANGE = "newsroom.permissions.change"
SUPERUSER_CHANGE = "newsroom.superuser.change"
ACTIVE_CHANGE = "newsroom.active.change"
ACCOUNT_CLOSE = "newsroom.account.close"
IMPORT = "newsroom.import"
EXPORT = "newsroom.export"
TOKEN_CREATE = "newsroom.token.create"  # noqa: S105
TOKEN_DELETE = "newsroom.token.delete"  # noqa: S105

PASSKEY, APP, RECOVERY_CODES = "passkey", "app", "recovery_codes"
# Names of second factors, which entries have as ``factor``.
FACTORS: dict[str, Any] = {
    PASSKEY: _("passkey"),
    APP: _("authenticator app"),
    RECOVERY_CODES: _("recovery codes"),
}

# Label and message of each action. Messages are formatted with the entry's data.
_TEXTS: dict[str, tuple[Any, Any]] = {
    SIGN_IN: (_("Sign in"), _("signed in")),
    SIGN_IN_FAILED: (_("Failed sign-in"), _("could not sign in")),
    SIGN_OUT: (_("Sign out"), _("signed out")),
    LOCK_OUT: (_("Lock sign-in"), _("sign-in locked until %(until)s")),
    LOCK_OUT_RELEASE: (_("Release sign-in"), _("sign-in released")),
    SECOND_FACTOR_ADD: (
        _("Add second factor"),
        _("second factor added: %(factor)s"),
    ),
    SECOND_FACTOR_REMOVE: (
        _("Remove second factor"),
        _("second factor removed: %(factor)s"),
    ),
    SECOND_FACTOR_USE: (
        _("Use second factor"),
        _("second factor accepted: %(factor)s"),
    ),
    SECOND_FACTOR_FAILED: (
        _("Failed second factor"),
        _("second factor refused: %(factor)s"),
    ),
    SECOND_FACTOR_RESET: (
        _("Reset second factors"),
        _("all second factors removed"),
    ),
    PASSWORD_CHANGE: (_("Change password"), _("password changed")),
    PASSWORD_RESET_REQUEST: (
        _("Request new password"),
        _("link for a new password requested"),
    ),
    SESSION_END: (_("End session"), _("session ended: %(browser)s")),
    GROUPS_CHANGE: (
        _("Change groups"),
        _("groups before: %(old)s; after: %(new)s"),
    ),
    PERMISSIONS_CHANGE: (
        _("Change permissions"),
        _("permissions removed: %(removed)s; added: %(added)s"),
    ),
    SUPERUSER_CHANGE: (
        _("Change administrator"),
        _("administrator before: %(old)s; after: %(new)s"),
    ),
    ACTIVE_CHANGE: (
        _("Activate or deactivate account"),
        _("active before: %(old)s; after: %(new)s"),
    ),
    ACCOUNT_CLOSE: (
        _("Close account"),
        _("account closed, work handed to %(colleague)s"),
    ),
    IMPORT: (_("Import"), _("imported: %(file)s")),
    EXPORT: (_("Export"), _("exported: %(file)s")),
    TOKEN_CREATE: (_("Create token"), _("token created: %(token)s")),
    TOKEN_DELETE: (_("Delete token"), _("token deleted: %(token)s")),
}
# Messages of entries that have a second factor.
_TEXTS_WITH_FACTOR = {
    SIGN_IN_FAILED: _("could not sign in, second factor refused: %(factor)s"),
}
# What the retention period of the audit log applies to.
ACTIONS = frozenset(_TEXTS)


class AuditFormatter(LogFormatter):
    """Format a message with the entry's data; a missing value is shown as a dash."""

    text: str | Promise = ""

    def format_message(self, log_entry: Any) -> str:
        text = self.text
        if "factor" in log_entry.data:
            text = _TEXTS_WITH_FACTOR.get(log_entry.action, text)
        return str(text) % _Shown(log_entry.data)


class _Shown(dict[str, Any]):
    """The values of a log entry as text."""

    def __getitem__(self, key: str) -> str:
        value = self.get(key)
        if key == "factor":
            return str(FACTORS.get(str(value), value))
        if key == "until" and value:
            moment = localtime(datetime.fromisoformat(value))
            return date_format(moment, "SHORT_DATETIME_FORMAT")
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        if isinstance(value, list):
            value = ", ".join(map(str, value))
        return str(value) if value else "–"


def register_log_actions(actions: Any) -> None:
    """Register the actions in Wagtail's log (hook ``register_log_actions``)."""
    for action, (label, text) in _TEXTS.items():
        formatter = type(
            "_AuditFormatter", (AuditFormatter,), {"label": label, "text": text}
        )
        actions.register_action(action)(formatter)


def record(
    action: str,
    instance: Model | None = None,
    *,
    user: AnyUser | None = None,
    typed: str = "",
    request: HttpRequest | None = None,
    **data: Any,
) -> None:
    """Write an entry to the audit log, with the client's address, browser and request.

    Args:
        action: One of the actions above.
        instance: What the entry is about, usually an account or a group. None stands
            for an account that does not exist, which *typed* names.
        user: Who did it; by default the user of the request or of Wagtail's log
            context. In commands and in the worker, nobody.
        typed: The typed user name, which is stored shortened, without control
            characters.
        request: By default the request in progress.
        data: Further values, JSON-serializable: those in the action's message (*old*,
            *new*, *factor*, *file* ...) and any others.

    Raises:
        ValidationError: The action is not registered.
    """
    request = request or current_request()
    data |= client_of(request)
    actor = _account(user) or _account(get_active_log_context().user)
    actor = actor or _account(getattr(request, "_cached_user", None))
    if instance is not None:
        log(instance=_unwrapped(instance), action=action, user=actor, data=data)
        return
    # Wagtail's log() requires an object with a primary key.
    ModelLogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(get_user_model()),
        object_id=NOBODY,
        label=printable(typed, MAX_TYPED) or "–",
        action=action,
        user=actor,
        data=data,
        timestamp=timezone.now(),
    )


def _unwrapped(instance: Any) -> Any:
    """Return the model instance behind lazy objects, of which there may be several.

    Wagtail unwraps one; the user of a request is inside two, and would not be logged.
    """
    while isinstance(instance, LazyObject):
        bool(instance)  # makes it find its object
        instance = instance.__dict__["_wrapped"]
    return instance


def client_of(request: HttpRequest | None) -> dict[str, str]:
    """Return the address, the shortened user agent and the id of *request*.

    ``REMOTE_ADDR`` is the address of the client: :mod:`newsroom.web.proxies` replaces
    that of a trusted proxy, and ignores the headers of any other.
    """
    if request is None:
        return {}
    # The id that the lines of the server's log have too.
    request_id = str(get_contextvars().get("request_id", ""))
    found = {
        "address": request.META.get("REMOTE_ADDR", ""),
        "agent": printable(request.headers.get("User-Agent", ""), MAX_AGENT),
        "request_id": printable(request_id, MAX_AGENT),
    }
    return {key: value for key, value in found.items() if value}


def printable(text: str, limit: int) -> str:
    """Return *text* in one line of at most *limit* characters, without control codes.

    Format characters go too: they can reverse or hide the text that follows.
    """
    kept = "".join(
        " " if char.isspace() else char
        for char in text[: limit * 4]
        if char.isspace() or unicodedata.category(char)[0] != "C"
    )
    kept = " ".join(kept.split())
    return kept if len(kept) <= limit else f"{kept[: limit - 1]}…"


def _account(user: AnyUser | None) -> User | None:
    """Return *user* if it is a stored account, else None."""
    return user if isinstance(user, get_user_model()) and user.pk else None
