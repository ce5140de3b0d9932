"""Admin views of the termbase."""

from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.widgets import Button
from wagtail.snippets.views.snippets import IndexView, InspectView

from newsroom.translation.models import Term
from newsroom.translation.permissions import may_import_terms
from newsroom.translation.querysets import ConceptQuerySet
from search.collation import alphabetically

# Names of the columns by their annotation in ConceptQuerySet.with_best_terms.
TERM_COLUMNS = {f"term_{code}": name for code, name in settings.LANGUAGES}


STATUS_COLUMN = StatusTagColumn(
    "status",
    label=_("Status"),
    accessor=lambda concept: dict(Term.Status.choices).get(concept.status, ""),
    primary=lambda concept: concept.status == Term.Status.APPROVED,
    sort_key="status",
)


class TermColumn(TitleColumn):
    class Media:
        css = {"all": ["css/admin/termbase.css"]}


class ConceptIndexView(IndexView):
    """The list of concepts: one row each, with its best term in each site language."""

    page_title = _("Termbase")
    default_ordering = next(iter(TERM_COLUMNS))

    @property
    def header_more_buttons(self) -> list[Button]:
        user = self.request.user
        buttons = [
            Button(
                _("Export (TBX)"),
                url=reverse("translation_desk:terms_export"),
                icon_name="download",
                priority=100,
            )
        ]
        if may_import_terms(user):
            buttons.append(
                Button(
                    _("Import…"),
                    url=reverse("translation_desk:terms_import"),
                    icon_name="upload",
                    priority=110,
                )
            )
        return [*super().header_more_buttons, *buttons]

    def get_base_queryset(self) -> ConceptQuerySet:
        concepts = super().get_base_queryset().with_status()
        # The labels of the row buttons are terms in the user's language.
        return concepts.with_best_terms(dict(settings.LANGUAGES)).prefetch_related(
            "terms__locale"
        )

    def order_queryset(self, queryset: ConceptQuerySet) -> ConceptQuerySet:
        name = self.ordering.removeprefix("-")
        field = alphabetically(name) if name in TERM_COLUMNS else F(name)
        is_descending = self.ordering.startswith("-")
        order = (field.desc if is_descending else field.asc)(nulls_last=True)
        return queryset.order_by(order, F("pk").asc())

    def _get_title_column(
        self, field_name: str, column_class: type[Column] = TermColumn, **kwargs: Any
    ) -> Column:
        return super()._get_title_column(
            field_name, column_class, classname="term", **kwargs
        )

    def _get_custom_column(
        self, field_name: str, column_class: type[Column] = Column, **kwargs: Any
    ) -> Column:
        if field_name not in TERM_COLUMNS:
            return super()._get_custom_column(field_name, column_class, **kwargs)
        kwargs |= {
            "label": TERM_COLUMNS[field_name],
            "accessor": lambda concept: getattr(concept, field_name) or "—",
            "sort_key": field_name,
        }
        return column_class(field_name, **kwargs)


class ConceptInspectView(InspectView):
    """A read-only concept: all its terms, then its fields."""

    def get_fields_context(self) -> list[dict[str, Any]]:
        terms = Term.objects.filter(concept=self.object).select_related("locale")
        by_language = sorted(terms.best_first(), key=lambda term: term.locale_id)
        return [*map(_described, by_language), *super().get_fields_context()]


def _described(term: Term) -> dict[str, Any]:
    """Return a term in the form of a field of Wagtail's inspect template."""
    parts = [term.text, term.get_status_display(), term.note]
    return {
        "label": term.locale.get_display_name(),
        "value": " — ".join(filter(None, parts)),
        "component": None,
    }
