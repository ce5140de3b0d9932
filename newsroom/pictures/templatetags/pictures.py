"""Template tags for pictures, used by components/picture.html."""

from dataclasses import dataclass
from typing import Any

from django import template

from newsroom.files.visibility import show_if_public
from newsroom.pictures.layouts import LAYOUTS, MODERN_FORMATS
from newsroom.pictures.renditions import existing, made

register = template.Library()


@dataclass(frozen=True, slots=True)
class RenderedPicture:
    """A picture as it is rendered in a layout.

    ``sources`` are pairs of media type and ``srcset``; ``fallback`` is the rendition
    for browsers that support none of them. ``is_first`` is true for the first picture
    of a page, which is probably visible without scrolling.
    """

    sources: list[tuple[str, str]]
    sizes: str
    fallback: Any
    is_first: bool


@register.simple_tag(takes_context=True)
def picture_in(
    context: template.Context, layout_name: str, image: Any
) -> RenderedPicture | None:
    """Return how to render *image* in the layout *layout_name*.

    Returns None if there is no image, or if its file is missing or broken. Of the
    missing renditions only the JPEG is generated here, in some hundredths of a second;
    the worker generates the others.
    """
    if not image:
        return None
    layout = LAYOUTS[layout_name]
    found = existing(image, layout)
    fallback = found.get(layout.fallback()) or made(image, layout.fallback())
    if fallback is None:
        return None
    show_if_public(image, [fallback, *found.values()])
    sources = {
        format_name: [found[spec] for spec in specs if spec in found]
        for format_name, specs in layout.sources(image).items()
    }
    return RenderedPicture(
        sources=[
            (MODERN_FORMATS[name], ", ".join(f"{r.url} {r.width}w" for r in renditions))
            for name, renditions in sources.items()
            if renditions
        ],
        sizes=layout.sizes_of(image),
        fallback=fallback,
        is_first=bool(layout.sizes) and _is_first(context),
    )


@register.filter
def credit_of(image: Any, written: str) -> str:
    """Return the credit of *image*: *written* in the article, or the stored one."""
    row = None if written or not image else getattr(image, "picture_credit", None)
    return written or (row.credit if row else "")


def _is_first(context: template.Context) -> bool:
    """Return whether this is the first picture of the page.

    ``include … only`` keeps nothing of the context except the request; blocks have the
    request among their variables.
    """
    request = context.get("request") or getattr(context, "request", None)
    if request is None or getattr(request, "has_shown_picture", False):
        return False
    request.has_shown_picture = True
    return True
