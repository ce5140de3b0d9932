"""Wagtail's bar for editors on readers' pages, which readers get nothing of."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar

from newsroom.access.accounts import admin_language_of

register = template.Library()


@register.simple_tag(takes_context=True)
def editor_bar(context: dict[str, Any]) -> str:
    """Render Wagtail's userbar for users of the admin, "" for everybody else.

    The preview's checks run in it. A request without a session cookie is not asked for
    its user: no query, no ``Vary: Cookie``. The bar is in the editor's language and
    left to right, whatever the page is; ``translate="no"`` keeps it from conversion
    into other scripts. ``EditorBarMiddleware`` makes the response private.
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
