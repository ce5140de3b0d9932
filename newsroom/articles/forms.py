"""Forms of the page editor."""

from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Comment, Page

from newsroom.articles.orthographies import choices_of
from newsroom.articles.rich_text.comment_positions import with_lasting_positions

CREATION_FIELD = "creation_token"


class LanguageVersionForm(WagtailAdminPageForm):
    """A page form that accepts an empty slug, which is then generated from the title.

    The form of a new page has a unique token: see
    :mod:`newsroom.articles.editor.creation`.
    """

    # An invalid token is ignored: it is no reason to refuse the page.
    creation_token = forms.CharField(
        required=False,
        initial=uuid4,
        # Disable autocompletion: a browser that goes back must not restore another
        # token.
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
        """Save the page, and the positions of its comments.

        Wagtail stores positions in the revision only, but builds the revision of a page
        that is not live from the database.
        """
        page = super().save(commit=commit)
        if commit and "comments" in self.formsets:
            for form in self.formsets["comments"].forms:
                if form.instance.pk and "position" in form.changed_data:
                    Comment.objects.filter(pk=form.instance.pk).update(
                        position=form.instance.position
                    )
        return page


class ArticleForm(LanguageVersionForm):
    """The form of an article: offers the orthographies of its language, if any."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("orthography")
        if field is None:
            return
        locale = self.instance.locale if self.instance.locale_id else None
        if offered := choices_of(locale.language_code) if locale else []:
            field.choices = [("", _("As its letters show")), *offered]
        else:
            del self.fields["orthography"]


class CopyWithoutAliasForm(CopyForm):
    """Wagtail's form to copy a page, without the option to create an alias."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)

    def clean(self) -> dict[str, Any]:
        return {**super().clean(), "alias": False}
