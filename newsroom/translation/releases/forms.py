from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.models import Locale

from newsroom.access.users import User
from newsroom.localisation.local_time import LocalDateTimeField
from newsroom.translation.models import Release, ReleaseLanguage
from newsroom.translation.permissions import publishable_locales


class LocaleChoiceField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, locale: Locale) -> str:
        return str(locale.get_display_name())


class ReleaseForm(forms.ModelForm):
    """The languages and the time of a release, in the newsroom's time zone.

    Only languages that *user* may publish can be selected; ``save`` records who
    selected each.
    """

    locales = LocaleChoiceField(Locale.objects.none(), label=_("Languages"))

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

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        allowed = publishable_locales(user, self.instance.translation_key)
        self.fields["locales"].queryset = Locale.objects.filter(  # type: ignore[attr-defined]
            pk__in=[locale.pk for locale in allowed]
        ).order_by("pk")
        zone = timezone.get_current_timezone_name()
        text = self.fields["publish_at"].help_text
        self.fields["publish_at"].help_text = f"{text} ({zone})"

    def clean_publish_at(self) -> Any:
        moment = self.cleaned_data["publish_at"]
        if moment and "publish_at" in self.changed_data and moment < timezone.now():
            raise forms.ValidationError(_("This moment is past."))
        return moment

    def save(self, commit: bool = True) -> Release:
        """Save the plan and record who is responsible for each language.

        A user who changes when or how the release is published, or plans a failed
        release again, becomes responsible for all its languages. A user who adds a
        language, or takes it over from a deleted or deactivated account, becomes
        responsible for that language.
        """
        is_replanned = self.instance.state == Release.State.FAILED or bool(
            {"publish_at", "if_not_ready"} & set(self.changed_data)
        )
        release: Release = super().save(commit=False)
        release.state, release.reason, release.attempt = Release.State.PLANNED, "", ""
        release.save()
        chosen = self.cleaned_data["locales"]
        release.languages.exclude(locale__in=chosen).delete()
        if is_replanned:
            release.languages.update(chosen_by=self.user)
        is_gone = Q(chosen_by=None) | Q(chosen_by__is_active=False)
        abandoned = release.languages.filter(is_gone).values_list("pk", flat=True)
        release.languages.filter(pk__in=list(abandoned)).update(chosen_by=self.user)
        release.languages.update(outcome="", reasons={})
        known = set(release.languages.values_list("locale", flat=True))
        ReleaseLanguage.objects.bulk_create(
            ReleaseLanguage(release=release, locale=locale, chosen_by=self.user)
            for locale in chosen
            if locale.pk not in known
        )
        return release
