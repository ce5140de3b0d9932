"""Worker processes for tests that kill them."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.servers.processes import wait_until

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 240.0

# A worker that notes each picture in a file instead of making files of it.
SCRIPT = """
import sys, time
import django
django.setup()
from tests.worker.working import run_waiting
from newsroom.pictures import renditions
notes, hangs = sys.argv[1], sys.argv[2] == "hangs"
def make(image, layouts):
    with open(notes, "a") as file:
        print(image.pk, file=file)
    while hangs:
        time.sleep(0.1)
    return 0
renditions.make = make
run_waiting()
"""


def start_worker(database: str, notes: Path, *, hangs: bool) -> subprocess.Popen:
    environment = os.environ | {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.development",
        "PYTHONPATH": str(ROOT),
    }
    how = "hangs" if hangs else "works"
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(notes), how], cwd=ROOT, env=environment
    )


def kill_at_work(worker: subprocess.Popen, notes: Path) -> None:
    """Kill a worker without notice once it has started a task."""
    assert wait_until(lambda: bool(noted(notes)), PATIENCE_SECONDS)
    worker.send_signal(signal.SIGKILL)
    worker.wait(PATIENCE_SECONDS)


def noted(notes: Path) -> list[int]:
    return [int(line) for line in notes.read_text().split()] if notes.exists() else []
