"""Row counts of the admin's lists without declined nouns.

Wagtail writes a number and a plural: «13 тұлғалар» is wrong in Kazakh, where a noun
stays singular after a number, and «13 люди» in Russian, where it is in the genitive.
«Тұлғалар: 13» and "People: 13" are right in every language.
"""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.functional import cached_property
from django.utils.text import capfirst
from wagtail.admin.paginator import WagtailPaginator


def items_count_label(paginator: WagtailPaginator) -> str:
    """Return the plural name of the listed objects and their number: "People: 13"."""
    return f"{capfirst(paginator.verbose_name_plural)}: {intcomma(paginator.count)}"


def count_without_declining() -> None:
    """Use this label in all lists of Wagtail that do not define a label."""
    label = cached_property(items_count_label)
    label.__set_name__(WagtailPaginator, "items_count_label")
    WagtailPaginator.items_count_label = label
