"""Metrics of several processes, which one folder of files adds up."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from newsroom.observability.shared_metrics import default_folder

ROOT = Path(__file__).resolve().parents[2]


WRITE = """
import sys
from django.conf import settings
settings.configure(METRICS_DIR=sys.argv[1])
from newsroom.observability.shared_metrics import share_metrics
share_metrics()
from prometheus_client import Counter, Gauge, Histogram
counter = Counter("made", "h", ["kind"])
counter.labels("a").inc(int(sys.argv[2]))
Histogram("took", "h", buckets=(1, 10)).observe(int(sys.argv[2]))
print("ready", flush=True)
sys.stdin.read()
"""
READ = """
import sys
from django.conf import settings
settings.configure(METRICS_DIR=sys.argv[1])
from newsroom.observability.shared_metrics import SharedCollector, share_metrics
share_metrics()
from prometheus_client import CollectorRegistry, generate_latest
registry = CollectorRegistry()
registry.register(SharedCollector())
print(generate_latest(registry).decode())
"""


def start(code: str, *arguments: object) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def started(folder: Path, number: int) -> subprocess.Popen:
    process = start(WRITE, folder, number)
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line == "ready\n", process.stderr and process.stderr.read()
    return process


def read(folder: Path) -> dict[str, float]:
    output, errors = start(READ, folder).communicate()
    assert not re.search("Traceback", errors), errors
    return {
        sample.name + json.dumps(sample.labels): sample.value
        for family in text_string_to_metric_families(output)
        for sample in family.samples
    }


def test_processes_are_added_up_and_those_that_have_ended_stay_counted(tmp_path):
    folder = tmp_path / "metrics"
    processes = [started(folder, number) for number in (2, 3)]
    made, took = 'made_total{"kind": "a"}', 'took_bucket{"le": "10.0"}'
    try:
        assert read(folder)[made] == 5
        processes[0].kill()
        processes[0].wait()
        for _ in range(2):
            assert read(folder)[made] == 5
            assert read(folder)[took] == 2
        processes.append(started(folder, 20))
        assert read(folder)[made] == 25
        assert read(folder)[took] == 2
        assert read(folder)["took_sum{}"] == 25
        assert len(list(folder.glob("process-*"))) == 2 + 1  # the reader's, until swept
    finally:
        for process in processes:
            process.kill()
            process.communicate()
    assert read(folder)[made] == 25
    assert len(list(folder.glob("process-*"))) == 1
    assert folder.stat().st_mode & 0o077 == 0


def test_a_damaged_file_of_a_killed_process_spoils_no_scrape(tmp_path):
    folder = tmp_path / "metrics"
    process = started(folder, 2)
    process.kill()
    process.communicate()
    (ended,) = folder.glob("process-*")
    (ended / "counter_9.db").write_bytes(b"\xff\x00\x00\x00\x00\x00\x00\x00\x01")
    (ended / "histogram_9.db").write_bytes(b"")
    assert read(folder)['made_total{"kind": "a"}'] == 2


def test_a_folder_that_cannot_be_used_leaves_the_process_its_own_metrics(tmp_path):
    (tmp_path / "file").touch()
    process = started(tmp_path / "file" / "metrics", 2)
    _output, errors = process.communicate("")
    assert process.returncode == 0
    assert "Metrics are not shared" in errors


def test_the_folder_is_in_shared_memory_and_differs_between_sites(tmp_path):
    one, other = default_folder(tmp_path / "a"), default_folder(tmp_path / "b")
    assert one != other
    assert one == default_folder(tmp_path / "a")
    if os.access("/dev/shm", os.W_OK):
        assert one.parent == Path("/dev/shm")
