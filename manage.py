#!/usr/bin/env python
"""Command line of Django, with the development settings by default."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.development")
    from django.core.management import execute_from_command_line

    from newsroom.observability.shared_metrics import share_metrics
    from newsroom.settings.environment import InvalidEnvironmentError

    try:
        if sys.argv[1:2] == ["worker"]:
            share_metrics()
        execute_from_command_line(sys.argv)
    except InvalidEnvironmentError as error:
        from newsroom.settings.environment.refusal import refuse

        sys.exit(refuse(error.problems, sys.argv, os.environ))


if __name__ == "__main__":
    main()
