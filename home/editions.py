"""One home page for each language of the archive."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override
from wagtail.models import Locale, Page, Site

from home.models import HomePage


@transaction.atomic
def create_editions(*, hostname: str = "localhost", port: int = 80) -> list[HomePage]:
    """Make the locale and the home page of every language that lacks one.

    The languages are those of ``WAGTAIL_CONTENT_LANGUAGES``; the first is the site's
    root. On a new installation this replaces Wagtail's welcome page. What exists is
    left as it is.
    """
    codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    locales = [Locale.objects.get_or_create(language_code=code)[0] for code in codes]
    site = Site.objects.filter(is_default_site=True).first()
    root = site.root_page.specific if site else None
    if not isinstance(root, HomePage):
        root = _create_first(locales[0], site, hostname, port)
    return [_edition_of(root, locale) for locale in locales]


def _create_first(
    locale: Locale, site: Site | None, hostname: str, port: int
) -> HomePage:
    tree = Page.get_first_root_node()
    home = HomePage(title=_title(locale), slug=_slug(locale), locale=locale)
    tree.add_child(instance=home)
    home.save_revision().publish()
    if site is None:
        Site.objects.create(
            hostname=hostname, port=port, root_page=home, is_default_site=True
        )
    else:
        welcome, site.root_page = site.root_page, home
        site.save()
        if welcome.specific_class is Page and not welcome.get_children().exists():
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
    with override(locale.language_code):
        return gettext("News archive")


def _slug(locale: Locale) -> str:
    return f"home-{locale.language_code}"
