"""Forms for uploading and editing pictures and documents."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from newsroom.files.document_types import check_document
from newsroom.files.models import PictureCredit
from newsroom.pictures.metadata import MAX_LENGTH
from newsroom.pictures.uploads import check_readable


class ReadablePictureField(WagtailImageField):
    """Wagtail's image field that refuses damaged and incomplete pictures.

    Wagtail's own field fails for some damaged pictures, and accepts pictures whose end
    is missing.
    """

    def to_python(self, data: Any) -> Any:
        try:
            file = super().to_python(data)
            if file is not None:
                check_readable(file.read())
                file.seek(0)
        except ValidationError:
            raise
        # Wagtail measures a file with Willow before it validates it, and Willow does
        # not catch the errors of about a dozen decoders: see check_readable.
        except Exception as error:
            raise ValidationError(
                _(
                    "This picture is damaged or incomplete and cannot be read to its "
                    "end. Save it again in a picture editor, or upload another."
                ),
                code="broken_picture",
            ) from error
        return file


def check_avatars() -> None:
    """Check avatars as pictures: type by content, size, readable to the end.

    Wagtail's form, for which it has no setting, accepts any format that Pillow reads.
    """
    field = AvatarPreferencesForm.base_fields["avatar"]
    AvatarPreferencesForm.base_fields["avatar"] = ReadablePictureField(
        label=field.label, required=field.required, widget=field.widget
    )


class PictureForm(BaseImageForm):
    """Wagtail's form with a credit field, which refuses damaged pictures."""

    credit = forms.CharField(
        label=gettext_lazy("Credit"),
        max_length=MAX_LENGTH,
        required=False,
        help_text=gettext_lazy(
            "Whose picture it is. Left empty, it is read from the file. Readers see it "
            "where an article gives no other."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            self.fields["file"] = ReadablePictureField(
                label=file.label, required=file.required, widget=file.widget
            )
        if self.instance.pk:
            rows = PictureCredit.objects.filter(image=self.instance)
            self.initial["credit"] = rows.values_list("credit", flat=True).first() or ""

    def save(self, commit: bool = True) -> Any:
        # Stored when the image is saved; the form's text takes precedence over the new
        # file's.
        if "credit" in self.changed_data or not self.instance.pk:
            self.instance.credit_to_keep = self.cleaned_data.get("credit", "")
        return super().save(commit=commit)

    class Meta(BaseImageForm.Meta):
        pass


class DocumentForm(BaseDocumentForm):
    """Wagtail's form, which checks the content of a new file.

    It has a notice about what readers can learn from a file.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            warning = _(
                "Readers get the file as it is, with all it holds: author’s name, "
                "comments, tracked changes. Remove them before you upload it."
            )
            field = self.fields["file"]
            field.help_text = f"{field.help_text} {warning}".strip()

    def clean_file(self) -> Any:
        """Refuse a new file whose content is not of the type that its name says."""
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            check_document(file, PurePath(file.name).suffix.lower().lstrip("."))
        return file

    class Meta(BaseDocumentForm.Meta):
        pass
