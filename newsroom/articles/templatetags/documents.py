"""Template filters for documents."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def bytes_of(document: Any) -> int | None:
    """Return the size of the file of *document* in bytes; None if it is missing.

    Unlike Wagtail's ``get_file_size``, it does not store a size that was unknown: no
    reader's request changes a document.
    """
    if document.file_size is not None:
        return int(document.file_size)
    try:
        return int(document.file.size)
    except OSError:
        return None
