"""Background task that generates renditions."""

from collections.abc import Iterable

from django_tasks import task
from wagtail.images import get_image_model

from newsroom.pictures import renditions
from newsroom.pictures.layouts import LAYOUTS, Layout

# Low, because editors wait for jobs that they start; pages work without this task.
PRIORITY = -50


def make_later(image_pk: int, layouts: Iterable[Layout]) -> None:
    """Enqueue a task that generates the missing renditions for *layouts*."""
    names = sorted(layout.name for layout in layouts)
    make_renditions.enqueue(image_pk, names)


@task(backend="background", priority=PRIORITY)
def make_renditions(image_pk: int, layout_names: list[str]) -> int:
    """Generate the missing renditions of a picture; return their number.

    The picture may have been deleted, and a layout may be unknown if another version of
    the site enqueued the task.
    """
    image = get_image_model().objects.filter(pk=image_pk).first()
    layouts = [LAYOUTS[name] for name in layout_names if name in LAYOUTS]
    return renditions.make(image, layouts) if image else 0
