"""kill -9 during a publication: all of it has happened, or nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.django_db]

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 3_600.0
SCRIPT = "tests.publication.killing"
ACTIONS = ["publish", "publish_at_its_time", "release", "take_down"]
SAMPLE = [("publish", 7, 2), ("release", 23, 2), ("publish_at_its_time", 31, 2)]
# Fifty steps of each action: 200 deaths.
ALL = [(action, 0, 50) for action in ACTIONS]


@pytest.mark.long(case=(SAMPLE, ALL))
def test_a_process_that_is_killed_leaves_nothing_half_done(
    case, own_database, tmp_path
):
    action, first, steps = case
    result = subprocess.run(
        [sys.executable, "-m", SCRIPT, action, str(first), str(steps)],
        cwd=ROOT,
        env=os.environ
        | {
            "DATABASE_URL": own_database,
            "TEST_DATABASE_URLS": "",
            "ELASTICSEARCH_URL": "",
            "VAR_DIR": str(tmp_path / "var"),
            "DJANGO_SETTINGS_MODULE": "newsroom.settings.development",
        },
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE_SECONDS,
    )
    assert result.returncode == 0, result.stdout[-2_000:] + result.stderr[-4_000:]
    found = json.loads(result.stdout.splitlines()[-1])
    assert found["differs"]
    assert found["total"] > 50
    assert found["wrong"] == []
    assert found["before"] + found["after"] >= steps
    assert found["before"] > 0
