"""The archive's own entries in the admin menu."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from newsroom.articles.creation import after_create_page, before_create_page
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
hooks.register("before_create_page", before_create_page)
hooks.register("after_create_page", after_create_page)


@hooks.register("insert_editor_js")
def content_checks_js() -> str:
    return format_html(
        '<script type="module" src="{}"></script>', static("js/content_checks.js")
    )
