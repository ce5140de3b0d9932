"""System check: the setting that says who must have a second factor."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from newsroom.access.second_factors.configuration import REQUIRED_OF


@register()
def check_who_must_have_a_factor(**kwargs: Any) -> list[CheckMessage]:
    """Return an error if SECOND_FACTOR_REQUIRED has an unknown value."""
    if settings.SECOND_FACTOR_REQUIRED in REQUIRED_OF:
        return []
    return [
        Error(
            f"SECOND_FACTOR_REQUIRED is {settings.SECOND_FACTOR_REQUIRED!r}.",
            hint=f"Set it to one of: {', '.join(REQUIRED_OF)}.",
            id="second_factors.E001",
        )
    ]
