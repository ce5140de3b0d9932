"""One problem of the environment: which variable, what is wrong, what to write.

The messages are marked with ``gettext_noop`` of ``trans_null``: the usual one reads the
settings, which are not loaded yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem with one variable.

    Attributes:
        variable: The name of the variable.
        fault: What is wrong: an untranslated message with named placeholders.
        remedy: What to write instead, likewise.
        params: The values of the placeholders of both. Secrets do not belong here.
        is_error: Whether the site must not start; a warning otherwise.
    """

    variable: str
    fault: str
    remedy: str
    params: Mapping[str, object] = field(default_factory=dict)
    is_error: bool = True

    def __str__(self) -> str:
        """Return one line in English, which needs no settings."""
        parts = (self.fault % self.params, self.remedy % self.params)
        return f"  {self.variable}: {' '.join(parts)}"

    def translated_fault(self) -> str:
        return gettext(self.fault) % self.params

    def translated_remedy(self) -> str:
        return gettext(self.remedy) % self.params
