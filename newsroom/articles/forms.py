"""The form in which journalists edit pages."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm

CREATION_FIELD = "creation_token"


class LanguageVersionForm(WagtailAdminPageForm):
    """A page form that lets the slug be empty: it is then made from the title.

    The form of a new page has a token of its own: see ``newsroom.articles.creation``.
    """

    # A token of any other form is no reason to refuse the page: it is ignored.
    creation_token = forms.CharField(
        required=False,
        initial=uuid4,
        # Going back to the form must not bring the token of another one.
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields[CREATION_FIELD]
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
