"""Protection of the live text of translations against saves that are no publication."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_saves_drafts: ContextVar[bool] = ContextVar("saves_drafts", default=False)


class LiveTextError(Exception):
    """A full save would replace the live text of a translation without publishing it.

    The change would have no revision, and nobody would have reviewed it. Call
    ``page.save_revision().publish()`` instead, or name the fields to write in
    ``update_fields``.
    """


@contextmanager
def drafts_saved() -> Iterator[None]:
    """Declare that pages are saved in order to create revisions of them.

    Within this context a full save of a live translation writes the page's draft
    fields only, and does not raise LiveTextError: the caller then stores the text as a
    revision.
    """
    token = _saves_drafts.set(True)
    try:
        yield
    finally:
        _saves_drafts.reset(token)


def are_drafts_saved() -> bool:
    return _saves_drafts.get()
