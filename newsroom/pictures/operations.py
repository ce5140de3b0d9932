"""What is done to every file that is made of a picture, beside its size and format."""

import logging
from typing import Any

from django.db import DatabaseError
from PIL.ImageCms import PyCMSError
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.image_operations import FilterOperation
from wagtail.images.models import Filter, SourceImageIOError

logger = logging.getLogger(__name__)

# What JPEG, WebP and AVIF can all be made of. The rest is print and measurement:
# CMYK, CIELAB, 16 and 32 bits.
MODES_OF_THE_WEB = {"1", "L", "LA", "P", "RGB", "RGBA"}


class PlainOperation(FilterOperation):
    """``plain``: the colours of the web, and nothing but the picture.

    Cameras write into a picture where it was taken and with what. Readers get none of
    that; it can endanger who is shown, and weighs more than many a picture.
    """

    def construct(self) -> None:
        pass

    def run(self, willow: Any, image: Any, env: dict[str, Any]) -> Any:
        try:
            willow = willow.transform_colorspace_to_srgb()
        except (PyCMSError, OSError, ValueError):
            logger.warning("The colour profile of picture %s cannot be read.", image.pk)
        picture = willow.get_pillow_image()
        if picture.mode not in MODES_OF_THE_WEB:
            willow = type(willow)(picture.convert("RGB"))
            picture = willow.get_pillow_image()
        kept = {k: v for k, v in picture.info.items() if k == "transparency"}
        picture.info = kept
        return willow


def report_broken_originals() -> None:
    """Have Wagtail treat an original that cannot be read like one that is missing.

    It shows a placeholder for the latter only; for the former, the list of pictures,
    the choosers and the page editor would answer 500.
    """
    run = Filter.run
    if getattr(run, "reports_broken_originals", False):
        return

    def run_or_report(self: Filter, image: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return run(self, image, *args, **kwargs)
        except (DatabaseError, InvalidFilterSpecError, SourceImageIOError):
            raise
        except Exception as error:  # each of a dozen readers of formats has its own
            raise SourceImageIOError(f"{type(error).__name__}: {error}") from error

    run_or_report.reports_broken_originals = True  # type: ignore[attr-defined]
    Filter.run = run_or_report
