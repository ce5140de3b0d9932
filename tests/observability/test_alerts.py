"""The alert rules for Prometheus, and the metrics that they and the document name."""

import re
import subprocess
from pathlib import Path
from typing import Any

import yaml
from django.test import Client

from newsroom.observability.scraping import GAUGES
from tests.servers.fixtures import program

ROOT = Path(__file__).resolve().parents[2]
DEPLOYED = ROOT / "deploy/prometheus"
RULES = DEPLOYED / "rules.yml"
# Alert -> series that fire it and series that do not: {series: (start, step)}, with a
# value for each minute.
REQUESTS = "django_http_requests_latency_including_middlewares_seconds_bucket"
RESPONSES = "django_http_responses_total_by_status_total"
SEARCHES = "newsroom_search_seconds_bucket"
Series = dict[str, tuple[float, float]]
CASES: dict[str, tuple[Series, Series]] = {
    "SiteDown": ({'up{job="newsroom"}': (0, 0)}, {'up{job="newsroom"}': (1, 0)}),
    "DatabaseDown": (
        {"newsroom_database_up": (0, 0)},
        {"newsroom_database_up": (1, 0)},
    ),
    "WorkerLate": ({"newsroom_workers": (0, 0)}, {"newsroom_workers": (1, 0)}),
    "QueueStuck": (
        {"newsroom_oldest_task_age_seconds": (601, 60)},
        {"newsroom_oldest_task_age_seconds": (590, 0)},
    ),
    "SearchLag": (
        {"newsroom_search_lag_seconds": (61, 60)},
        {"newsroom_search_lag_seconds": (59, 0)},
    ),
    "SearchSlow": (
        {
            SEARCHES + '{engine="database",le="1"}': (0, 8),
            SEARCHES + '{engine="database",le="5"}': (0, 10),
            SEARCHES + '{engine="database",le="+Inf"}': (0, 10),
        },
        {
            SEARCHES + '{engine="database",le="1"}': (0, 98),
            SEARCHES + '{engine="database",le="5"}': (0, 100),
            SEARCHES + '{engine="database",le="+Inf"}': (0, 100),
        },
    ),
    "ServerErrors": (
        {RESPONSES + '{status="200"}': (0, 98), RESPONSES + '{status="503"}': (0, 2)},
        {RESPONSES + '{status="200"}': (0, 998), RESPONSES + '{status="500"}': (0, 2)},
    ),
    "PagesSlow": (
        {
            REQUESTS + '{le="1.0"}': (0, 9),
            REQUESTS + '{le="2.5"}': (0, 10),
            REQUESTS + '{le="+Inf"}': (0, 10),
        },
        {
            REQUESTS + '{le="1.0"}': (0, 96),
            REQUESTS + '{le="2.5"}': (0, 100),
            REQUESTS + '{le="+Inf"}': (0, 100),
        },
    ),
    "MailFails": (
        {'newsroom_mails_total{result="failed"}': (0, 1)},
        {
            'newsroom_mails_total{result="failed"}': (7, 0),
            'newsroom_mails_total{result="sent"}': (0, 5),
        },
    ),
    "SignInsFail": (
        {"newsroom_failed_sign_ins_total": (0, 6)},
        {"newsroom_failed_sign_ins_total": (0, 4)},
    ),
    "ManyRefused": (
        {"newsroom_rate_limited_requests_total": (0, 90)},
        {"newsroom_rate_limited_requests_total": (0, 30)},
    ),
}


def alerts() -> dict[str, dict[str, Any]]:
    rules = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    return {rule["alert"]: rule for group in rules["groups"] for rule in group["rules"]}


def promtool(*arguments: str | Path) -> str:
    result = subprocess.run(
        [program("promtool", package="prometheus"), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert result.returncode == 0, result.stdout
    return result.stdout


def case(alert: str, series: Series, *, fires: bool) -> dict[str, Any]:
    """Return a test of promtool: *alert* half an hour after the first value."""
    rule = alerts()[alert]
    expected = {"exp_annotations": rule["annotations"]}
    tests = [
        {"series": name, "values": f"{start}+{step}x40"}
        for name, (start, step) in series.items()
    ]
    first = next(iter(series))
    labels = dict(re.findall(r'(job|engine|result)="(\w+)"', first))
    if "sum(" in rule["expr"] or "(le)" in rule["expr"]:
        labels = {}
    expected["exp_labels"] = rule["labels"] | labels
    return {
        "interval": "1m",
        "input_series": tests,
        "alert_rule_test": [
            {
                "eval_time": "30m",
                "alertname": alert,
                "exp_alerts": [expected] if fires else [],
            }
        ],
    }


def test_prometheus_reads_the_example_and_its_rules():
    output = promtool("check", "config", DEPLOYED / "prometheus.yml")
    assert f"SUCCESS: {len(alerts())} rules found" in output


def test_each_alert_fires_when_it_should_and_only_then(tmp_path):
    assert CASES.keys() == alerts().keys()
    cases = [
        case(alert, series, fires=fires)
        for alert, both in CASES.items()
        for series, fires in zip(both, (True, False), strict=True)
    ]
    tests = tmp_path / "tests.yml"
    tests.write_text(yaml.safe_dump({"rule_files": [str(RULES)], "tests": cases}))
    promtool("test", "rules", tests)


def names_in_documents() -> set[str]:
    text = (ROOT / "docs/observability.md").read_text(encoding="utf-8")
    return set(re.findall(r"`((?:newsroom|django)_\w+)", text))


def metrics_that_exist() -> set[str]:
    """Return all names of samples, also of metrics that have no sample yet."""
    from prometheus_client import REGISTRY

    names = set(GAUGES)
    for family in REGISTRY.collect():
        ends = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}
        names |= {family.name + end for end in ends.get(family.type, ("",))}
    return names


def test_each_metric_of_the_alerts_and_the_document_exists(homes):
    Client().get("/kk/")  # loads the middleware
    assert len(alerts()) >= 8
    used = set()
    for rule in alerts().values():
        assert set(rule) - {"for"} == {"alert", "expr", "labels", "annotations"}
        used |= set(re.findall(r"\b(?:newsroom|django)_\w+", rule["expr"]))
    assert len(used) >= 8
    assert used - metrics_that_exist() == set()
    documented = names_in_documents()
    assert documented - metrics_that_exist() == set()
    own = {name for name in metrics_that_exist() if name.startswith("newsroom_")}
    made = {name for name in own if not name.endswith(("_sum", "_count"))}
    assert made - documented == set()


def test_the_example_of_prometheus_scrapes_the_url_and_reads_the_rules():
    given = yaml.safe_load((DEPLOYED / "prometheus.yml").read_text(encoding="utf-8"))
    (job,) = given["scrape_configs"]
    assert job["metrics_path"] == "/metrics"
    assert all((DEPLOYED / name).exists() for name in given["rule_files"])
    assert f'job="{job["job_name"]}"' in RULES.read_text(encoding="utf-8")
