"""Capture of deleted pages, for every code path that deletes them."""

from typing import Any
from uuid import uuid4

from wagtail.models import Locale, Page

from newsroom.articles.models.localized_page import LocalizedPage
from newsroom.bin.capture import capture


def keep_deleted_page(deleted: Page, *, using: str, origin: Any) -> None:
    """Capture a page in the transaction that deletes it.

    ``origin`` is the same object for all pages of one operation. Pages deleted with
    their language are not captured, because they could not be restored, and neither are
    Wagtail's plain pages.
    """
    if isinstance(origin, Locale) or getattr(origin, "model", None) is Locale:
        return
    batch = getattr(origin, "bin_batch", None) or uuid4()
    if origin is not None:
        origin.bin_batch = batch
    page = Page.objects.get(pk=deleted.pk)
    if issubclass(page.specific_class or Page, LocalizedPage):
        capture(page, batch=batch, using=using)
