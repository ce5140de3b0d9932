"""The form in which journalists edit pages."""

from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Comment, Page

from newsroom.articles.passages import with_lasting_positions

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

    def __init__(
        self, data: QueryDict | None = None, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(with_lasting_positions(data), *args, **kwargs)
        if self.instance.pk:
            del self.fields[CREATION_FIELD]
        if slug := self.fields.get("slug"):
            slug.required = False
            slug.help_text = _("Left empty, it is made from the title.")

    def save(self, commit: bool = True) -> Page:
        """Save the page with the positions of comments, which Wagtail leaves to the
        revision, but reads from the database for the revision of a page not live."""
        page = super().save(commit=commit)
        if commit and "comments" in self.formsets:
            for form in self.formsets["comments"].forms:
                if form.instance.pk and "position" in form.changed_data:
                    Comment.objects.filter(pk=form.instance.pk).update(
                        position=form.instance.position
                    )
        return page


class CopyWithoutAliasForm(CopyForm):
    """Wagtail's form to copy a page, without the choice to make an alias of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)

    def clean(self) -> dict[str, Any]:
        return {**super().clean(), "alias": False}
