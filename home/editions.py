"""Home pages, one for each language of the archive."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale, Page, Site

from home.models import HomePage
from newsroom.localisation.interface import has_own_interface
from newsroom.localisation.languages import language


@transaction.atomic
def create_editions() -> list[HomePage]:
    """Create the locale and the home page of every language that lacks one.

    The languages are those of ``WAGTAIL_CONTENT_LANGUAGES``; the home page of the first
    is the site's root, at the URL ``WAGTAILADMIN_BASE_URL``. On a new installation it
    replaces Wagtail's welcome page. Existing objects are not changed. Returns the home
    pages.
    """
    codes = list(get_content_languages())
    locales = [Locale.objects.get_or_create(language_code=code)[0] for code in codes]
    site = Site.objects.filter(is_default_site=True).first()
    root = site.root_page.specific if site else None
    if not isinstance(root, HomePage):
        root = _create_first(locales[0], site)
    return [_edition_of(root, locale) for locale in locales]


def _create_first(locale: Locale, site: Site | None) -> HomePage:
    tree = Page.get_first_root_node()
    home = HomePage(title=_title(locale), slug=_slug(locale), locale=locale)
    tree.add_child(instance=home)
    home.save_revision().publish()
    site = site or Site(is_default_site=True)
    welcome = site.root_page if site.pk else None
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.root_page = home
    site.save()
    if welcome and welcome.specific_class is Page and welcome.is_leaf():
        welcome.delete()
    return home


def _edition_of(root: HomePage, locale: Locale) -> HomePage:
    if (edition := root.get_translation_or_none(locale)) is not None:
        return edition
    edition = root.copy_for_translation(locale)
    edition.title = edition.draft_title = _title(locale)
    edition.slug = _slug(locale)
    edition.save_revision().publish()
    edition.refresh_from_db()
    return edition


def _title(locale: Locale) -> str:
    """Return the archive's name in a language, or the language's name without one."""
    if not has_own_interface(locale.language_code):
        return language(locale.language_code).own_name
    with override(locale.language_code):
        return gettext("News archive")


def _slug(locale: Locale) -> str:
    return f"home-{locale.language_code}"
