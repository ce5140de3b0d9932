"""Template tags for the language of a text: ``lang`` and ``dir`` of its element."""

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from newsroom.localisation.interface import interface_language
from newsroom.localisation.languages import direction_of, language

register = template.Library()


@register.simple_tag
def in_page_language() -> str:
    """Return the attributes of an element whose text is in the language of the page.

    They are empty, as usual, if the interface is in that language too.
    """
    return in_language(get_language() or "")


@register.simple_tag
def in_language(code: str) -> str:
    """Return the attributes of an element whose text is in the language *code*.

    They are empty if the interface around it is in that language, or if *code* is
    empty, as for a text of the interface.
    """
    if not code or code == interface_language(get_language() or ""):
        return ""
    return _attributes(code)


@register.simple_tag
def lang_and_dir(code: str) -> str:
    """Return the ``lang`` of a text, with its ``dir`` if the interface has another."""
    direction = direction_of(code)
    if direction == language(interface_code()).direction:
        return format_html(' lang="{}"', code)
    return format_html(' lang="{}" dir="{}"', code, direction)


@register.simple_tag
def interface_code() -> str:
    """Return the code of the language of the interface."""
    return interface_language(get_language() or "")


@register.simple_tag
def in_interface_language(around: str = "") -> str:
    """Return the attributes of the interface, empty if the text around is in it.

    *around* is the language tag of that text, by default the page's language.
    """
    page = get_language() or ""
    interface = interface_language(page)
    return "" if interface == (around or page) else _attributes(interface)


def _attributes(code: str) -> str:
    return format_html(' lang="{}" dir="{}"', code, direction_of(code))
