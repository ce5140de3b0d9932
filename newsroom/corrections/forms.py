from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateTimeInput

from newsroom.articles.models import ArticlePage
from newsroom.corrections.models import Correction, PublishedVersion
from newsroom.localisation.local_time import LocalDateTimeField


class PublicationField(forms.ModelChoiceField):
    def label_from_instance(self, version: PublishedVersion) -> str:
        moment = date_format(localtime(version.published_at), "DATETIME_FORMAT")
        return _("Version %(number)d, of %(moment)s") % {
            "number": version.number,
            "moment": moment,
        }


class CorrectionForm(forms.ModelForm):
    """A correction of an article, shown with the selected publication."""

    version = PublicationField(
        queryset=PublishedVersion.objects.none(),
        label=gettext_lazy("Corrected in"),
        required=False,
        empty_label=gettext_lazy("The next publication"),
        help_text=gettext_lazy(
            "With the next publication the correction waits until the article is "
            "published again; with one that has been, readers see it at once."
        ),
    )

    class Meta:
        model = Correction
        fields = ["kind", "text", "version", "date"]
        field_classes = {"date": LocalDateTimeField}
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "text": gettext_lazy(
                "What was wrong and what is right, in the language of this version: "
                "readers see it below the article."
            )
        }

    def __init__(self, *args: Any, article: ArticlePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = article.locale.language_code
        self.fields["text"].widget.attrs |= {"lang": language, "dir": "auto"}
        self.fields["date"].widget = AdminDateTimeInput()
        versions = article.published_versions.light().reverse()
        self.fields["version"].queryset = versions  # type: ignore[attr-defined]
        if not (self.instance.pk or article.has_unpublished_changes):
            self.initial["version"] = versions.first()


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For the log; readers are not told."),
    )
