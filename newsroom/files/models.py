"""References from pages to files, and credits of pictures."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model_string
from wagtail.models import Page

MAX_SOURCE_LENGTH = 30


class FileUse(models.Model):
    """A reference from published content of *page* to a picture or document.

    ``source`` is empty for the content of the page itself. Other readable content of
    the page has its own source, such as ``version:3``. Whether the page is live and
    public is not stored; it is queried when needed.
    """

    class Kind(models.TextChoices):
        PICTURE = "picture", _("Picture")
        DOCUMENT = "document", _("Document")

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    source = models.CharField(max_length=MAX_SOURCE_LENGTH, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    object_id = models.PositiveBigIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["page", "source", "kind", "object_id"], name="file_use_once"
            )
        ]
        indexes = [models.Index(fields=["kind", "object_id"], name="file_use_file")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.source}: {self.kind} {self.object_id}"


class PendingPicture(models.Model):
    """A picture whose renditions may have to be moved.

    Created in the transaction that changes who may see the picture, and deleted after
    the files have been moved. If a process is killed in between, the worker processes
    the row.
    """

    object_id = models.PositiveBigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.object_id)


class PictureCredit(models.Model):
    """The credit of a picture, from the file's metadata or written by an editor."""

    image = models.OneToOneField(
        get_image_model_string(), models.CASCADE, related_name="picture_credit"
    )
    credit = models.CharField(_("credit"), max_length=255, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.credit
