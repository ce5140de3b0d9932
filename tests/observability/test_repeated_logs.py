"""Repeated lines of the log, its level, and the name of the process."""

import json
import logging

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.observability import log_settings as module
from newsroom.observability.log_settings import (
    formatter,
    log_settings,
    process_name,
)
from newsroom.observability.repeats import MAX_REMEMBERED, QUIET_SECONDS, RepeatFilter

REQUESTS = "django_structlog.middlewares.request"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def record_of(text: str, level: int = logging.ERROR, *args: object):
    given = {"name": "a", "msg": text, "args": args, "levelno": level}
    return logging.makeLogRecord(given | {"levelname": logging.getLevelName(level)})


def test_an_error_of_a_retry_is_written_once_a_minute_with_its_count():
    clock = Clock()
    repeats = RepeatFilter(clock)
    assert [repeats.filter(record_of("away")) for _ in range(5)] == [True] + [False] * 4
    assert repeats.filter(record_of("another"))
    assert repeats.filter(record_of("away", logging.WARNING))
    clock.now = QUIET_SECONDS
    record = record_of("away")
    assert repeats.filter(record)
    assert json.loads(formatter(is_json=True).format(record))["repeated"] == 4


def test_errors_about_different_things_are_all_written():
    repeats = RepeatFilter(Clock())
    assert all(repeats.filter(record_of("Job %s", logging.ERROR, n)) for n in range(9))


@pytest.mark.parametrize("event", ["request_finished", "request_failed"])
def test_the_lines_of_requests_are_never_dropped(event):
    repeats = RepeatFilter(Clock())
    given = {"msg": {"event": event}, "levelno": logging.ERROR, "levelname": "ERROR"}
    assert all(repeats.filter(logging.makeLogRecord(given)) for _ in range(3))


def test_the_filter_remembers_a_bounded_number_of_messages():
    repeats = RepeatFilter(Clock())
    for number in range(MAX_REMEMBERED + 50):
        assert repeats.filter(record_of(f"error {number}"))
    assert len(repeats._written) == MAX_REMEMBERED


def test_information_is_never_dropped():
    repeats = RepeatFilter(Clock())
    assert all(repeats.filter(record_of("beat", logging.INFO)) for _ in range(3))


@pytest.mark.parametrize("level", ["debug", "INFO", "Warning", "ERROR"])
def test_the_level_is_a_setting(level):
    settings = log_settings(level, is_json=True)
    assert settings["root"]["level"] == level.upper()
    noisy = settings["loggers"]["elastic_transport"]["level"]
    assert noisy == ("ERROR" if level == "ERROR" else "WARNING")


def test_an_unknown_level_is_named_at_the_start():
    with pytest.raises(ImproperlyConfigured, match="LOG_LEVEL=LOUD"):
        log_settings("loud", is_json=True)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["manage.py", "worker", "--with-parent"], "worker"),
        (["/srv/manage.py", "migrate"], "migrate"),
        (["/srv/.venv/bin/granian", "newsroom.wsgi:application"], "web"),
        (["manage.py"], "web"),
        ([], "web"),
    ],
)
def test_a_line_names_the_process(arguments, expected):
    assert process_name(arguments) == expected
    assert module.process_name() == "web"
