"""Forms of people, organisations, places and topics that warn of an existing name."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.models import Locale

from newsroom.articles.entities.same_names import entities_named

if TYPE_CHECKING:
    from newsroom.articles.models.entities import Entity

NEW = "new"
OWN_FIELDS = ("post", "abbreviation", "website")
EXISTS = _("This name exists already. Choose it, or create a new one.")


class ExistingNames(forms.ModelForm):
    """A form that finds the entities that already have the submitted name.

    The abbreviation, if the form has a field for it, is compared too.
    """

    @cached_property
    def existing(self) -> "dict[str, Entity]":
        """Other entities with that name by primary key, except translations."""
        typed = [self._typed("name"), self._typed("abbreviation")]
        rows = [
            row
            for name in filter(None, typed)
            for row in entities_named(name, self._meta.model)
        ]
        key = self.instance.translation_key if self.instance.pk else None
        return {str(row.pk): row for row in rows if row.translation_key != key}

    def _typed(self, field: str) -> str:
        if not self.is_bound or field not in self.fields:
            return ""
        return (self.data.get(self.add_prefix(field)) or "").strip()


class EntityForm(ExistingNames, WagtailAdminModelForm):
    """The form of an entity in *Names and topics*.

    If other entities have the same name, they are listed, and the form is valid only
    after the editor confirms that this is another entity. An unchanged name is not
    checked again.
    """

    is_another = forms.BooleanField(
        label=_("It is another one"),
        error_messages={
            "required": _(
                "This name exists already: open it, or tick the box to save "
                "another one."
            )
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_old = self.instance.pk and self._typed("name") == self.instance.name
        if is_old or not self.existing:
            del self.fields["is_another"]
        else:
            self.fields["is_another"].help_text = self._links()

    def _links(self) -> str:
        """Return a list of the existing entities, with links to their edit forms."""
        finder = AdminURLFinder(self.for_user)
        links = format_html_join(
            "",
            '<li><a href="{}" target="_blank">{}</a></li>',
            (
                (finder.get_edit_url(row) or "", label_of(row))
                for row in self.existing.values()
            ),
        )
        return format_html("<ul>{}</ul>", links)


class EntityCreationForm(ExistingNames):
    """A form that creates an entity with its name in one language.

    If entities of that name exist, the form is shown again with a choice of them;
    :meth:`save` then returns the chosen entity. The editor may still choose to create a
    new one.
    """

    prefix = "new-entity"
    locale = forms.ModelChoiceField(
        Locale.objects.all(), label=_("Language"), empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["locale"].initial = Locale.objects.filter(
            language_code=get_language()
        ).first()
        if self.existing:
            self._offer_existing()

    def _offer_existing(self) -> None:
        choices = [(pk, label_of(row)) for pk, row in self.existing.items()]
        self.fields["existing"] = forms.ChoiceField(
            label=_("In the archive already"),
            choices=[*choices, (NEW, _("None of these: create a new one"))],
            widget=forms.RadioSelect,
            error_messages={"required": EXISTS},
        )

    def save(self, commit: bool = True) -> "Entity":
        chosen = self.existing.get(self.cleaned_data.get("existing", NEW))
        if chosen:
            return chosen
        self.instance.locale = self.cleaned_data["locale"]
        return super().save(commit=commit)


def label_of(row: "Entity") -> str:
    """Return a label for *row*: name, post or abbreviation if any, and language."""
    what = getattr(row, "post", "") or getattr(row, "abbreviation", "")
    name = f"{row.name}, {what}" if what else row.name
    return f"{name} ({row.locale.get_display_name()})"


def creation_form_of(model: "type[Entity]") -> type[EntityCreationForm]:
    """Return the creation form of *model*, with those of `OWN_FIELDS` that it has."""
    own = [f.name for f in model._meta.local_fields if f.name in OWN_FIELDS]
    form: Any = forms.modelform_factory(
        model,
        form=EntityCreationForm,
        fields=["name", *own],
        formfield_callback=formfield_for_dbfield,
    )
    return form
