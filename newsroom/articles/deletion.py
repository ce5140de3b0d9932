"""Who may delete a page."""

from wagtail.models import PagePermissionTester


class VersionPermissionTester(PagePermissionTester):
    """Wagtail's permissions, with a stricter one to delete.

    Wagtail lets whoever may edit a page delete it once it is unpublished. Here that
    takes the permission to publish. Without it, authors may delete their own drafts
    that were never published, together with their own drafts below them.
    """

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        if not super().can_delete(ignore_bulk=ignore_bulk):
            return False
        if self.user.is_superuser or "publish" in self.permissions:
            return True
        pages = self.page.get_descendants(inclusive=True)
        own_drafts = pages.filter(
            live=False, first_published_at__isnull=True, owner=self.user
        )
        return own_drafts.count() == pages.count()
