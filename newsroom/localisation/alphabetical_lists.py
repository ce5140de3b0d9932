"""Alphabetical order of the admin's lists of names and titles.

Databases compare code points, or follow the rules of one language: Ә is sorted after Я,
or among the punctuation.
"""

from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Case, QuerySet, When

from search.alphabet import alphabetical
from search.collation import sorted_by_alphabet


def sort_lists_by_alphabet() -> None:
    """Sort all list views and choosers of Wagtail alphabetically."""
    from wagtail.admin.views.generic.base import BaseListingView
    from wagtail.admin.views.generic.chooser import BaseChooseView
    from wagtail.admin.views.pages.search import SearchView
    from wagtail.users.views.groups import IndexView as GroupList
    from wagtail.users.views.users import IndexView as UserList

    _sort_result_of(BaseListingView, "order_queryset")
    _sort_result_of(UserList, "order_queryset")  # does not call its parent's
    _sort_result_of(BaseChooseView, "apply_object_list_ordering")
    # The search over all pages is already ordered when its pages are annotated.
    _sort_result_of(SearchView, "annotate_queryset")
    GroupList.order_queryset = order_groups


def _sort_result_of(view: Any, name: str) -> None:
    order = getattr(view, name)

    def order_by_alphabet(self: Any, queryset: QuerySet) -> QuerySet:
        return sorted_by_alphabet(order(self, queryset))

    setattr(view, name, order_by_alphabet)


def order_groups(view: Any, queryset: QuerySet) -> QuerySet:
    """Order groups by their translated names."""
    shown = sorted(Group.objects.all(), key=lambda group: alphabetical(str(group)))
    places = Case(*[When(pk=group.pk, then=n) for n, group in enumerate(shown)])
    is_backwards = view.ordering in ("-name", ["-name"])
    return queryset.order_by(places.desc() if is_backwards else places.asc(), "pk")
