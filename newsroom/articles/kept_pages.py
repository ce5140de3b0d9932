"""Rendered pages of articles, kept until anything that they show changes.

The key of a page is a hash of all rows that it shows, as the database has just returned
them (:mod:`newsroom.articles.page_rows`, :mod:`newsroom.articles.site_state`), and of
what the request adds: host, language, script, day. A page is therefore never older than
the database: what was withdrawn, renamed or restricted is gone with the next request.

Facet values and similar articles depend on rows that are known only after the page is
rendered. A second query compares those (:class:`Related`). If only the articles beside
this one have changed, only the list of similar ones is rendered again.
"""

import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Site

from newsroom.articles.facets import ENTITY_FACETS
from newsroom.articles.models import ArticlePage
from newsroom.articles.models.names import ArticleNames, names_of
from newsroom.articles.page_values import subjects
from newsroom.articles.templatetags.similar import TEMPLATE, Similar, similar_articles
from newsroom.files.models import FileUse
from newsroom.transliteration.kept_texts import KeptText, kept_texts, key_of
from newsroom.web.row_batches import Batch, Part, id_list
from search.index.facet_values import pk_of
from search.index.term_statistics import TOTAL
from search.models import Entry, FacetValue, TermStatistic

# Stands in a kept page where its similar articles are; nobody else can write it.
SIMILAR_TOKEN = secrets.token_hex(16)
SIMILAR_PLACE = f"<!-- {SIMILAR_TOKEN} -->"
ENTRY_FIELDS = ("key", "url", "title", "locale", "tag", "published_at", "facet_values")
# A document of a document block in the JSON of a body.
DOCUMENT = re.compile(r'\\*"document\\*": ?(\d+)')
SAFE_METHODS = ("GET", "HEAD")

Render = Callable[[], HttpResponse]


@dataclass(frozen=True, slots=True)
class Related:
    """Rows that a kept page shows and that only its rendering has named.

    ``names`` are the facet values of its names, ``others`` all on which the choice of
    similar articles depends, both as the database returned them.
    """

    keys: tuple[str, ...]
    subject_pks: tuple[int, ...]
    similar_pks: tuple[int, ...]
    locale: str
    similar_html: str
    names: tuple[tuple[str, str], ...] = ()
    others: tuple[tuple[str, str], ...] = ()


def served(request: HttpRequest, article: ArticlePage, render: Render) -> HttpResponse:
    """Return the page of *article*: a kept one, or else what *render* returns.

    *article* has loaded rows. The page is rendered for users of the admin, and if not
    everybody may read it.
    """
    if not _may_be_kept(request, article):
        return render()
    key = _key(request, article)
    kept = kept_texts.get(key)
    if kept is not None:
        related = _read(kept.about)
        if related.names == kept.about.names:
            if related.others != kept.about.others:
                related = _with_similar(article, related)
                kept_texts.put(key, KeptText(kept.text, related))
            html = kept.text.replace(SIMILAR_PLACE, related.similar_html)
            return HttpResponse(html)
    request.similar_place = SIMILAR_TOKEN  # type: ignore[attr-defined]
    response = render()
    related = _with_similar(article, None)
    html = response.content.decode(response.charset)
    response.content = html.replace(SIMILAR_PLACE, related.similar_html)
    if response.status_code == 200 and _is_complete(article, html):
        kept_texts.put(key, KeptText(html, related))
    return response


def _may_be_kept(request: HttpRequest, article: ArticlePage) -> bool:
    return (
        request.method in SAFE_METHODS
        and article.is_known_public
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not settings.DEBUG
        and not getattr(request, "is_preview", False)
    )


def _key(request: HttpRequest, article: ArticlePage) -> bytes:
    edition = getattr(request, "script_edition", None)
    return key_of(
        (
            request.build_absolute_uri("/"),
            request.path,
            get_language(),
            edition and edition.prefix,
            timezone.localdate(timezone=timezone.get_default_timezone()),
            Site.get_site_root_paths(),
            article.body_source,
            article.site_state.raw,
            article.page_rows.raw,
        )
    )


def _is_complete(article: ArticlePage, html: str) -> bool:
    """Return whether the rows of all files that the page shows were read.

    Pictures must be public already: their URLs change when they become so.
    """
    files = article.page_rows.rows("files")
    pictures = {use.object_id for use in files if use.kind == FileUse.Kind.PICTURE}
    documents = {use.object_id for use in files if use.kind == FileUse.Kind.DOCUMENT}
    shown = {
        child.value["picture"].pk
        for child in article.body
        if child.block_type == "picture" and child.value["picture"]
    }
    shown |= {article.lead_picture_id} - {None}
    linked = set(map(int, DOCUMENT.findall(article.body_source)))
    private = reverse("private_file", args=["-"]).removesuffix("-")
    return shown <= pictures and linked <= documents and private not in html


def _with_similar(article: ArticlePage, known: Related | None) -> Related:
    """Return the state of rows, and the similar articles that they lead to.

    *known* is the state that has just been read; its similar articles are outdated.
    """
    names = names_of(article)
    similar = similar_articles(article, names)
    entry = next(iter(article.page_rows.rows("entry")), None)
    return _read(
        Related(
            keys=known.keys if known else _keys(names),
            subject_pks=tuple(sorted(map(pk_of, subjects(entry)))) if entry else (),
            similar_pks=tuple(one.entry.pk for one in similar),
            locale=article.locale.language_code,
            similar_html=_similar_html(similar),
        )
    )


def _similar_html(similar: list[Similar]) -> str:
    return render_to_string(TEMPLATE, {"similar": similar}) if similar else ""


def _keys(names: ArticleNames) -> tuple[str, ...]:
    return tuple(sorted(str(entity.translation_key) for entity in names))


def _read(related: Related) -> Related:
    """Return *related* with the rows as they are now. One query."""
    batch = Batch(_parts(related))
    names = tuple(row for row in batch.raw if row[0] == "names")
    others = tuple(row for row in batch.raw if row[0] != "names")
    return Related(
        related.keys,
        related.subject_pks,
        related.similar_pks,
        related.locale,
        related.similar_html,
        names,
        others,
    )


def _parts(related: Related) -> Iterator[Part]:
    facets, facet_names = id_list(one.name for one in ENTITY_FACETS)
    keys, names = id_list(related.keys or ("-",))
    yield Part(
        "names",
        FacetValue,
        f"facet IN {facets} AND key IN {keys}",
        (*facet_names, *names),
        ("facet", "key", "labels"),
    )
    subject_list, subject_pks = id_list(related.subject_pks)
    yield Part(
        "subjects",
        FacetValue,
        f"id IN {subject_list}",
        subject_pks,
        ("facet", "key", "labels", "entries"),
    )
    similar_list, similar_pks = id_list(related.similar_pks)
    yield Part("similar", Entry, f"id IN {similar_list}", similar_pks, ENTRY_FIELDS)
    # The index has changed if an entry was written, or its words were counted.
    newest = f"seq = (SELECT max(seq) FROM {Entry._meta.db_table})"
    yield Part("newest", Entry, newest, (), ("seq",))
    yield Part(
        "totals",
        TermStatistic,
        "locale = %s AND kind = %s",
        (related.locale, TOTAL),
        ("text", "entries"),
    )
