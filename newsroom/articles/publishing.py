"""The steps that run when a page of the newsroom is saved, published or removed.

``STEPS`` lists the steps of each event in the order in which they run. Each step is one
function, which its app registers in ``AppConfig.ready``; a step of an app that is not
installed is skipped. No other code connects receivers to the signals of pages:
``signal_handlers/pages.py`` receives them and calls :func:`run`, and
``LocalizedPage.save`` calls :func:`page_saved`.

Publication is a save of the whole row with a new ``live_revision``. It runs
``PUBLISHING``, writes the row, and runs ``SAVED``; Wagtail then sends ``PUBLISHED``.
All of it is one transaction (:mod:`newsroom.articles.atomic_actions`), as is each
withdrawal and move: a step that fails undoes it as a whole. Work that takes long is not
done in a step: the step stores a task, or uses ``transaction.on_commit``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from wagtail.models import COMMENTS_RELATION_NAME, Page

if TYPE_CHECKING:
    from newsroom.articles.models.localized_page import LocalizedPage

Step = Callable[..., None]


class Event(Enum):
    """An event in the life of a page, with the arguments that its steps get."""

    # (page): before the row of an article is written with a new live revision.
    PUBLISHING = "publishing"
    # (saved: SavedPage): after the row and its child rows have been written.
    SAVED = "saved"
    # (page): after Wagtail has published a revision, or has scheduled it.
    PUBLISHED = "published"
    # (page): after Wagtail has unpublished a page and removed its schedule, and between
    # DELETING and DELETED of a live page.
    UNPUBLISHED = "unpublished"
    # (page): after a page has been moved with its descendants.
    MOVED = "moved"
    # (page): after a view restriction of a page has been saved or deleted.
    RESTRICTED = "restricted"
    # (page, using, origin): before the first row of a deletion is deleted, for each
    # page; ``origin`` is the same object for all pages of one deletion.
    DELETING = "deleting"
    # (page): after the row of an article has been deleted.
    DELETED = "deleted"


STEPS: dict[Event, tuple[str, ...]] = {
    Event.PUBLISHING: (
        "vetoes",  # refuse what must not be published
        "synchronised_fields",  # take the values of the published original
    ),
    Event.SAVED: (
        "search_index",
        "files",  # record which files the page shows: they become public or private
        "permanent_number",
        "published_version",  # keep what readers see
        "translations",  # update sources, copy synchronised fields, count the desk
    ),
    Event.PUBLISHED: (
        "pictures",  # schedule missing renditions
        "waiting_corrections",  # show corrections that waited for this publication
        "metrics",  # count publications once they are committed
    ),
    # The row was saved before: SAVED has removed the page from the index.
    Event.UNPUBLISHED: ("translations",),  # those of an expired page expire too
    Event.MOVED: ("search_index", "files", "published_version", "translations"),
    Event.RESTRICTED: ("search_index", "files", "published_version"),
    Event.DELETING: ("bin",),  # keep the rows for thirty days
    Event.DELETED: ("search_index", "translations"),
}

# Fields whose values readers never see. Wagtail saves them on instances that hold a
# draft. All other fields count as shown, so a new field cannot be forgotten here.
BOOKKEEPING = frozenset(
    {
        COMMENTS_RELATION_NAME,
        "alias_of",
        "draft_title",
        "expire_at",
        "expired",
        "go_live_at",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
        "owner",
    }
)

_registered: dict[tuple[Event, str], Step] = {}


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A save that may have changed what readers see.

    ``page`` holds the values of the database, never those of an unsaved draft. If
    ``is_whole``, all fields were written; if the page is live, that is a publication.
    ``url_changed`` says that the URLs of the page and its descendants are new.
    """

    page: "LocalizedPage"
    is_whole: bool
    url_changed: bool = False


def register(event: Event, step: str, function: Step) -> None:
    """Register *function* as a step of *event*.

    Raises ImproperlyConfigured if the event has no such step or it is registered
    already.
    """
    if step not in STEPS[event]:
        known = ", ".join(STEPS[event])
        raise ImproperlyConfigured(
            f"Event {event.name} has no step {step!r}. Add it to STEPS in {__name__} "
            f"or use one of: {known}."
        )
    if (event, step) in _registered:
        raise ImproperlyConfigured(
            f"Step {step!r} of event {event.name} is registered already."
        )
    _registered[event, step] = function


def run(event: Event, *args: Any, **kwargs: Any) -> None:
    """Run the registered steps of *event* in order, all or none of them."""
    with transaction.atomic():
        for step in STEPS[event]:
            if function := _registered.get((event, step)):
                function(*args, **kwargs)


def is_publication(page: "LocalizedPage", update_fields: Iterable[str] | None) -> bool:
    """Return whether saving *page* shows readers another revision than before."""
    if page.keeps_text:
        return False
    if update_fields is not None and "live_revision" not in update_fields:
        return False
    return page.names_live_revision and not page.is_shown_already()


def page_saved(
    page: Page, update_fields: Iterable[str] | None, *, url_changed: bool = False
) -> None:
    """Run the steps of ``SAVED`` if the save may have changed what readers see."""
    if saved := what_readers_see(page, update_fields, url_changed=url_changed):
        run(Event.SAVED, saved)


def what_readers_see(
    page: Page, update_fields: Iterable[str] | None, *, url_changed: bool = False
) -> SavedPage | None:
    """Return what a save of *page* may show to readers; None if it shows nothing new.

    A save of all fields wrote the values of the instance. A save of only some fields
    may come from an instance that holds a draft in the others, so the page is read from
    the database. So is one saved as a plain Page, which lacks the fields of its model.
    """
    model = page.specific_class
    if update_fields is None and isinstance(page, model):
        return SavedPage(page, is_whole=True, url_changed=url_changed)
    if update_fields is not None and not _is_shown(page, update_fields):
        return None
    stored = model._default_manager.filter(pk=page.pk).first()
    return (
        SavedPage(stored, is_whole=False, url_changed=url_changed) if stored else None
    )


def _is_shown(page: Page, update_fields: Iterable[str]) -> bool:
    """Return whether readers see one of the fields, given by name or column."""
    return any(
        page._meta.get_field(name).name not in BOOKKEEPING for name in update_fields
    )
