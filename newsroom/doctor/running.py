"""Running the checks, each within its time limit."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from newsroom.doctor.registry import Check, Finding, Options, Status, failure
from newsroom.observability.time_limits import TimeLimited
from newsroom.web.database_errors import is_database_away

logger = logging.getLogger(__name__)

# Checks that must not fail before those that need the database.
DATABASE = {"database", "migrations"}


@dataclass(frozen=True, slots=True)
class Result:
    """A finding and the check that made it; None instead of a finding if skipped."""

    check: str
    finding: Finding | None


def run(checks: Iterable[Check], options: Options) -> list[Result]:
    """Return the findings of all checks in order, in the active language.

    Once a check of :data:`DATABASE` has failed, checks that need it are skipped.
    """
    results: list[Result] = []
    has_database = True
    for check in checks:
        if check.needs_database and not has_database:
            results.append(Result(check.name, None))
            continue
        findings = run_check(check, options)
        if check.name in DATABASE:
            has_database = all(one.status != Status.FAILURE for one in findings)
        results += [Result(check.name, finding) for finding in findings]
    return results


def run_check(check: Check, options: Options) -> list[Finding]:
    """Return the findings of one check; a failure if it raises or takes too long."""
    language = translation.get_language() or "en"

    def find() -> list[Finding]:
        with translation.override(language):  # threads do not inherit it
            return list(check.run(options))

    try:
        found = TimeLimited(find, check.seconds)()
    except Exception as error:
        return [_raised(check, error)]
    if found is not None:
        return found
    message = _("There was no answer within %(seconds)d seconds.")
    remedy = _("See whether this part of the site hangs, and restart it.")
    return [failure(message % {"seconds": check.seconds}, remedy)]


def _raised(check: Check, error: Exception) -> Finding:
    text = {"error": f"{type(error).__name__}: {error}".strip()}
    if is_database_away(error):
        message = _("The database is unavailable: %(error)s")
        remedy = _("Start the database, and check DATABASE_URL.")
        return failure(message % text, remedy)
    logger.error("The check %s raised an error.", check.name, exc_info=error)
    message = _("The check itself failed: %(error)s")
    remedy = _("Run the command again with --verbosity 3 for details, and report it.")
    return failure(message % text, remedy)
