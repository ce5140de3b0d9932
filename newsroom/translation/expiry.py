"""Expiry of translations together with their original."""

from django.db import InterfaceError, OperationalError, transaction
from wagtail.models import Page
from wagtail_localize.models import Translation

from newsroom.articles.models.localized_page import LocalizedPage


def expire_translations(page: Page) -> None:
    """Unpublish the translations of a page that has expired.

    A translation with its own expiry date keeps that date. A stopped translation, which
    is edited by hand, is still a version of the expired text and is unpublished too. If
    a person unpublishes a page, only that language version is unpublished.
    """
    if not page.expired or not isinstance(page, LocalizedPage):
        return
    targets = Translation.objects.filter(
        source__object_id=page.translation_key,
        source__locale=page.locale_id,
    )
    versions = Page.objects.live().filter(
        translation_key=page.translation_key,
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
            Page.objects.filter(pk=version.pk).update(expire_at=page.expire_at)
