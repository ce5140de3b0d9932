"""Reading the screens of an administrator without a browser."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import PreformattedString
from django.test import Client
from django.urls import URLPattern, get_resolver

ATTRIBUTES = (
    "placeholder",
    "title",
    "aria-label",
    "alt",
    "label",
    "aria-description",
    "data-w-tooltip-content-value",
)
SILENT = {"script", "style", "noscript", "textarea", "code"}
# What is no screen, needs a choice of rows, or is a page for readers.
SKIPPED = re.compile(r"\^|/api/|test404|failwhale|logout|sprite|jsi18n|preview|export")
SKIPPED_VIEWS = re.compile(r"styleguide|dismissibles|view_draft|revisions/.*/view")
MODELS = {
    "<slug:content_type_app_name>/<slug:content_type_model_name>": (
        "articles/articlepage"
    ),
    "<str:app_label>/<str:model_name>/<str:action>": "wagtailcore/page/publish",
    "tasks/add/<str:app_label>/<str:model_name>": (
        "tasks/add/wagtailcore/groupapprovaltask"
    ),
}
NUMBER = re.compile(r"<(int|str):\w+>")


def texts_of_html(html: str) -> list[str]:
    """Return every text of *html* that is shown or read aloud, without its scripts.

    Comments and the like are left out.
    """
    page = BeautifulSoup(html, "html.parser")
    for one in page.select("select[name$=current_time_zone]"):
        one.decompose()
    texts = {
        one
        for one in page.find_all(string=True)
        if one.parent.name not in SILENT and not isinstance(one, PreformattedString)
    }
    for name in ATTRIBUTES:
        texts |= {tag[name] for tag in page.find_all(attrs={name: True})}
    return [" ".join(text.split()) for text in texts]


def admin_patterns() -> Iterator[str]:
    """Yield the patterns of the admin's addresses, one text for each view."""

    def walk(resolver, prefix: str) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            path = prefix + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                yield path
            else:
                yield from walk(pattern, path)

    for path in walk(get_resolver(), "/"):
        if (
            path.startswith("/admin/")
            and not SKIPPED.search(path)
            and not SKIPPED_VIEWS.search(path)
        ):
            for parameters, value in MODELS.items():
                path = path.replace(parameters, value)
            yield path


def admin_screens(client: Client, numbers: list[int]) -> Iterator[tuple[str, str]]:
    """Yield the URL and HTML of each view that can be shown for one of *numbers*.

    Dialogs are included; other answers, such as redirects, are left out.
    """
    for pattern in admin_patterns():
        for number in numbers:
            address = NUMBER.sub(str(number), pattern)
            if "<" in address:
                break
            answer = client.get(address)
            if answer.status_code != 200:
                continue
            kind = answer.headers.get("content-type", "")
            if "json" in kind:
                found = answer.json()
                html = found.get("html") if isinstance(found, dict) else None
            else:
                html = answer.content.decode() if "html" in kind else None
            if html:
                yield address, html
            break
