"""The form in which journalists edit pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm


class LanguageVersionForm(WagtailAdminPageForm):
    """A page form that lets the slug be empty: it is then made from the title."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if slug := self.fields.get("slug"):
            slug.required = False
            slug.help_text = _("Left empty, it is made from the title.")


class CopyWithoutAliasForm(CopyForm):
    """Wagtail's form to copy a page, without the choice to make an alias of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)

    def clean(self) -> dict[str, Any]:
        return {**super().clean(), "alias": False}
