"""What is done to every file that is made of a picture, beside its size and format."""

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


def choose_broken_originals() -> None:
    """Let the chooser answer with Wagtail's placeholder for a picture that cannot be
    read, as its lists do; it would answer 500, and a multiple choice would be lost."""
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
    """Let a picture whose stored file cannot be read keep its width and height, so that
    its title and credit can be edited; Django reads them anew from the file."""
    measure = WagtailImageFieldFile.get_image_dimensions
    if getattr(measure, "keeps_size", False):
        return

    def measured_or_kept(self: Any) -> tuple[int, int]:
        try:
            size: tuple[int, int] = measure(self)
        except Exception:  # each of a dozen readers of formats has its own
            kept = self.instance.width, self.instance.height
            if not self._committed or not all(kept):
                raise
            return kept
        return size

    measured_or_kept.keeps_size = True  # type: ignore[attr-defined]
    WagtailImageFieldFile.get_image_dimensions = measured_or_kept
