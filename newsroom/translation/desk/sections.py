"""Sections without a published version in a language, listed on the desk.

The desk's table has articles only. An article can be published before its section is
translated; readers then see the section's name in another language.
"""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from wagtail.models import Locale

from newsroom.access.users import AnyUser
from newsroom.articles.models import SectionPage


@dataclass(frozen=True, slots=True)
class MissingSection:
    """A section that is not published in *locale*.

    ``title`` is that of its first published version, in ``language``. ``url`` edits its
    draft in *locale* or, without one, the published version, which can be translated
    there; it is empty for users who may not.
    """

    title: str
    language: str
    locale: Locale
    url: str


def missing_sections(user: AnyUser, locales: list[Locale]) -> list[MissingSection]:
    """Return the published sections that lack a published version in some locale.

    They are ordered by language, then as in the tree. One query, and those that decide
    what *user* may edit.
    """
    versions: defaultdict[UUID, dict[int, SectionPage]] = defaultdict(dict)
    for section in SectionPage.objects.order_by("path"):
        versions[section.translation_key][section.locale_id] = section
    codes = {locale.pk: locale.language_code for locale in locales}
    missing = []
    for locale in locales:
        for found in versions.values():
            own = found.get(locale.pk)
            published = [one for one in found.values() if one.live]
            if not published or (own and own.live):
                continue
            original = published[0]
            missing.append(
                MissingSection(
                    original.title,
                    codes.get(original.locale_id, ""),
                    locale,
                    _url(user, own or original),
                )
            )
    return missing


def _url(user: AnyUser, section: SectionPage) -> str:
    if not section.permissions_for_user(user).can_edit():
        return ""
    return reverse("wagtailadmin_pages:edit", args=[section.pk])
