"""Reset of the second factors of another user, in the users' admin."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from newsroom.access.accounts import display_name
from newsroom.access.audit import (
    SECOND_FACTOR_RESET,
)
from newsroom.access.second_factors.addresses import with_next
from newsroom.access.second_factors.events import record
from newsroom.access.second_factors.factors import remove_all
from newsroom.access.second_factors.permissions import (
    may_reset_factors,
    must_have_factor,
)
from newsroom.access.second_factors.sessions import is_confirmed, use_confirmation
from newsroom.access.users import account_of


def reset_factors(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then remove all second factors of the user *pk*."""
    account = get_object_or_404(get_user_model(), pk=pk)
    if not may_reset_factors(request.user, account):
        raise PermissionDenied
    if not is_confirmed(request):
        return redirect(with_next("confirm", request.get_full_path()))
    if request.method == "POST":
        use_confirmation(request)
        remove_all(account)
        record(SECOND_FACTOR_RESET, account, None, by=account_of(request))
        messages.success(
            request,
            _("The second factors of %(name)s are removed.")
            % {"name": display_name(account)},
        )
        return redirect(reverse("wagtailusers_users:index"))
    return render(
        request,
        "access/second_factors/reset.html",
        {
            "account": account,
            "name": display_name(account),
            "must_have_factor": must_have_factor(account),
        },
    )


urlpatterns = [path("<int:pk>/", reset_factors, name="reset")]
