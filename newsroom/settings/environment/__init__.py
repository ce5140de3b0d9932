"""Checks of the environment variables of a production site, all in one list.

The production settings call :func:`require_valid` before they read a variable, so that
an operator sees every problem at once. ``check --deploy`` and ``doctor`` list the
warnings of :func:`find_problems`. The variables are listed in
``deploy/environment.example``.
"""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ImproperlyConfigured

from newsroom.settings.environment.backups import backup_problems
from newsroom.settings.environment.observability import observability_problems
from newsroom.settings.environment.problems import Problem
from newsroom.settings.environment.services import service_problems
from newsroom.settings.environment.site import site_problems
from newsroom.settings.environment.values import value_problems

__all__ = ["InvalidEnvironmentError", "Problem", "find_problems", "require_valid"]


class InvalidEnvironmentError(ImproperlyConfigured):
    """Raised by the production settings; its text is the whole list of problems."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        lines = [str(problem) for problem in self.problems]
        super().__init__(
            "\n".join(["The environment is incomplete or contradictory:", *lines])
        )


def find_problems(environ: Mapping[str, str]) -> list[Problem]:
    """Return all problems of a production environment, errors first.

    Args:
        environ: The environment variables by name, such as ``os.environ``.

    Returns:
        One problem for each fault; a value that cannot be read at all has no others.
    """
    unreadable = value_problems(environ)
    names = {problem.variable for problem in unreadable if problem.is_error}
    more = [
        *site_problems(environ),
        *service_problems(environ),
        *backup_problems(environ),
        *observability_problems(environ),
    ]
    problems = [*unreadable, *(one for one in more if one.variable not in names)]
    return sorted(problems, key=lambda problem: not problem.is_error)


def require_valid(environ: Mapping[str, str]) -> list[Problem]:
    """Return the warnings about *environ*.

    Raises InvalidEnvironmentError with all errors if there is one.
    """
    problems = find_problems(environ)
    errors = [problem for problem in problems if problem.is_error]
    if errors:
        raise InvalidEnvironmentError(errors)
    return problems
