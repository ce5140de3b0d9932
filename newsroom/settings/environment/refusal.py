"""The message of a command whose settings refuse the environment."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import django
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation.trans_null import gettext_noop as _

from newsroom.settings.environment.problems import Problem

LOCALE = Path(__file__).resolve().parents[3] / "locale"
LANGUAGES = ("en", "kk", "ru")
# That of doctor for failures.
EXIT_CODE = 2
TITLE = _("The environment is incomplete or contradictory:")


def operator_language(environ: Mapping[str, str]) -> str:
    """Return the language of the terminal if the site speaks it, English otherwise."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            code = value.partition("_")[0].partition(".")[0].lower()
            return code if code in LANGUAGES else "en"
    return "en"


def refuse(
    problems: Iterable[Problem], arguments: Sequence[str], environ: Mapping[str, str]
) -> int:
    """Write all problems to stderr and return the exit code.

    ``doctor --json`` gets the same list as JSON on stdout. The settings of the site
    are not available: its catalogues are used without them.
    """
    if not settings.configured:
        settings.configure(
            LOCALE_PATHS=[LOCALE], LANGUAGE_CODE="en", USE_I18N=True, INSTALLED_APPS=[]
        )
        django.setup()
    with translation.override(operator_language(environ)):
        results = [
            {
                "check": "settings",
                "status": "failure",
                "message": f"{problem.variable}: {problem.translated_fault()}",
                "remedy": problem.translated_remedy(),
            }
            for problem in problems
        ]
        title = gettext(TITLE)
    if "doctor" in arguments[1:2] and "--json" in arguments:
        answer = {"status": "failure", "results": results}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
    else:
        lines = [f"  {one['message']} {one['remedy']}" for one in results]
        sys.stderr.write("\n".join([title, *lines, ""]))
    return EXIT_CODE
