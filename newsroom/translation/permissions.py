"""Who may publish which language version of an article.

Page permissions decide, which may be given for a section alone. An empty selection is
never a permission.
"""

from typing import Any
from uuid import UUID

from wagtail.models import Locale, Page

from newsroom.articles.models import ArticlePage


def may_publish(user: Any, page: Page | None) -> bool:
    """Whether *user* may publish *page*; never for a missing or deactivated account,
    nor for a page that does not exist."""
    if page is None or user is None or not user.is_active:
        return False
    return bool(page.permissions_for_user(user).can_publish())


def may_publish_version(user: Any, key: UUID, locale: Locale) -> bool:
    """Whether *user* may publish the article with translation key *key* in *locale*.

    A version that does not exist yet is judged by the page it would be created under.
    """
    page = ArticlePage.objects.filter(translation_key=key, locale=locale).first()
    return may_publish(user, page or _parent_of_missing(key, locale))


def publishable_locales(user: Any, key: UUID) -> list[Locale]:
    """The languages in which *user* may publish the article *key*, in their order."""
    locales = Locale.objects.order_by("pk")
    return [locale for locale in locales if may_publish_version(user, key, locale)]


def _parent_of_missing(key: UUID, locale: Locale) -> Page | None:
    """The counterpart in *locale* of the nearest ancestor of the article *key*."""
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
