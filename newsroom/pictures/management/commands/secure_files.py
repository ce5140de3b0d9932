"""Command that moves private files out of the public folder after an upgrade."""

from typing import Any

from django.core.management.base import BaseCommand

from newsroom.files import securing
from newsroom.pictures.uploads import strip_originals


class Command(BaseCommand):
    help = (
        "Move uploaded files to PRIVATE_MEDIA_ROOT, remove metadata from pictures, and "
        "make public only what public pages show. Run it once after an upgrade; it can "
        "be interrupted and run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        moved = securing.move_uploads()
        stripped = strip_originals()
        pages = securing.record_all_uses()
        renamed = securing.rename_renditions()
        removed = securing.remove_leftovers()
        securing.settle_all()
        if options["verbosity"]:
            self.stdout.write(
                f"Files moved: {moved}; pictures stripped: {stripped}; pages with "
                f"files: {pages}; renditions renamed: {renamed}, removed: {removed}."
            )
