"""One problem of the environment: which variable, what is wrong, what to write.

The messages are marked with ``gettext_noop`` of ``trans_null``: the usual one reads the
settings, which are not loaded yet.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext
from django.utils.translation.trans_null import gettext_noop as _


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


def unreadable(variable: str, path: str | None, remedy: str) -> Iterator[Problem]:
    """Yield a problem if *variable* names a file that this user cannot read."""
    if path and not os.access(path, os.R_OK):
        fault = _("This user cannot read %(path)s.")
        yield Problem(variable, fault, remedy, {"path": path})
