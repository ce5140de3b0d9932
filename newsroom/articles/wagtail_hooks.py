"""The archive's own entries in the admin menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from newsroom.articles.models import Organisation, Person, Place, Topic


class EntityViewSet(SnippetViewSet):
    list_display = ["name", "locale"]
    ordering = ["name"]
    list_per_page = 50


class PersonViewSet(EntityViewSet):
    model = Person
    icon = "user"
    list_display = ["name", "post", "locale"]


class OrganisationViewSet(EntityViewSet):
    model = Organisation
    icon = "globe"
    list_display = ["name", "abbreviation", "locale"]


class PlaceViewSet(EntityViewSet):
    model = Place
    icon = "site"


class TopicViewSet(EntityViewSet):
    model = Topic
    icon = "tag"


class EntityViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Names and topics")
    menu_icon = "list-ul"
    items = (PersonViewSet, OrganisationViewSet, PlaceViewSet, TopicViewSet)


register_snippet(EntityViewSetGroup)
