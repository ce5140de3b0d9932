"""Permissions of admin users for files that are not public."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction, ReferenceIndex
from wagtail.permissions import policy_registry

from newsroom.access.users import AnyUser
from newsroom.files.models import FileUse
from newsroom.web.primary_keys import pks_in

# A user with any of these permissions on its collection may see a file. In Wagtail,
# "change" includes deletion.
ACTIONS = ("choose", "change")
# Maximum number of pages for which the permission to edit is checked.
PAGES_ASKED = 50


def works_here(user: AnyUser) -> bool:
    """Return whether *user* has access to the newsroom's admin."""
    return bool(user.is_active and user.has_perm("wagtailadmin.access_admin"))


def may_see_file(user: AnyUser, file: Any) -> bool:
    """Return whether *user* may see a non-public document or picture original.

    That requires access to the admin, and one of: a permission on the file's
    collection, having uploaded the file, or permission to edit a page that refers to
    it.
    """
    if not works_here(user):
        return False
    policy = policy_registry.get_by_type(type(file))
    if file.uploaded_by_user_id == user.pk or any(
        policy.user_has_permission_for_instance(user, action, file)
        for action in ACTIONS
    ):
        return True
    references = ReferenceIndex.get_references_to(file).values_list("object_id")
    pks = pks_in(str(pk) for (pk,) in references.distinct())
    pages = Page.objects.filter(pk__in=pks).order_by("-pk")[:PAGES_ASKED]
    return any(page.permissions_for_user(user).can_edit() for page in pages)


def may_read(request: HttpRequest, kind: str, pk: int) -> bool:
    """Return whether the visitor may read a page that refers to the file.

    Such a page is public, or the visitor has passed its view restrictions.
    """
    pages = Page.objects.live().exclude(_closed_to(request))
    uses = FileUse.objects.filter(kind=kind, object_id=pk, page__in=pages)
    return uses.exists()


def _closed_to(request: HttpRequest) -> Q:
    """Return a condition for pages whose view restrictions refuse the visitor."""
    closed = Q(pk__in=[])
    for restriction in PageViewRestriction.objects.select_related("page"):
        if not restriction.accept_request(request):
            closed |= Q(path__startswith=restriction.page.path)
    return closed
