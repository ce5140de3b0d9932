"""The tab "Sign-in" of the account page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, SettingsTab

from newsroom.access.second_factors.codes import recovery_codes_left
from newsroom.access.second_factors.factors import (
    authenticator_of,
    count_factors,
    passkeys_of,
)
from newsroom.access.second_factors.permissions import (
    may_remove_factor,
    must_have_factor,
)

sign_in_tab = SettingsTab("sign_in", _("Sign-in"), order=150)


class SecondFactorsPanel(BaseSettingsPanel):
    """The factors of the user, with links to the pages that change them."""

    name = "second_factors"
    title = _("Second factors")
    tab = sign_in_tab
    order = 100
    template_name = "access/second_factors/account_panel.html"

    def get_form(self) -> forms.Form:
        """Return a form without fields: the page saves nothing of this panel."""
        return forms.Form()

    def get_context_data(self) -> dict[str, Any]:
        return {
            "passkeys": passkeys_of(self.user),
            "app": authenticator_of(self.user),
            "codes_left": recovery_codes_left(self.user),
            "has_factor": count_factors(self.user) > 0,
            "must_have_factor": must_have_factor(self.user),
            "may_remove": may_remove_factor(self.user),
        }
