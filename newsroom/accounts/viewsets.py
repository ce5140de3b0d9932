"""Wagtail's views of users and groups, with audit entries for what they write."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse

from newsroom.accounts.audit.permission_changes import (
    TREE_PERMISSIONS,
    record_permissions,
    tree_code,
)
from newsroom.accounts.delegated_views import (
    DelegatedGroupCreateView,
    DelegatedGroupEditView,
    DelegatedGroupViewSet,
)


class RecordedPermissionsMixin:
    """Record permissions on pages and collections, which are created in bulk."""

    object: Any

    def process_form(self) -> HttpResponse:
        with transaction.atomic():
            known = self._rows()
            response = super().process_form()  # type: ignore[misc]
            new = [row for key, row in self._rows().items() if key not in known]
            record_permissions(self.object, added=map(tree_code, new))
        return response

    def _rows(self) -> dict[tuple[Any, int], Any]:
        if not self.object.pk:
            return {}
        return {
            (model, row.pk): row
            for model in TREE_PERMISSIONS
            for row in model.objects.filter(group=self.object)
        }


class CreateGroupView(RecordedPermissionsMixin, DelegatedGroupCreateView):
    pass


class EditGroupView(RecordedPermissionsMixin, DelegatedGroupEditView):
    pass


class GroupViewSet(DelegatedGroupViewSet):
    add_view_class = CreateGroupView
    edit_view_class = EditGroupView
