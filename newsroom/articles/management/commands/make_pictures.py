"""Command that generates the missing renditions of all articles."""

from typing import Any

from django.core.management.base import BaseCommand

from newsroom.articles.models import ArticlePage
from newsroom.articles.pictures import make_pictures

CHUNK_SIZE = 100


class Command(BaseCommand):
    help = (
        "Generate the missing renditions of the pictures of all live articles. The "
        "worker generates those of newly published articles; run this once for "
        "articles published earlier."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        articles = ArticlePage.objects.live().order_by("-published_at")
        articles = articles.select_related("lead_picture")
        count = sum(map(make_pictures, articles.iterator(chunk_size=CHUNK_SIZE)))
        self.stdout.write(f"{count} renditions generated.")
