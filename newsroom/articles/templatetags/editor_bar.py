"""Wagtail's userbar on public pages, rendered for users of the admin only."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar

from newsroom.access.accounts import admin_language_of

register = template.Library()


@register.simple_tag(takes_context=True)
def editor_bar(context: dict[str, Any]) -> str:
    """Return Wagtail's userbar for users of the admin, and "" for everybody else.

    The accessibility and content checks of the preview run in it. The user of a request
    without a session cookie is not loaded: no query, no ``Vary: Cookie``. The bar is in
    the editor's language and left to right on every page; ``translate="no"`` excludes
    it from conversion to other scripts. ``EditorBarMiddleware`` makes the response
    private.
    """
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    bar = wagtailuserbar(context)
    if not bar:
        return ""
    request.has_editor_bar = True
    return format_html(
        '<div class="editor-bar" lang="{}" dir="ltr" translate="no">{}</div>',
        admin_language_of(request.user),
        bar,
    )
