"""Reports of errors to Sentry, or a server that speaks its protocol, by setting.

Nothing is sent unless ``SENTRY_DSN`` names a server. What is sent has no personal data:
no query string, body, header, cookie, IP address, variable or user name.
"""

import logging
import tomllib
from pathlib import Path
from typing import Any

import structlog
from django.core.exceptions import ImproperlyConfigured

from newsroom.access.current_request import current_request
from newsroom.observability.repeats import RepeatFilter

# Their lines repeat an exception that is reported, or a response.
_IGNORED_LOGGERS = (
    "newsroom.observability.request_log",
    "django_structlog.middlewares.request",
)
_repeats = RepeatFilter()


def start_sentry(
    dsn: str, *, environment: str, release: str, transport: Any = None
) -> None:
    """Report errors of this process to *dsn*; without it, do nothing.

    *transport* replaces the connection to the server, in tests. Raises
    ImproperlyConfigured if *dsn* is invalid.
    """
    if not dsn:
        return
    import sentry_sdk
    from sentry_sdk.integrations.argv import ArgvIntegration
    from sentry_sdk.integrations.django import DjangoIntegration
    from sentry_sdk.integrations.logging import LoggingIntegration, ignore_logger
    from sentry_sdk.utils import BadDsn

    for name in _IGNORED_LOGGERS:
        ignore_logger(name)
    try:
        sentry_sdk.init(
            dsn=dsn,
            environment=environment,
            release=release,
            transport=transport,
            integrations=[
                DjangoIntegration(middleware_spans=False, signals_spans=False),
                LoggingIntegration(level=None, event_level=logging.ERROR),
            ],
            auto_enabling_integrations=False,
            # The arguments of a command can be names and addresses.
            disabled_integrations=[ArgvIntegration()],
            # send_default_pii is off by default, and deprecated as an argument.
            include_local_variables=False,
            max_request_body_size="never",
            max_breadcrumbs=0,
            # Nothing else is sent: no traces, sessions, statistics or headers.
            traces_sample_rate=None,
            propagate_traces=False,
            auto_session_tracking=False,
            send_client_reports=False,
            enable_metrics=False,
            before_send=without_personal_data,
        )
    except BadDsn:  # its message can hold the key
        raise ImproperlyConfigured(
            "SENTRY_DSN is invalid: copy it from the project's settings in Sentry."
        ) from None


def version(pyproject: Path) -> str:
    """Return the version of this project, such as ``newsroom-archive@0.2.0``."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    return f"{project['name']}@{project['version']}"


def without_personal_data(event: Any, hint: dict[str, Any]) -> Any:
    """Return *event* reduced to what names the fault; None if it was just reported."""
    record = hint.get("log_record")
    if record is not None and not _repeats.filter(record):
        return None
    for name in ("request", "user", "extra", "breadcrumbs", "spans"):
        event.pop(name, None)
    request = current_request()
    if request is not None:
        # Imported late: the settings import this module, that one the settings.
        from newsroom.observability.request_log import path_of

        event["request"] = {"method": request.method, "url": path_of(request)}
    event.pop("transaction", None)
    if request is not None and request.resolver_match is not None:
        event["transaction"] = request.resolver_match.view_name or "unnamed"
    context = structlog.contextvars.get_contextvars()
    if "user_id" in context:
        event["user"] = {"id": context["user_id"]}
    names = ("request_id", "task", "task_id")
    event["tags"] = {name: context[name] for name in names if name in context}
    (event.get("logentry") or {}).pop("params", None)
    for error in (event.get("exception") or {}).get("values", []):
        for frame in (error.get("stacktrace") or {}).get("frames", []):
            frame.pop("vars", None)
    return event
