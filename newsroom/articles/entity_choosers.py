"""Choosers of people, organisations, places and topics, with texts that can be
translated: Kazakh and Russian decline the noun, so no text is put together."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail.snippets.views.chooser import ChooseView, SnippetChooserViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from newsroom.articles.entity_forms import creation_form_of
from newsroom.articles.models.entities import (
    Entity,
    Organisation,
    Person,
    Place,
    Topic,
)


@dataclass(frozen=True, slots=True)
class ChooserTexts:
    """Labels of a chooser; all are lazy translations."""

    choose: Promise
    choose_another: Promise
    edit: Promise
    new: Promise
    create: Promise


TEXTS: dict[type[Entity], ChooserTexts] = {
    Person: ChooserTexts(
        choose=_("Choose a person"),
        choose_another=_("Choose another person"),
        edit=_("Edit this person"),
        new=_("New person"),
        create=_("Create the person"),
    ),
    Organisation: ChooserTexts(
        choose=_("Choose an organisation"),
        choose_another=_("Choose another organisation"),
        edit=_("Edit this organisation"),
        new=_("New organisation"),
        create=_("Create the organisation"),
    ),
    Place: ChooserTexts(
        choose=_("Choose a place"),
        choose_another=_("Choose another place"),
        edit=_("Edit this place"),
        new=_("New place"),
        create=_("Create the place"),
    ),
    Topic: ChooserTexts(
        choose=_("Choose a topic"),
        choose_another=_("Choose another topic"),
        edit=_("Edit this topic"),
        new=_("New topic"),
        create=_("Create the topic"),
    ),
}


class EntityChooser(AdminSnippetChooser):
    """Choose an entity. The texts stay lazy, unlike those of the parent class, which
    are translated when the widget is created."""

    def __init__(self, model: type[Entity] | None = None, **kwargs: Any) -> None:
        super().__init__(model, **kwargs)
        texts = TEXTS[self.model]
        self.choose_one_text = texts.choose
        self.choose_another_text = texts.choose_another
        self.link_to_chosen_text = texts.edit


class EntityChooseView(ChooseView):
    """The chooser's window. Its title names what is chosen."""

    page_subtitle = ""

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        """Propose the language of the page that is edited: the editor names it."""
        code = self.request.GET.get("locale", "")
        locale = Locale.objects.filter(language_code=code).first()
        initial = {"locale": locale} if locale else {}
        return {**super().get_creation_form_kwargs(), "initial": initial}


class EntityChooserViewSet(SnippetChooserViewSet):
    """A chooser in which an entity can be created, with a warning if it exists."""

    choose_view_class = EntityChooseView
    base_widget_class = EntityChooser


def chooser_viewset_of(model: type[Entity]) -> type[EntityChooserViewSet]:
    """Return the chooser of *model*, which can create a *model* as well."""
    texts = TEXTS[model]
    return type(
        f"{model.__name__}ChooserViewSet",
        (EntityChooserViewSet,),
        {
            "creation_form_class": creation_form_of(model),
            "choose_one_text": texts.choose,
            "choose_another_text": texts.choose_another,
            "edit_item_text": texts.edit,
            "creation_tab_label": texts.new,
            "create_action_label": texts.create,
        },
    )
