"""Settings of the logs: JSON in production, lines for people in development.

All loggers, those of structlog and of the standard library, pass the same processors.
The settings module imports this, so it imports no model.
"""

import logging
import re
import sys
from pathlib import Path
from typing import Any

import structlog
from django.core.exceptions import ImproperlyConfigured
from structlog.types import EventDict, Processor, WrappedLogger

# Names of values that are never written to a log.
_SECRET = re.compile(
    "passw|secret|token|cookie|authorization|csrf|session|api_?key|credential",
    re.IGNORECASE,
)
HIDDEN = "[hidden]"
# Characters that begin a new line or command a terminal. JSON escapes some of them.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# A traceback is the only value of several lines.
_LINES = {"exception", "stack"}
# Longer values are cut: the log is no place for texts.
MAX_LENGTH = 2_000
# Levels of packages that log every step, or what the line of the request says already.
_LEVELS = {
    "django.request": "CRITICAL",
    "django.security.DisallowedHost": "CRITICAL",
    "django_tasks_db": "WARNING",
    "wagtail.contrib.redirects": "WARNING",
    "elastic_transport": "WARNING",
    "elasticsearch": "WARNING",
    "PIL": "WARNING",
}


def process_name(arguments: list[str] | None = None) -> str:
    """Return what this process does: the name of the command, or ``web``."""
    given = sys.argv if arguments is None else arguments
    is_command = len(given) > 1 and Path(given[0]).name in ("manage.py", "django-admin")
    return given[1][:40] if is_command else "web"


def add_process(_logger: WrappedLogger, _name: str, event_dict: EventDict) -> EventDict:
    event_dict["process"] = process_name()
    return event_dict


def hide_secrets(
    _logger: WrappedLogger, _name: str, event_dict: EventDict
) -> EventDict:
    """Replace values whose name says that they are secret, at any depth."""
    return {name: _hidden(name, value) for name, value in event_dict.items()}


def _hidden(name: object, value: Any) -> Any:
    if isinstance(name, str) and _SECRET.search(name):
        return HIDDEN
    if isinstance(value, dict):
        return {key: _hidden(key, part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_hidden(None, part) for part in value]
    return value


def keep_to_one_line(
    _logger: WrappedLogger, _name: str, event_dict: EventDict
) -> EventDict:
    """Escape control characters and cut long texts: nobody can forge a line."""
    return {
        _on_one_line(str(name)): value if name in _LINES else _on_one_line(value)
        for name, value in event_dict.items()
    }


def _on_one_line(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, dict):
        return {_on_one_line(str(k)): _on_one_line(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_on_one_line(part) for part in value]
    text = value if isinstance(value, str) else repr(value)
    if len(text) > MAX_LENGTH:
        text = text[:MAX_LENGTH] + "…"
    return _CONTROL.sub(lambda found: ascii(found[0])[1:-1], text)


def _escaped_traceback(
    _logger: WrappedLogger, _name: str, event_dict: EventDict
) -> EventDict:
    """Escape all control characters of a traceback but the ends of its lines."""
    for name in _LINES & event_dict.keys():
        lines = str(event_dict[name]).split("\n")
        event_dict[name] = "\n".join(
            _CONTROL.sub(lambda found: ascii(found[0])[1:-1], line) for line in lines
        )
    return event_dict


_BEFORE: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    add_process,
    structlog.processors.StackInfoRenderer(),
]
_PRIVATE: list[Processor] = [
    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
    structlog.processors.format_exc_info,
    hide_secrets,
    keep_to_one_line,
    _escaped_traceback,
]


def formatter(is_json: bool) -> logging.Formatter:
    """Return the formatter of all logs, also for ``granian --log-config``."""
    # ASCII only: no reader of the log takes another character for the end of a line.
    renderer: Processor = structlog.dev.ConsoleRenderer(colors=False)
    if is_json:
        renderer = structlog.processors.JSONRenderer(ensure_ascii=True)
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_BEFORE, processors=[*_PRIVATE, renderer]
    )


def json_formatter() -> logging.Formatter:
    return formatter(is_json=True)


def configure_structlog() -> None:
    """Send the events of structlog to the loggers of the standard library."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_BEFORE,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def log_settings(level: str, *, is_json: bool) -> dict[str, Any]:
    """Return ``LOGGING`` for logs from *level* on, written to standard error."""
    level = level.upper()
    if level not in logging.getLevelNamesMapping():
        raise ImproperlyConfigured(f"LOG_LEVEL={level}: use DEBUG, INFO or WARNING.")
    order = logging.getLevelNamesMapping()
    quiet = {
        name: {"level": max(level, least, key=lambda one: order[one])}
        for name, least in _LEVELS.items()
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": "newsroom.observability.log_settings.formatter",
                "is_json": is_json,
            }
        },
        "filters": {
            "repeats": {"()": "newsroom.observability.repeats.RepeatFilter"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "structured",
                "filters": ["repeats"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django's own handlers would write each line twice.
            "django": {"handlers": [], "level": level},
            "django.server": {"handlers": [], "level": level, "propagate": False},
            **quiet,
        },
    }
