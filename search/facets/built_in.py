"""The facets of every entry: its language, its script, and its year and month."""

from datetime import date

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from search.facets.orthography_names import orthography_name
from search.facets.registry import Facet, Shown, register

MONTHS = 12


def language_name(code: str) -> str:
    """Return the name of a language of the site in the active language."""
    return capfirst(str(dict(settings.LANGUAGES).get(code, code)))


def month_name(key: str) -> str:
    """Return the name of a month (``2025-07``) in the active language.

    Returns *key* itself if it is no month.
    """
    year, _dash, month = key.partition("-")
    if year.isdigit() and month.isdigit() and 0 < int(month) <= MONTHS:
        return date_format(date(int(year) or 1, int(month), 1), "YEAR_MONTH_FORMAT")
    return key


register(
    Facet(
        name="language",
        code=0,
        one=pgettext_lazy("filter", "Language"),
        many=_("Languages"),
        all_of_them=_("All languages (%(count)s)"),
        query_names={"en": ("language", "lang"), "kk": ("тіл",), "ru": ("язык",)},
        is_named=False,
        label=language_name,
    ),
    Facet(
        name="year",
        code=1,
        one=pgettext_lazy("filter", "Year"),
        many=_("Years"),
        all_of_them=_("All years (%(count)s)"),
        query_names={"en": ("year",), "kk": ("жыл",), "ru": ("год",)},
        shown={Shown.FILTERS: 30, Shown.BROWSING: 40},
        is_named=False,
        is_dated=True,
    ),
    Facet(
        name="month",
        code=2,
        one=pgettext_lazy("filter", "Month"),
        many=_("Months"),
        all_of_them=_("All months (%(count)s)"),
        is_named=False,
        is_dated=True,
        size=MONTHS,
        label=month_name,
    ),
    # For editors: readers see the letters.
    Facet(
        name="script",
        code=11,
        one=pgettext_lazy("filter", "Script"),
        many=_("Scripts"),
        all_of_them=_("All scripts (%(count)s)"),
        query_names={"en": ("script",), "kk": ("жазу",), "ru": ("письмо",)},
        is_named=False,
        label=orthography_name,
    ),
)
