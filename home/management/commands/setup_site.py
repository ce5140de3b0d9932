"""Command that prepares a site: languages, home pages and roles."""

from typing import Any

from django.core.management.base import BaseCommand

from home.editions import create_editions
from newsroom.access.roles import create_roles
from newsroom.localisation.first_names import translate_first_names


class Command(BaseCommand):
    help = (
        "Make a home page for every language of WAGTAIL_CONTENT_LANGUAGES and the "
        "newsroom's groups. Run it after migrate, and again when a language is added."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        editions = create_editions()
        groups = create_roles()
        translate_first_names()
        if options["verbosity"]:
            for home in editions:
                self.stdout.write(f"{home.locale.language_code}: {home.title}")
            self.stdout.write("Groups: " + ", ".join(groups))
