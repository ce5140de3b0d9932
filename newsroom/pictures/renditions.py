"""Lookup and generation of renditions."""

import logging
from collections.abc import Iterable
from typing import Any

from django.db import DatabaseError
from django.db.models import Prefetch, prefetch_related_objects
from wagtail.images import get_image_model
from wagtail.images.models import Filter

from newsroom.files.visibility import show_if_public
from newsroom.pictures.layouts import Layout

logger = logging.getLogger(__name__)


def renditions_for(layouts: Iterable[Layout], lookup: str = "renditions") -> Prefetch:
    """Return a prefetch of all renditions that *layouts* can use.

    *lookup* is the path of the relation, such as ``lead_picture__renditions``.
    """
    specs = {spec for layout in layouts for spec in layout.specs()}
    model = get_image_model().get_rendition_model()
    return Prefetch(lookup, queryset=model.objects.filter(filter_spec__in=specs))


def prefetch(pictures: Iterable[tuple[Any, Layout]]) -> None:
    """Prefetch renditions and credits of (picture, layout) pairs, in two queries."""
    pictures = list(pictures)
    images = [image for image, _layout in pictures]
    layouts = {layout for _image, layout in pictures}
    prefetch_related_objects(images, renditions_for(layouts), "picture_credit")


def set_loaded(
    images: Iterable[Any], renditions: Iterable[Any], credits: Iterable[Any]
) -> None:
    """Set *renditions* and *credits* of *images*, as :func:`prefetch` does."""
    credit_of = {credit.image_id: credit for credit in credits}
    of_image: dict[int, list[Any]] = {}
    for rendition in renditions:
        of_image.setdefault(rendition.image_id, []).append(rendition)
    for image in images:
        found = image.renditions.all()
        found._result_cache = of_image.get(image.pk, [])
        for rendition in found._result_cache:
            rendition.image = image
        image._prefetched_objects_cache = {"renditions": found}
        image._state.fields_cache["picture_credit"] = credit_of.get(image.pk)


def existing(image: Any, layout: Layout) -> dict[str, Any]:
    """Return the existing renditions of *image* for *layout*, by filter spec.

    They are read from the database, not from a cache, because another process may have
    generated or deleted some. Runs no query if they were prefetched.
    """
    if "renditions" not in getattr(image, "_prefetched_objects_cache", {}):
        prefetch([(image, layout)])
    filters = [Filter(spec=spec) for spec in layout.specs_of(image)]
    found = image.find_existing_renditions(*filters)
    return {filter.spec: rendition for filter, rendition in found.items()}


def made(image: Any, spec: str) -> Any | None:
    """Return the rendition of *image* for the filter *spec*, generated if missing.

    Returns None if it cannot be generated, since the original is missing, broken, or no
    picture. Only one is generated at a time, because each takes as much memory as the
    whole uncompressed picture.
    """
    try:
        return image.get_rendition(Filter(spec=spec))
    except DatabaseError:
        raise
    except Exception as error:  # about a dozen decoders, each with its own errors
        logger.warning(
            "Nothing can be made of picture %s (%s): %s: %s",
            image.pk,
            image.file.name,
            type(error).__name__,
            error,
        )
        return None


def make(image: Any, layouts: Iterable[Layout]) -> int:
    """Generate the missing renditions of *image* for *layouts*; return their number.

    After the first failure, the remaining renditions are skipped.
    """
    layouts = list(layouts)
    prefetch([(image, layout) for layout in layouts])
    specs = dict.fromkeys(spec for one in layouts for spec in one.specs_of(image))
    found = {spec: r for one in layouts for spec, r in existing(image, one).items()}
    count = 0
    for spec in specs:
        if spec not in found:
            rendition = made(image, spec)
            if rendition is None:
                break
            found[spec] = rendition
            count += 1
    show_if_public(image, found.values())
    return count


def is_complete(image: Any, layout: Layout) -> bool:
    return len(existing(image, layout)) == len(layout.specs_of(image))
