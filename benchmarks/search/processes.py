"""Running a measurement in a separate process, and sampling its memory."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
# Seconds between two samples of a process's memory.
SAMPLED_EVERY = 0.25


class FailedError(Exception):
    """The measurement has failed; the message is its error output."""


def measured(
    task: str, environment: dict[str, str], *options: str
) -> tuple[dict[str, Any], list[float]]:
    """Return the results of a task, and its resident memory in MB over time."""
    command = [sys.executable, "-m", "benchmarks.search.measuring", task, *options]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    samples = []
    try:
        while process.poll() is None:
            samples.append(_resident(process.pid))
            time.sleep(SAMPLED_EVERY)
        printed, errors = process.communicate()
    finally:
        process.kill()  # no effect if the process has ended
    if process.returncode:
        raise FailedError(f"{task}: {errors.strip() or printed.strip()}")
    return json.loads(printed.splitlines()[-1]), list(filter(None, samples))


def _resident(pid: int) -> float:
    """Return megabytes; 0 if the process has ended or the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    return int(lines.get("VmRSS", "0 kB").split()[0]) / 1024


def thinned(samples: Sequence[float], count: int = 40) -> list[float]:
    """Return about *count* of *samples*, evenly spread, in whole megabytes."""
    step = max(1, len(samples) // count)
    return [round(sample) for sample in samples[::step]]
