"""Expiry of translations together with their original."""

from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_unpublished
from wagtail_localize.models import Translation

from newsroom.articles.models.localized_page import LocalizedPage


@receiver(page_unpublished)
def expire_translations(instance: Page, **kwargs: Any) -> None:
    """Unpublish the translations of a page that has expired.

    A translation with its own expiry date keeps that date. A stopped translation, which
    is edited by hand, is still a version of the expired text and is unpublished too. If
    a person unpublishes a page, only that language version is unpublished.
    """
    if not instance.expired or not isinstance(instance, LocalizedPage):
        return
    targets = Translation.objects.filter(
        source__object_id=instance.translation_key,
        source__locale=instance.locale_id,
    )
    versions = Page.objects.live().filter(
        translation_key=instance.translation_key,
        locale__in=targets.values("target_locale"),
        expire_at=None,
    )
    for version in versions.specific():
        try:
            with transaction.atomic():
                version.unpublish(
                    set_expired=True, log_action="wagtail.unpublish.scheduled"
                )
        except (OperationalError, InterfaceError):  # database failure
            raise
        except Exception:
            # The original stays unpublished. The worker retries this version on its
            # own, or notifies its editors why it cannot be unpublished.
            Page.objects.filter(pk=version.pk).update(expire_at=instance.expire_at)
