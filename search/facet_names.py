"""What facets are called on the page: one value, several, and all of them."""

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class FacetName(NamedTuple):
    """``one`` stands before a value, ``many`` above a list of them; ``all_of_them``
    is a link to a longer one and says how many there are."""

    one: "StrPromise"
    many: "StrPromise"
    all_of_them: "StrPromise"


FACET_NAMES = {
    "language": FacetName(
        pgettext_lazy("filter", "Language"),
        _("Languages"),
        _("All languages (%(count)s)"),
    ),
    "year": FacetName(
        pgettext_lazy("filter", "Year"), _("Years"), _("All years (%(count)s)")
    ),
    "month": FacetName(
        pgettext_lazy("filter", "Month"), _("Months"), _("All months (%(count)s)")
    ),
    "section": FacetName(
        pgettext_lazy("filter", "Section"),
        _("Sections"),
        _("All sections (%(count)s)"),
    ),
    "kind": FacetName(
        pgettext_lazy("filter", "Kind"), _("Kinds"), _("All kinds (%(count)s)")
    ),
    "topic": FacetName(
        pgettext_lazy("filter", "Topic"), _("Topics"), _("All topics (%(count)s)")
    ),
    "person": FacetName(
        pgettext_lazy("filter", "Person"), _("People"), _("All people (%(count)s)")
    ),
    "place": FacetName(
        pgettext_lazy("filter", "Place"), _("Places"), _("All places (%(count)s)")
    ),
    "organisation": FacetName(
        pgettext_lazy("filter", "Organisation"),
        _("Organisations"),
        _("All organisations (%(count)s)"),
    ),
    "source": FacetName(
        pgettext_lazy("filter", "Source"), _("Sources"), _("All sources (%(count)s)")
    ),
    "author": FacetName(
        pgettext_lazy("filter", "Author"), _("Authors"), _("All authors (%(count)s)")
    ),
}
