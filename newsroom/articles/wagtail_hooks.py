"""Wagtail hooks of articles and entities, and their entries in the admin menu."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from newsroom.articles.editor.creation import after_create_page, before_create_page
from newsroom.articles.editor.pasting import paste_url
from newsroom.articles.editor.section_list import ArticleViewSet
from newsroom.articles.editor.simultaneous_saves import before_edit_page
from newsroom.articles.editor.written_language import warn_of_other_language
from newsroom.articles.entities.choosers import (
    EntityChooserViewSet,
    chooser_viewset_of,
)
from newsroom.articles.models import Organisation, Person, Place, Topic
from newsroom.articles.rich_text.links import (
    LivePageLinkHandler,
    LoadedDocumentLinkHandler,
)
from newsroom.articles.rich_text.protected_letters import register_feature

EDITOR_SCRIPTS = ("content_checks", "kept_comments", "rich_text")


class EntityViewSet(SnippetViewSet):
    @property
    def chooser_viewset_class(self) -> type[EntityChooserViewSet]:
        return chooser_viewset_of(self.model)

    list_display = ["name", "locale"]
    ordering = "name"
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
hooks.register("register_admin_viewset", ArticleViewSet)
hooks.register("before_create_page", before_create_page)
hooks.register("after_create_page", after_create_page)
hooks.register("after_create_page", warn_of_other_language)
hooks.register("after_edit_page", warn_of_other_language)
# Runs before all other hooks, because it calls them again with the page locked.
hooks.register("before_edit_page", before_edit_page, order=-100)
hooks.register("register_admin_urls", lambda: [paste_url()])
hooks.register("register_rich_text_features", register_feature)


@hooks.register("insert_editor_js")
def editor_js() -> str:
    return format_html_join(
        "",
        '<script type="module" src="{}"></script>',
        [[static(f"js/{name}.js")] for name in EDITOR_SCRIPTS],
    )


@hooks.register("insert_editor_js")
def paste_js() -> str:
    return format_html(
        '<script type="module" src="{}" data-paste-url="{}" data-left-out="{}"'
        ' data-as-text="{}"></script>',
        static("js/paste.js"),
        reverse("paste_into_article"),
        gettext("Left out of what was pasted:"),
        gettext("Pasted as plain text: the text could not be split into blocks."),
    )


@hooks.register("register_rich_text_features", order=100)  # after Wagtail's own
def register_links(features: Any) -> None:
    features.register_link_type(LivePageLinkHandler)
    features.register_link_type(LoadedDocumentLinkHandler)
