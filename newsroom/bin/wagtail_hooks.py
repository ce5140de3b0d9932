"""Registration of the bin in the admin: menu, log actions and deletion."""

from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from newsroom.bin.views import confirm_delete, urlpatterns

hooks.register("before_delete_page", confirm_delete)


@hooks.register("register_admin_urls")
def register_bin_urls() -> list[URLResolver]:
    return [path("bin/", include((urlpatterns, "bin")))]


@hooks.register("register_reports_menu_item")
def register_bin_menu_item() -> MenuItem:
    return MenuItem(_("Bin"), reverse("bin:index"), icon_name="bin", order=1200)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    actions.register_action(
        "newsroom.restore", _("Restore from the bin"), _("Restored from the bin")
    )
