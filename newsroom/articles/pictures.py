"""Pictures of articles, and the layouts in which pages show them."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ReferenceIndex

from newsroom.articles.block_content import pictures
from newsroom.files.models import FileUse
from newsroom.pictures.layouts import BODY, CARD, FRONT, LEAD, ROW, Layout
from newsroom.pictures.renditions import (
    is_complete,
    make,
    prefetch,
    set_loaded,
)
from newsroom.pictures.tasks import make_later

if TYPE_CHECKING:
    from newsroom.articles.models import ArticlePage

# Layouts of the article's own page, its teasers and its previews on social media.
LEAD_LAYOUTS = (LEAD, CARD, FRONT, ROW)
OWN_PAGE = (LEAD, CARD, BODY)


def pictures_of(article: "ArticlePage") -> Iterator[tuple[Any, Layout]]:
    """Yield (picture, layout) for each layout that shows a picture of *article*."""
    if article.lead_picture:
        yield from ((article.lead_picture, layout) for layout in LEAD_LAYOUTS)
    for block in article.body:
        for picture in pictures(block.block, block.value):
            yield picture, BODY


def prefetch_pictures(article: "ArticlePage") -> None:
    """Prefetch the renditions that the article's own page shows, in two queries.

    They are taken from the loaded rows of an article that has them.
    """
    pairs = [pair for pair in pictures_of(article) if pair[1] in OWN_PAGE]
    rows = article.page_rows
    if rows is not None:
        uses = rows.rows("files")
        known = {use.object_id for use in uses if use.kind == FileUse.Kind.PICTURE}
        images = [image for image, _layout in pairs if image.pk in known]
        set_loaded(images, rows.rows("renditions"), rows.rows("credits"))
        pairs = [pair for pair in pairs if pair[0].pk not in known]
    if pairs:
        prefetch(pairs)


def make_pictures(article: "ArticlePage") -> int:
    """Generate the missing renditions of the article's pictures; return the number."""
    return sum(make(image, layouts) for image, layouts in _by_image(article))


def make_pictures_later(article: "ArticlePage") -> None:
    """Enqueue the missing renditions of the article's pictures for the worker."""
    prefetch(pictures_of(article))
    for image, layouts in _by_image(article):
        if not all(is_complete(image, layout) for layout in layouts):
            make_later(image.pk, layouts)


def layouts_using(image: Any, article_model: type) -> set[Layout]:
    """Return the layouts in which articles show *image*, from the reference index."""
    references = ReferenceIndex.get_references_to(image).filter(
        content_type=ContentType.objects.get_for_model(article_model)
    )
    paths = references.values_list("model_path", flat=True).distinct()
    return {
        layout
        for path in paths
        for layout in (LEAD_LAYOUTS if path == "lead_picture" else (BODY,))
    }


def _by_image(article: "ArticlePage") -> Iterable[tuple[Any, list[Layout]]]:
    images: dict[int, Any] = {}
    layouts: dict[int, list[Layout]] = {}
    for image, layout in pictures_of(article):
        images.setdefault(image.pk, image)
        layouts.setdefault(image.pk, []).append(layout)
    return [(image, list(dict.fromkeys(layouts[pk]))) for pk, image in images.items()]
