"""Permission to delete a page."""

from wagtail.models import PagePermissionTester


class VersionPermissionTester(PagePermissionTester):
    """Wagtail's page permissions with a stricter rule for deletion.

    Wagtail allows every user who may edit a page to delete it while it is not live.
    Here, deletion requires the permission to publish. Without it, authors may delete
    their own drafts that were never published, together with their own drafts below
    them.
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
