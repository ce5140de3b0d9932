"""Template filters for URLs."""

from urllib.parse import urljoin, urlsplit

from django import template
from wagtail.models import Page

register = template.Library()


@register.filter
def on_site_of(url: str, page: Page) -> str:
    """Return *url* with the host and port of the site that *page* belongs to.

    Wagtail's full URL of a rendition has the host of the admin instead.
    """
    return urljoin(page.full_url or "", url)


@register.filter
def hostname(url: str) -> str:
    """Return the host of *url* without "www.", or "" if *url* is invalid.

    ``https://www.un.org/kz`` gives ``un.org``.
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
