"""The concordance: earlier translations of a word."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django.utils.translation import gettext_lazy
from wagtail_localize.models import StringTranslation

from newsroom.access.users import AnyUser
from newsroom.admin.lists import PagedListView
from newsroom.translation.admin_pages import DeskPage
from newsroom.translation.memory.store import (
    all_imported,
    all_texts,
    concordance,
    imported_concordance,
)
from newsroom.translation.models import ImportedUnit, TranslationStatus
from newsroom.translation.permissions import may_assign, visible_to

# Maximum number of imported units shown; a longer query finds fewer.
IMPORTED_SHOWN = 50


def found_for(
    user: AnyUser, query: str
) -> tuple[QuerySet[StringTranslation], QuerySet[ImportedUnit]]:
    """Return (article translations, imported units) with every word of *query*.

    Article translations are those that *user* may see. An empty *query* selects all.
    """
    shown = TranslationStatus.objects.filter(visible_to(user))
    texts = concordance(query) if query else all_texts()
    imported = imported_concordance(query) if query else all_imported()
    keys = shown.values("translation_key")
    return texts.filter(context__object_id__in=keys), imported


class ConcordanceView(DeskPage, PagedListView):
    """The list of earlier translations with all words of the query on either side."""

    page_title = gettext_lazy("Concordance")
    header_icon = "search"
    template_name = "translation/editor/concordance.html"

    @property
    def query(self) -> str:
        return self.request.GET.get("q", "").strip()

    def get_queryset(self) -> QuerySet[StringTranslation]:
        if not self.query:
            return StringTranslation.objects.none()
        found, _imported = found_for(self.user, self.query)
        return found.select_related("translation_of__locale", "locale")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        imported = ImportedUnit.objects.none()
        if self.query:
            imported = imported_concordance(self.query)[:IMPORTED_SHOWN]
        return super().get_context_data(**kwargs) | {
            "query": self.query,
            "imported": imported,
            "may_exchange": may_assign(self.user),
        }


urlpatterns = [path("concordance/", ConcordanceView.as_view(), name="concordance")]
