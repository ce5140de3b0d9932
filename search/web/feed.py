"""The newest results of a search as an Atom feed (RFC 4287).

The id of a feed entry is derived from the article's group and language. It stays the
same when the page moves or the title or host name changes.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from search.engines import NEWEST_FIRST
from search.facets import registry
from search.facets.registry import Shown
from search.index.facet_values import facet_of, pk_of
from search.models import Change, Entry, FacetValue
from search.results.result import Result
from search.results.search import Results, find
from search.web.filters import chips_of
from search.web.params import SearchRequest

# As many as a reader who looks once a day may have missed of a busy search.
ENTRIES = 30
# Characters of the text shown for an article without a lead.
SUMMARY_LENGTH = 300
# UUID namespace of the entry ids. It must never change.
_NAMES = UUID("5f0b6f9e-6c55-5e0c-9d0e-3d6f0a3c7b11")
# The date of an empty feed.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# Characters that XML 1.0 does not allow, escaped or not.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Absolute = Callable[[str], str]


class SearchFeed(Atom1Feed):
    """Atom feed with the language, authors and language versions of each entry."""

    mime_type = "application/atom+xml; charset=utf-8"

    def latest_post_date(self) -> datetime:
        """Return the date of the newest entry; a constant for an empty feed."""
        return super().latest_post_date() if self.items else _NEVER

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["written_in"]}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", {"xml:lang": item["language"]})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        for language, url in item["versions"]:
            link = {"rel": "alternate", "hreflang": language, "href": url}
            handler.addQuickElement("link", "", link)


@dataclass(frozen=True, slots=True)
class Written:
    """A serialised feed, and the time of the last change of the archive."""

    content: bytes
    changed_at: datetime


def feed_of(asked: SearchRequest, absolute: Absolute, site_name: str) -> Written | None:
    """Return the feed of *asked*, None if the search has neither words nor filters.

    *absolute* turns a path of the site into an absolute URL. All words are required: an
    article that matches only some of them would appear and disappear as others are
    published.
    """
    asked = replace(asked, order="", page=1, facet="")
    search = replace(
        asked.search(), order=NEWEST_FIRST, limit=ENTRIES, may_loosen=False
    )
    found = find(search)
    if not found.plan and not asked.is_filtered:
        return None
    feed = SearchFeed(
        title=_plain(_title(asked, site_name)),
        link=absolute(asked.address()),
        description=None,
        language=asked.language,
        author_name=_plain(site_name),
        feed_url=absolute(asked.address("search_feed")),
    )
    labels = _labels(found.results)
    for result in found.results:
        feed.add_item(**_item(result, labels, absolute))
    content = feed.writeString("utf-8").encode()
    return Written(content, _changed_at(found))


def _title(asked: SearchRequest, site_name: str) -> str:
    text = asked.text.strip()
    parts = [_("“%(text)s”") % {"text": text}] if text else []
    parts += [f"{chip.name}: {chip.label}" for chip in chips_of(asked)]
    return _("%(search)s — %(site)s") % {"search": "; ".join(parts), "site": site_name}


def _labels(results: Iterable[Result]) -> dict[int, FacetValue]:
    """Return the facet values that the results name, by value id. One query."""
    authors = registry.shown_in(Shown.FEED_AUTHORS)
    facets = {*authors, *registry.shown_in(Shown.FEED_CATEGORIES)}
    value_ids = {
        value_id
        for result in results
        for value_id in result.entry.value_ids
        if facet_of(value_id) in facets
    }
    values = FacetValue.objects.defer("names").in_bulk(map(pk_of, value_ids))
    return {n: values[pk_of(n)] for n in value_ids if pk_of(n) in values}


def _item(
    result: Result,
    labels: dict[int, FacetValue],
    absolute: Absolute,
) -> dict[str, Any]:
    entry = result.entry

    def named(*facets: str) -> list[str]:
        values = (labels[n] for n in entry.value_ids if n in labels)
        return [_plain(v.label(entry.locale)) for v in values if v.facet in facets]

    # The authors of an article: the names of the first facet that has any.
    by_facet = (named(facet) for facet in registry.shown_in(Shown.FEED_AUTHORS))
    return {
        "title": _plain(entry.title),
        "link": absolute(entry.url),
        # Atom summaries are HTML here; the archive stores plain text.
        "description": escape(_plain(_summary(entry))),
        "unique_id": f"urn:uuid:{uuid5(_NAMES, f'{entry.group} {entry.locale}')}",
        "pubdate": entry.published_at,
        "updateddate": entry.published_at,
        "categories": [
            name
            for facet in registry.shown_in(Shown.FEED_CATEGORIES)
            for name in named(facet)
        ],
        "authors": next(filter(None, by_facet), []),
        "language": entry.locale,
        "written_in": entry.written_in,
        "versions": [
            (version.locale, absolute(version.url))
            for version in result.versions
            if version.locale != entry.locale
        ],
    }


def _summary(entry: Entry) -> str:
    return entry.lead.strip() or Truncator(entry.body).chars(SUMMARY_LENGTH)


def _plain(text: str) -> str:
    """Return *text* on one line, without characters that XML does not allow."""
    return " ".join(_NO_XML.sub(" ", text).split())


def _changed_at(found: Results) -> datetime:
    """Return the time of the last change of the archive.

    That is the newest of the last logged change and the publication times of the
    results.
    """
    times = [result.entry.published_at for result in found.results]
    last = Change.objects.order_by("-seq").values_list("at", flat=True).first()
    return max([*times, last or _NEVER])
