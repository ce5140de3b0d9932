"""The form in which journalists edit pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm


class LanguageVersionForm(WagtailAdminPageForm):
    """A page form that lets the slug be empty: it is then made from the title."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if slug := self.fields.get("slug"):
            slug.required = False
            slug.help_text = _("Left empty, it is made from the title.")
