"""Making the files of pictures in the background."""

from collections.abc import Iterable

from django_tasks import task
from wagtail.images import get_image_model

from newsroom.pictures import renditions
from newsroom.pictures.layouts import LAYOUTS, Layout

# What editors have started goes first: pages have their pictures without this.
PRIORITY = -50


def make_later(image_pk: int, layouts: Iterable[Layout]) -> None:
    """Have the worker make what *layouts* lack of a picture."""
    names = sorted(layout.name for layout in layouts)
    make_renditions.enqueue(image_pk, names)


@task(backend="background", priority=PRIORITY)
def make_renditions(image_pk: int, layout_names: list[str]) -> int:
    """Make what lacks; return how many files that was. The picture may be gone, and a
    layout may be one that another version of the site had."""
    image = get_image_model().objects.filter(pk=image_pk).first()
    layouts = [LAYOUTS[name] for name in layout_names if name in LAYOUTS]
    return renditions.make(image, layouts) if image else 0
