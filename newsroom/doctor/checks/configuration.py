"""The settings: Django's system checks, and warnings about the environment."""

from collections.abc import Iterator

from django.core import checks
from django.utils.translation import gettext as _

from newsroom.doctor.registry import Finding, Options, failure, ok, warning


def check_settings(options: Options) -> Iterator[Finding]:
    """Run all system checks that need no database, those for deployment as well."""
    messages = [
        message
        for message in checks.run_checks(include_deployment_checks=True)
        if message.level >= checks.WARNING and not message.is_silenced()
    ]
    for message in messages:
        make = failure if message.level >= checks.ERROR else warning
        yield make(f"{message.id}: {message.msg}", message.hint or "")
    if not messages:
        yield ok(_("The settings pass all checks."))
