"""Choosers of people, organisations, places and topics.

Each text is a complete translatable sentence: Kazakh and Russian decline the noun, so
it cannot be inserted into a template.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail.snippets.views.chooser import ChooseView, SnippetChooserViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from newsroom.articles.entities.forms import creation_form_of

if TYPE_CHECKING:
    from newsroom.articles.models.entities import Entity


@dataclass(frozen=True, slots=True)
class ChooserTexts:
    """Labels of a chooser; all are lazy translations."""

    choose: Promise
    choose_another: Promise
    edit: Promise
    new: Promise
    create: Promise


# By the lower-case name of the model.
TEXTS = {
    "person": ChooserTexts(
        choose=_("Choose a person"),
        choose_another=_("Choose another person"),
        edit=_("Edit this person"),
        new=_("New person"),
        create=_("Create the person"),
    ),
    "organisation": ChooserTexts(
        choose=_("Choose an organisation"),
        choose_another=_("Choose another organisation"),
        edit=_("Edit this organisation"),
        new=_("New organisation"),
        create=_("Create the organisation"),
    ),
    "place": ChooserTexts(
        choose=_("Choose a place"),
        choose_another=_("Choose another place"),
        edit=_("Edit this place"),
        new=_("New place"),
        create=_("Create the place"),
    ),
    "topic": ChooserTexts(
        choose=_("Choose a topic"),
        choose_another=_("Choose another topic"),
        edit=_("Edit this topic"),
        new=_("New topic"),
        create=_("Create the topic"),
    ),
}


class EntityChooser(AdminSnippetChooser):
    """Widget that chooses an entity.

    Its texts stay lazy, unlike those of the parent class, which translates them when
    the widget is created.
    """

    def __init__(self, model: "type[Entity] | None" = None, **kwargs: Any) -> None:
        super().__init__(model, **kwargs)
        texts = TEXTS[self.model._meta.model_name]
        self.choose_one_text = texts.choose
        self.choose_another_text = texts.choose_another
        self.link_to_chosen_text = texts.edit


class EntityChooseView(ChooseView):
    """The modal view of the chooser, whose title names the kind of entity."""

    page_subtitle = ""

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        """Set the initial language to that of the edited page, sent as ``?locale=``."""
        code = self.request.GET.get("locale", "")
        locale = Locale.objects.filter(language_code=code).first()
        initial = {"locale": locale} if locale else {}
        return {**super().get_creation_form_kwargs(), "initial": initial}


class EntityChooserViewSet(SnippetChooserViewSet):
    """A chooser that can also create an entity and warns if its name exists."""

    choose_view_class = EntityChooseView
    base_widget_class = EntityChooser


def chooser_viewset_of(model: "type[Entity]") -> type[EntityChooserViewSet]:
    """Return the chooser viewset class for *model*, including its creation form."""
    texts = TEXTS[model._meta.model_name]
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
