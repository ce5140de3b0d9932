"""Parts of an article's page from the tables of this app and of the search index."""

from collections.abc import Iterator

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction

from newsroom.articles.index_documents import document_id_of
from newsroom.articles.models import ArticlePage
from newsroom.articles.models.names import parts_of_names
from newsroom.articles.pictures import OWN_PAGE
from newsroom.articles.rich_text.loaded_links import parts_of_links
from newsroom.articles.site_state import PAGE_FIELDS
from newsroom.files.models import FileUse, PictureCredit
from newsroom.web.row_batches import Part, id_list, key
from search.index.fields import FIELDS
from search.models import Entry

USES = FileUse._meta.db_table
RESTRICTIONS = PageViewRestriction._meta.db_table
# Nothing of the entry that is not compared with other entries.
ENTRY_FIELDS = (
    "key",
    "group",
    "locale",
    "tag",
    "facet_values",
    *(f"{field}_stems" for field in FIELDS),
)


def parts_of_article(article: ArticlePage) -> Iterator[Part]:
    """Yield language versions, names, linked pages and files, and the search entry."""
    versions = "translation_key = %s AND live"
    translation_key = key(article.translation_key)
    yield Part("versions", Page, versions, (translation_key,), PAGE_FIELDS)
    yield Part(
        "restricted",
        Page,
        f"{versions} AND id IN (SELECT page_id FROM {RESTRICTIONS})",
        (translation_key,),
        ("path",),
    )
    yield from parts_of_names(article)
    yield from parts_of_pictures(article)
    yield from parts_of_links(article.body_source)
    yield Part("entry", Entry, "key = %s", (document_id_of(article),), ENTRY_FIELDS)


def parts_of_pictures(article: ArticlePage) -> Iterator[Part]:
    """Yield the lead picture; renditions and credits of all pictures of the page."""
    images = get_image_model()
    shown = (
        f"image_id IN (SELECT object_id FROM {USES}"
        " WHERE page_id = %s AND kind = %s AND source = '')"
    )
    uses = (article.pk, FileUse.Kind.PICTURE)
    specs, names = id_list({spec for layout in OWN_PAGE for spec in layout.specs()})
    yield Part("lead_picture", images, "id = %s", (article.lead_picture_id or 0,))
    # Not used as instances: kept pages depend on all that they show.
    used = f"id IN (SELECT object_id FROM {USES} WHERE page_id = %s AND kind = %s)"
    yield Part("pictures", images, used, uses)
    yield Part(
        "documents",
        get_document_model(),
        used,
        (article.pk, FileUse.Kind.DOCUMENT),
    )
    yield Part(
        "files",
        FileUse,
        "page_id = %s AND source = ''",
        (article.pk,),
        ("object_id", "kind"),
    )
    yield Part(
        "renditions",
        images.get_rendition_model(),
        f"{shown} AND filter_spec IN {specs}",
        (*uses, *names),
    )
    yield Part("credits", PictureCredit, shown, uses)


def public_versions_of(article: ArticlePage) -> list[Page]:
    """Return the live public language versions of an article with loaded rows."""
    state, rows = article.site_state, article.page_rows
    restricted = {page.pk for page in rows.rows("restricted")}
    return [
        page
        for page in state.with_locales(rows.rows("versions"))
        if page.pk not in restricted and not state.is_below_restricted(page)
    ]
