"""Check of the whole installation, for operators and their monitoring."""

import json
import logging
import os
import sys
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from newsroom.doctor.registry import Options, Status, checks
from newsroom.doctor.running import Result, run
from newsroom.settings.environment.refusal import LANGUAGES, operator_language

WIDTH = 10  # of the columns of status and name
DEBUG_VERBOSITY = 3


class Command(BaseCommand):
    help = (
        "Check the installation and say what to do about each problem. The exit status "
        "is 0 if all is well, 1 if there are warnings, 2 if there are failures."
    )
    requires_system_checks = ()  # they are one of its own checks

    def add_arguments(self, parser: CommandParser) -> None:
        names = ", ".join(check.name for check in checks())
        parser.add_argument("--json", action="store_true", help="Print JSON.")
        parser.add_argument(
            "--language",
            choices=LANGUAGES,
            help="The language of the answer; default: that of the terminal.",
        )
        parser.add_argument(
            "--mail",
            default="",
            metavar="ADDRESS",
            help="Send a mail there; otherwise the mail server is only connected to.",
        )
        parser.add_argument(
            "--only",
            action="append",
            metavar="NAME",
            help=f"Run only this check; can be repeated. Names: {names}.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = options["only"] or [check.name for check in checks()]
        known = [check.name for check in checks()]
        if unknown := set(chosen) - set(known):
            raise CommandError(
                f"There is no check {', '.join(sorted(unknown))}. "
                f"Choose from: {', '.join(known)}."
            )
        # What a check logs about a broken part is said by its finding.
        if options["verbosity"] < DEBUG_VERBOSITY:
            logging.disable(logging.CRITICAL)
        try:
            with translation.override(
                options["language"] or operator_language(os.environ)
            ):
                results = run(
                    [check for check in checks() if check.name in chosen],
                    Options(mail_to=options["mail"]),
                )
                status = worst(results)
                self.stdout.write(
                    as_json(results, status)
                    if options["json"]
                    else as_text(results, status)
                )
        finally:
            logging.disable(logging.NOTSET)
        if status:
            sys.exit(status)


def worst(results: Sequence[Result]) -> Status:
    return max(
        (one.finding.status for one in results if one.finding), default=Status.OK
    )


def as_json(results: Sequence[Result], status: Status) -> str:
    """Return the results as JSON; the names and statuses are never translated."""
    answer = {
        "status": status.name.lower(),
        "results": [
            {
                "check": one.check,
                "status": one.finding.status.name.lower() if one.finding else "skipped",
                "message": one.finding.message if one.finding else "",
                "remedy": one.finding.remedy if one.finding else "",
            }
            for one in results
        ],
    }
    return json.dumps(answer, ensure_ascii=False, indent=2)


def as_text(results: Sequence[Result], status: Status) -> str:
    words = {
        Status.OK: pgettext("doctor", "ok"),
        Status.WARNING: pgettext("doctor", "WARNING"),
        Status.FAILURE: pgettext("doctor", "FAILURE"),
    }
    lines = []
    for one in results:
        if one.finding is None:
            word, said = (
                pgettext("doctor", "skipped"),
                [_("It needs the database and its migrations.")],
            )
        else:
            word = words[one.finding.status]
            said = [one.finding.message, one.finding.remedy]
        start = f"{word:{WIDTH}} {one.check:{WIDTH}} "
        lines.append(start + said[0])
        lines += [" " * len(start) + f"→ {remedy}" for remedy in said[1:] if remedy]
    conclusion = {
        Status.OK: _("Everything works."),
        Status.WARNING: _("There are warnings."),
        Status.FAILURE: _("There are failures."),
    }
    return "\n".join([*lines, conclusion[status]])
