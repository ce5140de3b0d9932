"""System check of the environment, for ``check --deploy``."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register


@register(deploy=True)
def check_environment(**kwargs: Any) -> list[CheckMessage]:
    """Report the warnings of :mod:`newsroom.settings.environment`."""
    return [
        Warning(
            f"{problem.variable}: {problem.translated_fault()}",
            hint=problem.translated_remedy(),
            id="doctor.W001",
        )
        for problem in getattr(settings, "ENVIRONMENT_WARNINGS", [])
    ]
