"""The command, run in the tests' own database transaction."""

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from newsroom.doctor import running

Doctor = Callable[..., tuple[int, list[dict[str, str]]]]


class AtOnce:
    """In place of TimeLimited: calls the function in the thread of the test."""

    def __init__(self, function: Callable[[], Any], seconds: float) -> None:
        self.function = function

    def __call__(self) -> Any:
        return self.function()


@pytest.fixture
def doctor(monkeypatch) -> Doctor:
    """Return the command: its exit code and its results, for the named checks."""
    monkeypatch.setattr(running, "TimeLimited", AtOnce)

    def run(*only: str, **options: Any) -> tuple[int, list[dict[str, str]]]:
        output, code = StringIO(), 0
        options = {"language": "en", **options}
        try:
            call_command("doctor", json=True, only=only, stdout=output, **options)
        except SystemExit as ended:
            code = int(ended.code or 0)
        answer = json.loads(output.getvalue())
        assert answer["status"] == ("ok", "warning", "failure")[code]
        return code, answer["results"]

    return run
