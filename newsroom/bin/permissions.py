"""Permissions to restore pages from the bin."""

from typing import Any

from wagtail.models import Page

from newsroom.access.users import AnyUser
from newsroom.bin.models import DeletedPage
from search.collation import alphabetically


def place_of(deleted: DeletedPage) -> Page | None:
    """Return the former parent page of *deleted*; None if it no longer exists."""
    parent = Page.objects.filter(pk=deleted.parent_id).first()
    return parent.specific if parent else None


def places_for(deleted: DeletedPage, user: AnyUser) -> list[Page]:
    """Return the pages below which *user* may restore *deleted*.

    This is the former parent or, if it no longer exists, each page of the same language
    that may have such a child.
    """
    parent = place_of(deleted)
    if parent is not None:
        return [parent] if may_restore(deleted, parent, user) else []
    model: Any = deleted.content_type.model_class()
    if model is None:
        return []
    candidates = Page.objects.type(*model.allowed_parent_page_models())
    candidates = candidates.filter(locale=deleted.locale_id)
    candidates = candidates.order_by(alphabetically("title"))
    return [page for page in candidates.specific() if may_restore(deleted, page, user)]


def may_restore(deleted: DeletedPage, parent: Page, user: AnyUser) -> bool:
    """Return whether *user* may restore *deleted* below *parent*.

    Publishers may restore every page; others only pages that they deleted themselves
    and that were never published.
    """
    permissions = parent.permissions_for_user(user)
    if not permissions.can_add_subpage():
        return False
    is_own_draft = deleted.deleted_by_id == user.pk and not deleted.was_published
    return bool(permissions.can_publish_subpage() or is_own_draft)
