"""The filters of the translation desk."""

from datetime import timedelta
from operator import attrgetter
from typing import Any

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Locale

from newsroom.access.accounts import display_name
from newsroom.access.users import AnyUser
from newsroom.articles.models import ArticlePage, SectionPage
from newsroom.translation.models import TranslationStatus
from search.alphabet import alphabetical

STATES = [
    c
    for c in TranslationStatus.State.choices
    if c[0] != TranslationStatus.State.ORIGINAL
]
AGES = [
    ("1", _("More than a day")),
    ("7", _("More than a week")),
    ("30", _("More than 30 days")),
]


def sections() -> list[tuple[str, str]]:
    """Return (translation key, title) of all sections, sorted by title.

    The title is in the active locale, or in another one if there is none.
    """
    names: dict[str, str] = {}
    active = Locale.get_active().pk
    found = SectionPage.objects.only("path", "translation_key", "locale", "title")
    # Sorted in Python: with ORDER BY, the database reads all pages to find the few
    # sections.
    for section in sorted(found.order_by(), key=attrgetter("path")):
        key = str(section.translation_key)
        if key not in names or section.locale_id == active:
            names[key] = section.title
    return sorted(names.items(), key=lambda choice: alphabetical(choice[1]))


def translators() -> list[tuple[int, str]]:
    assigned = TranslationStatus.objects.filter(translator__isnull=False)
    users = get_user_model().objects.filter(pk__in=assigned.values("translator"))
    names = [(user.pk, display_name(user)) for user in users]
    return sorted(names, key=lambda choice: alphabetical(choice[1]))


def _choice(label: object, choices: object) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=label, choices=choices, empty_label=_("All"), widget=forms.RadioSelect
    )


class DeskFilterSet(WagtailFilterSet):
    """The filters; an article is shown if one of its translations matches them all."""

    state = _choice(_("State"), STATES)
    language = _choice(_("Language"), settings.LANGUAGES)
    section = _choice(_("Section"), sections)
    kind = _choice(_("Kind"), ArticlePage.Kind.choices)
    waiting = _choice(_("Waiting"), AGES)
    translator = _choice(_("Translator"), [])

    class Meta:
        model = TranslationStatus
        fields = ["state", "language", "section", "kind", "waiting", "translator"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user: AnyUser = self.request.user
        others = [choice for choice in translators() if choice[0] != user.pk]
        # The user's own name comes first.
        mine = (user.pk, _("Assigned to me"))
        self.filters["translator"].extra["choices"] = [mine, *others]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        chosen = {name: v for name, v in self.form.cleaned_data.items() if v}
        # Section and kind are the same in all rows of an article.
        own = {name: chosen.pop(name) for name in ("section", "kind") if name in chosen}
        queryset = queryset.filter(**own)
        days = chosen.pop("waiting", None)
        waits = Q()
        if days:
            waits = Q(waiting_since__lt=timezone.now() - timedelta(days=int(days)))
        if not chosen:  # the original waits as long as any translation
            return queryset.filter(waits)
        if code := chosen.pop("language", None):
            chosen["locale"] = Locale.objects.filter(language_code=code).first()
        cells = TranslationStatus.objects.translations().filter(waits, **chosen)
        return queryset.filter(translation_key__in=cells.values("translation_key"))
