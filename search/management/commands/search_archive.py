"""Search the archive from the command line."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.models import Entry
from search.results.excerpts import as_html
from search.results.export import every
from search.results.result import Result
from search.results.search import RESULTS_PER_PAGE, Search, search_archive
from search.site_languages import site_languages


class Command(BaseCommand):
    help = "Print the live articles that match a query, best first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query", help="What a reader would type.")
        parser.add_argument("--locale", help="Search one language; all if left out.")
        parser.add_argument(
            "--all",
            action="store_true",
            help="Print every article that is found, the newest first, as JSON.",
        )
        parser.add_argument("--limit", type=int, default=RESULTS_PER_PAGE)
        parser.add_argument(
            "--json", action="store_true", help="Print one JSON object a line, UTF-8."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        codes = site_languages()
        if options["locale"] and options["locale"] not in codes:
            raise CommandError(
                f"There is no language {options['locale']!r}: use {', '.join(codes)}."
            )
        locales = [options["locale"]] if options["locale"] else codes
        if options["all"]:
            for entry in every(Search(options["query"], tuple(locales))):
                self.stdout.write(json.dumps(_plain(entry), ensure_ascii=False))
            return
        if options["limit"] < 1:
            raise CommandError("--limit is the number of hits to print: 1 or more.")
        found = search_archive(
            options["query"], locales=locales, limit=options["limit"]
        )
        for result in found.results:
            line = (
                _as_json(result, found.engine) if options["json"] else _as_text(result)
            )
            self.stdout.write(line)
        if not options["json"]:
            self.stderr.write(f"{found.total} found for: {found.query}")


def _plain(entry: Entry) -> dict[str, str]:
    return {
        "title": entry.title,
        "url": entry.url,
        "locale": entry.locale,
        "published": entry.published_at.isoformat(),
    }


def _as_json(result: Result, engine: str) -> str:
    return json.dumps(
        {
            "title": result.entry.title,
            "url": result.entry.url,
            "locale": result.entry.locale,
            "score": round(result.score, 6),
            "excerpt": as_html(result.excerpt),
            "engine": engine,
            "versions": {version.locale: version.url for version in result.versions},
        },
        ensure_ascii=False,
    )


def _as_text(result: Result) -> str:
    excerpt = "".join(piece.text for piece in result.excerpt).replace("\n", " ")
    return f"{result.entry.title}\n  {result.entry.url}\n  {excerpt}\n"
