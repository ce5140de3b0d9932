"""The environment of benchmarks that search: Django and the search tables."""

import os

import django


def prepare() -> None:
    """Set up Django on ``BENCH_DATABASE`` and create missing tables."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    django.setup()
    from django.core.management import call_command
    from modelsearch.conf import get_app_config

    for app in ("contenttypes", "search", get_app_config().label):
        call_command("migrate", app, verbosity=0)
