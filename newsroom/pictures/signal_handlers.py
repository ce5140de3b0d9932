"""Signal handlers that remove metadata from pictures before they are stored."""

from typing import Any

from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from wagtail.images import get_image_model
from wagtail.users.models import UserProfile

from newsroom.files.models import PictureCredit
from newsroom.pictures.uploads import keep_credit, prepare, strip_file_field


@receiver(pre_save, sender=get_image_model())
def prepare_new_file(
    instance: Any, raw: bool, update_fields: Any, **kwargs: Any
) -> None:
    if raw or (update_fields is not None and "file" not in update_fields):
        return
    if details := prepare(instance):
        instance.credit_in_file = details.credit


@receiver(post_save, sender=get_image_model())
def keep_credit_of_new_file(instance: Any, raw: bool, **kwargs: Any) -> None:
    if raw:
        return
    written = instance.__dict__.pop("credit_to_keep", None)
    if written is not None:
        PictureCredit.objects.update_or_create(
            image=instance, defaults={"credit": written}
        )
    keep_credit(instance, instance.__dict__.pop("credit_in_file", ""))


@receiver(pre_save, sender=UserProfile)
def strip_avatar(instance: UserProfile, raw: bool, **kwargs: Any) -> None:
    if not raw:
        strip_file_field(instance, "avatar")
