"""Addresses, as a reader wants to see them."""

from urllib.parse import urlsplit

from django import template

register = template.Library()


@register.filter
def hostname(url: str) -> str:
    """Return the host of *url* without "www.": ``https://www.un.org/kz`` is ``un.org``.

    What is not a URL gives the empty string.
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
