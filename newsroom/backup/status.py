"""The file ``last-backup.json`` in the backup directory, for monitoring.

It is a JSON object. ``last_success`` describes the newest verified archive, or is null:
``archive`` (name), ``taken_at`` (when the database was read) and ``finished_at`` (ISO
8601 with offset), ``bytes``, ``sha256``, ``files``, ``encrypted``, ``version``,
``verified`` (how: ``contents`` or, for an encrypted archive without its key here,
``checksum``) and ``missing`` (names of files that the database refers to but that do
not exist). ``last_failure`` has ``at`` and ``message``; it is null after
a success.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

STATUS = "last-backup.json"


def read_status(folder: Path) -> dict[str, Any]:
    """Return the recorded status; both parts are None if there is none."""
    try:
        found = json.loads((folder / STATUS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = {}
    known = found if isinstance(found, dict) else {}
    return {"last_success": None, "last_failure": None} | known


def record_success(folder: Path, facts: dict[str, Any]) -> None:
    _write(folder, read_status(folder) | {"last_success": facts, "last_failure": None})


def record_failure(folder: Path, message: str) -> None:
    failure = {"at": timezone.now().isoformat(), "message": message}
    _write(folder, read_status(folder) | {"last_failure": failure})


def last_attempt_at(folder: Path) -> tuple[datetime | None, datetime | None]:
    """Return when the newest verified archive was taken, and the last failure."""
    status = read_status(folder)
    success, failure = status["last_success"], status["last_failure"]
    return _time(success, "taken_at"), _time(failure, "at")


def _time(facts: Any, name: str) -> datetime | None:
    try:
        return datetime.fromisoformat(facts[name])
    except (TypeError, KeyError, ValueError):
        return None


def _write(folder: Path, status: dict[str, Any]) -> None:
    part = folder / f".{STATUS}.part"
    part.write_text(json.dumps(status, indent=1) + "\n", encoding="utf-8")
    part.replace(folder / STATUS)
