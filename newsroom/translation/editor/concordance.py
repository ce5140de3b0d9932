"""The concordance: how a word was translated before."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django.utils.translation import gettext_lazy
from wagtail_localize.models import StringTranslation

from newsroom.operations.admin_lists import PagedListView
from newsroom.translation.desk.access import visible_to
from newsroom.translation.desk.pages import DeskPage
from newsroom.translation.memory import concordance
from newsroom.translation.models import VersionState


class ConcordanceView(DeskPage, PagedListView):
    """Every earlier translation with the words that are asked for, on either side."""

    page_title = gettext_lazy("Concordance")
    header_icon = "search"
    template_name = "translation/editor/concordance.html"

    @property
    def query(self) -> str:
        return self.request.GET.get("q", "").strip()

    def get_queryset(self) -> QuerySet[StringTranslation]:
        shown = VersionState.objects.filter(visible_to(self.user))
        found = concordance(self.query).filter(
            context__object_id__in=shown.values("translation_key")
        )
        return found.select_related("translation_of__locale", "locale")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"query": self.query}


urlpatterns = [path("concordance/", ConcordanceView.as_view(), name="concordance")]
