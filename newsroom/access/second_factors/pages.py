"""Mixins and forms of the pages of second factors."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import override
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from newsroom.access.accounts import admin_language_of
from newsroom.access.second_factors.addresses import next_url, with_next
from newsroom.access.second_factors.sessions import is_confirmed, user_of_factors
from newsroom.access.users import User


def login_page(request: HttpRequest) -> HttpResponse:
    """Redirect to the login page, which leads back here."""
    return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class FactorPage(View):
    """A page for the user of the session, in the language of that user.

    ``user`` is that user; ``confirmed`` says that a change has to be confirmed before.
    """

    user: User
    template_name: str
    confirmed = False

    def find_user(self) -> User | None:
        return user_of_factors(self.request)

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        user = self.find_user()
        if user is None:
            return login_page(request)
        self.user = user
        if self.confirmed and not is_confirmed(request):
            return redirect(with_next("confirm", request.get_full_path()))
        with override(admin_language_of(user)):
            return super().dispatch(request, *args, **kwargs)

    def show(self, **context: Any) -> HttpResponse:
        context |= {
            "account": self.user,
            "next": next_url(self.request, self.default_next()),
            "is_signed_in": self.request.user.is_authenticated,
        }
        return render(self.request, self.template_name, context)

    def default_next(self) -> str:
        is_signed_in = self.request.user.is_authenticated
        return "wagtailadmin_account" if is_signed_in else "wagtailadmin_home"
