"""Creating people, organisations, places and topics where they are chosen."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.models import Locale

from newsroom.articles.models.entities import Entity
from newsroom.articles.same_names import entities_named

NEW = "new"
OWN_FIELDS = ("post", "abbreviation", "website")


class EntityCreationForm(forms.ModelForm):
    """A new entity with its name in one language, unless it exists already.

    Where entities of that name exist, the form is shown again with these to choose
    from; :meth:`save` then returns the existing one. Whoever says that it is another
    one creates it all the same.
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
        self.existing: dict[str, Entity] = {}
        if self.is_bound:
            self._offer_existing()

    def _offer_existing(self) -> None:
        name = (self.data.get(self.add_prefix("name")) or "")[:255].strip()
        rows = entities_named(name, self._meta.model)
        self.existing = {str(row.pk): row for row in rows}
        if not rows:
            return
        choices = [
            (pk, f"{row.name} ({row.locale.get_display_name()})")
            for pk, row in self.existing.items()
        ]
        self.fields["existing"] = forms.ChoiceField(
            label=_("In the archive already"),
            choices=[*choices, (NEW, _("None of these: create a new one"))],
            widget=forms.RadioSelect,
            error_messages={
                "required": _(
                    "This name exists already. Choose it, or create a new one."
                )
            },
        )

    def save(self, commit: bool = True) -> Entity:
        chosen = self.existing.get(self.cleaned_data.get("existing", NEW))
        if chosen:
            return chosen
        self.instance.locale = self.cleaned_data["locale"]
        return super().save(commit=commit)


def creation_form_of(model: type[Entity]) -> type[EntityCreationForm]:
    """Return the form that creates a *model* with the fields that it has."""
    own = [f.name for f in model._meta.local_fields if f.name in OWN_FIELDS]
    form: Any = forms.modelform_factory(
        model,
        form=EntityCreationForm,
        fields=["name", *own],
        formfield_callback=formfield_for_dbfield,
    )
    return form
