"""Who may restore what from the bin, and where."""

from typing import Any

from wagtail.models import Page

from newsroom.bin.models import DeletedPage
from search.collation import alphabetically


def place_of(deleted: DeletedPage) -> Page | None:
    """Return the page that *deleted* lay below; None where that is gone."""
    parent = Page.objects.filter(pk=deleted.parent_id).first()
    return parent.specific if parent else None


def places_for(deleted: DeletedPage, user: Any) -> list[Page]:
    """Return the pages below which *user* may restore *deleted*: the one where it was,
    or, where that is gone, each of its language that may hold such a page."""
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


def may_restore(deleted: DeletedPage, parent: Page, user: Any) -> bool:
    """Publishers may restore; others only what they deleted themselves and what was
    never published."""
    permissions = parent.permissions_for_user(user)
    if not permissions.can_add_subpage():
        return False
    is_own_draft = deleted.deleted_by_id == user.pk and not deleted.was_published
    return bool(permissions.can_publish_subpage() or is_own_draft)
