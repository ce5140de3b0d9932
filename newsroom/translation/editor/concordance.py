"""The concordance: how a word was translated before."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail_localize.models import StringTranslation

from newsroom.translation.desk.access import may_see_desk, visible_to
from newsroom.translation.memory import concordance
from newsroom.translation.models import VersionState

UNITS_PER_PAGE = 50


class ConcordanceView(WagtailAdminTemplateMixin, ListView):
    """Every earlier translation with the words that are asked for, on either side."""

    page_title = gettext_lazy("Concordance")
    header_icon = "search"
    template_name = "translation/editor/concordance.html"
    paginator_class = WagtailPaginator
    paginate_by = UNITS_PER_PAGE
    _show_breadcrumbs = True

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not may_see_desk(request.user):
            raise PermissionDenied
        self.query = request.GET.get("q", "").strip()
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[StringTranslation]:
        shown = VersionState.objects.filter(visible_to(self.request.user))
        found = concordance(self.query).filter(
            context__object_id__in=shown.values("translation_key")
        )
        return found.select_related("translation_of__locale", "locale")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("translation_desk:index"), "label": _("Translation desk")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"query": self.query}


urlpatterns = [path("concordance/", ConcordanceView.as_view(), name="concordance")]
