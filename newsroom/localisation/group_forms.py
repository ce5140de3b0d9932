"""Group form with the translated group name.

Code looks groups up by their stored names, so a translated name that is submitted
unchanged does not replace the stored one.
"""

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import override
from wagtail.users.forms import GroupForm

from newsroom.localisation.shown_names import shown_group_name
from search.site_languages import site_languages


class ShownGroupForm(GroupForm):
    """Form with the translated name, which is stored only if it was changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["name"] = shown_group_name(self.instance.name)

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if self.instance.pk and name in names_of(self.instance):
            self.cleaned_data["name"] = self.instance.name
        elif any(
            name in names_of(group)
            for group in Group.objects.exclude(pk=self.instance.pk)
        ):
            raise ValidationError(self.error_messages["duplicate_name"])
        return super().clean_name()


def names_of(group: Group) -> set[str]:
    """Return the stored name of *group* and its translations into all languages.

    The form may have been opened in another language.
    """
    names = {group.name}
    for code in site_languages():
        with override(code):
            names.add(shown_group_name(group.name))
    return names
