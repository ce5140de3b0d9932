"""Paginated lists in the admin."""

from typing import Any

from django.views.generic import ListView
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin


class PagedListView(WagtailAdminTemplateMixin, ListView):
    """A list that uses the page parameter of Wagtail's lists and accepts bad numbers.

    For lists that do not fit Wagtail's listing views with their columns and filters.
    """

    page_kwarg = "p"
    paginator_class = WagtailPaginator
    paginate_by = 50

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        page = self.get_paginator(queryset, page_size).get_page(
            self.request.GET.get(self.page_kwarg)
        )
        return page.paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        return context | {
            "elided_page_range": page.paginator.get_elided_page_range(page.number)
        }
