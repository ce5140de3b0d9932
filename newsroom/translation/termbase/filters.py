"""The filters of the termbase list."""

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Locale

from newsroom.articles.models import Topic
from newsroom.articles.models.names import in_locale
from newsroom.translation.models import Concept, Term
from newsroom.translation.querysets import ConceptQuerySet
from search.alphabet import alphabetical


def subject_fields() -> list[tuple[str, str]]:
    """Return (translation key, name) of all topics of concepts in the active locale."""
    topics = Topic.objects.filter(pk__in=Concept.objects.values("subject_field"))
    named = in_locale(topics, Locale.get_active())
    return sorted(
        {(str(topic.translation_key), topic.name) for topic in named},
        key=lambda choice: alphabetical(choice[1]),
    )


class ConceptFilterSet(WagtailFilterSet):
    status = django_filters.ChoiceFilter(
        label=_("With a term that is"),
        choices=Term.Status.choices,
        empty_label=_("All"),
        method="with_status",
        widget=forms.RadioSelect,
    )
    missing = django_filters.ChoiceFilter(
        label=_("Without a term in"),
        choices=settings.LANGUAGES,
        empty_label=_("All"),
        method="without_language",
        widget=forms.RadioSelect,
    )
    subject_field = django_filters.ChoiceFilter(
        label=_("Subject field"),
        choices=subject_fields,
        empty_label=_("All"),
        method="of_subject_field",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Concept
        fields = ["status", "missing", "subject_field"]

    # Wagtail can search only a queryset that is filtered by the model's own columns.

    def with_status(
        self, concepts: ConceptQuerySet, name: str, status: str
    ) -> ConceptQuerySet:
        terms = Term.objects.with_status(status)
        return concepts.filter(pk__in=terms.values("concept"))

    def without_language(
        self, concepts: ConceptQuerySet, name: str, code: str
    ) -> ConceptQuerySet:
        terms = Term.objects.in_use().filter(locale__language_code=code)
        return concepts.exclude(pk__in=terms.values("concept"))

    def of_subject_field(
        self, concepts: ConceptQuerySet, name: str, key: str
    ) -> ConceptQuerySet:
        topics = Topic.objects.filter(translation_key=key)
        return concepts.filter(
            pk__in=Concept.objects.filter(subject_field__in=topics).values("pk")
        )
