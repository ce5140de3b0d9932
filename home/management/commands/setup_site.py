"""Command that prepares a site: languages, home pages, roles and names of places."""

from typing import Any

from django.core.management.base import BaseCommand

from home.editions import create_editions
from newsroom.access.roles import create_roles
from newsroom.gazetteer.synonyms import put_place_names
from newsroom.localisation.first_names import translate_first_names


class Command(BaseCommand):
    help = (
        "Make a home page for every language of WAGTAIL_CONTENT_LANGUAGES, the "
        "newsroom's groups, and the names of places that the search knows. Run it "
        "after migrate, and again when a language is added."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        editions = create_editions()
        groups = create_roles()
        translate_first_names()
        put_place_names()
        if options["verbosity"]:
            for home in editions:
                self.stdout.write(f"{home.locale.language_code}: {home.title}")
            self.stdout.write("Groups: " + ", ".join(groups))
