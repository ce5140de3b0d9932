"""Image operation for every rendition, and handling of unreadable originals."""

import logging
from typing import Any

from django.db import DatabaseError
from PIL.ImageCms import PyCMSError
from wagtail.admin.views.generic.chooser import ChosenResponseMixin
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.image_operations import FilterOperation
from wagtail.images.models import Filter, SourceImageIOError, WagtailImageFieldFile
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.images.views.chooser import ImageChosenResponseMixin

logger = logging.getLogger(__name__)

# Modes from which JPEG, WebP and AVIF can all be encoded. Others are for print and
# measurement: CMYK, CIELAB, 16 and 32 bits.
MODES_OF_THE_WEB = {"1", "L", "LA", "P", "RGB", "RGBA"}


class PlainOperation(FilterOperation):
    """Image operation ``plain``: web colours, and no metadata.

    Cameras write place and device into a picture. Readers get none of that: it can
    endanger the people shown, and can be larger than the picture itself.
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
    """Make Wagtail treat an unreadable original like a missing one.

    Wagtail shows a placeholder only for a missing original. For an unreadable one, the
    list of pictures, the choosers and the page editor would return status 500.
    """
    run = Filter.run
    if getattr(run, "reports_broken_originals", False):
        return

    def run_or_report(self: Filter, image: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return run(self, image, *args, **kwargs)
        except (DatabaseError, InvalidFilterSpecError, SourceImageIOError):
            raise
        except Exception as error:  # about a dozen decoders, each with its own errors
            raise SourceImageIOError(f"{type(error).__name__}: {error}") from error

    run_or_report.reports_broken_originals = True  # type: ignore[attr-defined]
    Filter.run = run_or_report


def choose_broken_originals() -> None:
    """Make the chooser return Wagtail's placeholder for an unreadable picture.

    Wagtail's lists do so already. The chooser would return status 500, and a multiple
    choice would be lost.
    """
    chosen_data = ImageChosenResponseMixin.get_chosen_response_data
    if getattr(chosen_data, "accepts_broken_originals", False):
        return

    def data_or_placeholder(
        self: Any, image: Any, preview_image_filter: str = "max-165x165"
    ) -> dict[str, Any]:
        try:
            data: dict[str, Any] = chosen_data(self, image, preview_image_filter)
        except SourceImageIOError:
            data = ChosenResponseMixin.get_chosen_response_data(self, image)
            shown = get_rendition_or_not_found(image, preview_image_filter)
            data["preview"] = {
                "url": shown.url,
                "width": shown.width,
                "height": shown.height,
            }
            data["default_alt_text"] = image.default_alt_text
        return data

    data_or_placeholder.accepts_broken_originals = True  # type: ignore[attr-defined]
    ImageChosenResponseMixin.get_chosen_response_data = data_or_placeholder


def keep_size_of_broken_originals() -> None:
    """Keep width and height of a picture whose stored file cannot be read.

    Its title and credit can then be edited. Otherwise, Django would read the size from
    the file again and fail.
    """
    measure = WagtailImageFieldFile.get_image_dimensions
    if getattr(measure, "keeps_size", False):
        return

    def measured_or_kept(self: Any) -> tuple[int, int]:
        try:
            size: tuple[int, int] = measure(self)
        except Exception:  # about a dozen decoders, each with its own errors
            kept = self.instance.width, self.instance.height
            if not self._committed or not all(kept):
                raise
            return kept
        return size

    measured_or_kept.keeps_size = True  # type: ignore[attr-defined]
    WagtailImageFieldFile.get_image_dimensions = measured_or_kept
