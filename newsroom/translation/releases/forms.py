from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.models import Locale

from newsroom.operations.local_time import LocalDateTimeField
from newsroom.translation.models import Release


class LocaleChoiceField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, locale: Locale) -> str:
        return str(locale.get_display_name())


class ReleaseForm(forms.ModelForm):
    """What is published together, and when; times are those of the newsroom."""

    locales = LocaleChoiceField(Locale.objects.order_by("pk"), label=_("Languages"))

    class Meta:
        model = Release
        fields = ["locales", "if_not_ready", "publish_at"]
        field_classes = {"publish_at": LocalDateTimeField}
        widgets = {
            "if_not_ready": forms.RadioSelect,
            "publish_at": AdminDateTimeInput,
        }
        help_texts = {
            "publish_at": _(
                "In the newsroom's time. Leave it empty to publish when you say so."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = timezone.get_current_timezone_name()
        text = self.fields["publish_at"].help_text
        self.fields["publish_at"].help_text = f"{text} ({zone})"

    def clean_publish_at(self) -> Any:
        moment = self.cleaned_data["publish_at"]
        if moment and "publish_at" in self.changed_data and moment < timezone.now():
            raise forms.ValidationError(_("This moment is past."))
        return moment
