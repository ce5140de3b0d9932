"""Command that generates the missing renditions of all articles."""

from typing import Any

from django.core.management.base import BaseCommand

from newsroom.articles.models import ArticlePage
from newsroom.articles.pictures import make_pictures

CHUNK_SIZE = 100


class Command(BaseCommand):
    help = (
        "Make the files that pages show of the pictures of all live articles, if they "
        "are missing. Published articles have theirs made by the worker; this is for "
        "those that were there before."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        articles = ArticlePage.objects.live().order_by("-published_at")
        articles = articles.select_related("lead_picture")
        count = sum(map(make_pictures, articles.iterator(chunk_size=CHUNK_SIZE)))
        self.stdout.write(f"{count} files made.")
