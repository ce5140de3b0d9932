"""Wagtail's administration of users and groups, with the rules of delegation."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views import groups as group_views
from wagtail.users.views import users as user_views

from newsroom.access.delegation import (
    assignable_groups,
    grantable_permissions,
    note_unmanageable,
)
from newsroom.access.permissions import may_manage_account
from newsroom.access.users import AnyUser
from newsroom.localisation.group_forms import ShownGroupForm


class _DelegatedUserForm(forms.ModelForm):
    """A form of an account that gives it no more than *actor* may grant."""

    def __init__(self, *args: Any, actor: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        if not actor.is_superuser and "is_superuser" in self.fields:
            # A disabled field ignores what is posted.
            self.fields["is_superuser"].disabled = True
            self.initial["is_superuser"] = False
        self.may_assign = assignable_groups(actor)
        field: Any = self.fields["groups"]
        shown = self.may_assign | self._groups_before()
        field.queryset = Group.objects.filter(pk__in=shown).order_by("name")

    def _groups_before(self) -> set[int]:
        if self.instance.pk is None:
            return set()
        return set(self.instance.groups.values_list("pk", flat=True))

    def clean_groups(self) -> QuerySet[Group]:
        chosen: QuerySet[Group] = self.cleaned_data["groups"]
        changed = {group.pk for group in chosen} ^ self._groups_before()
        if not changed <= self.may_assign:
            raise ValidationError(_("You may not choose the members of this group."))
        return chosen


class AccountCreationForm(_DelegatedUserForm, UserCreationForm):
    pass


class AccountEditForm(_DelegatedUserForm, UserEditForm):
    pass


class AccountIndexView(user_views.IndexView):
    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """Find out for the whole page which accounts the user may manage."""
        paginator, page, accounts, is_paginated = super().paginate_queryset(
            queryset, page_size
        )
        page.object_list = accounts = list(accounts)
        note_unmanageable(self.request.user, accounts)
        return paginator, page, accounts, is_paginated


class AccountCreateView(user_views.CreateView):
    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "actor": self.request.user}


class AccountEditView(user_views.EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_manage_account(request.user, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "actor": self.request.user}


class AccountDeleteView(user_views.DeleteView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_manage_account(request.user, self.get_object()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class AccountViewSet(user_views.UserViewSet):
    index_view_class = AccountIndexView
    add_view_class = AccountCreateView
    edit_view_class = AccountEditView
    delete_view_class = AccountDeleteView
    # Wagtail's form for a copy is bound to the original account: a POST to its URL
    # would change the original, its password included.
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return AccountEditForm if for_update else AccountCreationForm


class DelegatedGroupForm(ShownGroupForm):
    """A form of a group that grants and revokes only what *actor* may grant."""

    def __init__(self, *args: Any, actor: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_permissions(self) -> QuerySet[Permission]:
        chosen: QuerySet[Permission] = self.cleaned_data["permissions"]
        before: set[int] = set()
        if self.instance.pk is not None:
            held = self.instance.permissions.filter(pk__in=self.registered_permissions)
            before = set(held.values_list("pk", flat=True))
        changed = {permission.pk for permission in chosen} ^ before
        beyond = changed - grantable_permissions(self.actor)
        if beyond:
            names = Permission.objects.filter(pk__in=beyond)
            raise ValidationError(
                _("You may not grant or revoke: %(permissions)s.")
                % {"permissions": ", ".join(str(one) for one in names)}
            )
        return chosen


class _DelegatedGroupView:
    """Refuse groups that have more permissions than the user may grant."""

    request: HttpRequest
    get_object: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        group = self.get_object()
        if not self._may_change(group):
            raise PermissionDenied
        view: Any = super()
        return view.dispatch(request, *args, **kwargs)

    def _may_change(self, group: Group) -> bool:
        """Return whether no permission of *group* is beyond those of the user."""
        held = set(group.permissions.values_list("pk", flat=True))
        return held <= grantable_permissions(self.request.user)


class DelegatedGroupCreateView(group_views.CreateView):
    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "actor": self.request.user}


class DelegatedGroupEditView(_DelegatedGroupView, group_views.EditView):
    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "actor": self.request.user}


class DelegatedGroupDeleteView(_DelegatedGroupView, group_views.DeleteView):
    pass


class DelegatedGroupViewSet(group_views.GroupViewSet):
    add_view_class = DelegatedGroupCreateView
    edit_view_class = DelegatedGroupEditView
    delete_view_class = DelegatedGroupDeleteView

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return DelegatedGroupForm
