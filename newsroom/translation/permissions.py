"""Permissions to publish a language version of an article.

Page permissions decide; they may be granted for a single section. An empty selection
never counts as permitted.
"""

from typing import Any
from uuid import UUID

from wagtail.models import Locale, Page

from newsroom.articles.models import ArticlePage


def may_publish(user: Any, page: Page | None) -> bool:
    """Return whether *user* may publish *page*.

    False if the account is missing or deactivated, or if the page does not exist.
    """
    if page is None or user is None or not user.is_active:
        return False
    return bool(page.permissions_for_user(user).can_publish())


def may_publish_version(user: Any, key: UUID, locale: Locale) -> bool:
    """Return whether *user* may publish the article with this translation key.

    If the version in *locale* does not exist yet, the permission on its future parent
    decides.
    """
    page = ArticlePage.objects.filter(translation_key=key, locale=locale).first()
    return may_publish(user, page or _parent_of_missing(key, locale))


def publishable_locales(user: Any, key: UUID) -> list[Locale]:
    """Return the locales in which *user* may publish the article *key*, in order."""
    locales = Locale.objects.order_by("pk")
    return [locale for locale in locales if may_publish_version(user, key, locale)]


def _parent_of_missing(key: UUID, locale: Locale) -> Page | None:
    """Return the nearest ancestor of the article *key* that exists in *locale*."""
    source = ArticlePage.objects.filter(translation_key=key).order_by("pk").first()
    if source is None:
        return None
    for ancestor in source.get_ancestors().filter(depth__gt=1).order_by("-depth"):
        counterpart = Page.objects.filter(
            translation_key=ancestor.translation_key, locale=locale
        ).first()
        if counterpart:
            return counterpart
    return None
