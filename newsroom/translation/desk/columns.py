"""The columns of the desk's table."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.models import Locale

from newsroom.translation.models import TranslationStatus


class ChoiceColumn(Column):
    """A check box for actions on several articles at once."""

    header_template_name = "translation/desk_choice_header.html"
    cell_template_name = "translation/desk_choice.html"

    class Media:
        css = {"all": ["css/admin/translation_desk.css"]}


class VersionColumn(Column):
    """The state of every article in one language."""

    cell_template_name = "translation/desk_cell.html"

    def __init__(self, locale: Locale) -> None:
        super().__init__(
            f"version_{locale.language_code}",
            label=locale.get_display_name(),
            classname="version",
        )
        self.locale = locale

    def get_value(self, instance: TranslationStatus) -> Any:
        return instance.cells.get(self.locale.pk)  # type: ignore[attr-defined]


HEADLINE = TitleColumn(
    "headline",
    label=_("Headline"),
    classname="headline",
    sort_key="headline",
    get_url=lambda row: row.cells[row.locale_id].url,
    link_attrs={"dir": "auto"},
)
WAITING = DateColumn(
    "waiting_since", label=_("Waiting since"), sort_key="waiting_since"
)
