"""Ask for every URL as one user, and say in a word what the answer was."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any
from unittest.mock import patch

from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection, transaction
from django.template.backends.django import Template
from django.test import Client

LOGIN, REFUSED = "login", "no"
LOGIN_URLS = ("/admin/login/", "/_util/login/")
ADMIN_HOME = "/admin/"
# Tables that answers may write to without changing anything that a person made.
BOOKKEEPING = (
    "django_session",
    "newsroom_accounts_usersession",
    "wagtailadmin_editingsession",
    "wagtailimages_rendition",
    "wagtailusers_userprofile",
)
CHANGED = "*"
Form = dict[str, Any]


def ask(client: Client, method: str, url: str, data: Form | None = None) -> str:
    """Return the cell for a request; all that it changes is rolled back.

    The client stays signed in, also after a request that ends its session.

    The cell is the status, ``login`` for a redirect to a login form, or ``no`` if the
    admin refused. A star is added if the answer changed the database.
    """
    client.cookies.pop("messages", None)
    cookies = copy(client.cookies)
    with transaction.atomic():
        with _written() as tables:
            response = getattr(client, method)(url, data or {})
            getattr(response, "streaming", False) and b"".join(response)
        response.close()
        transaction.set_rollback(True)
    client.cookies = cookies
    if tables:
        cache.clear()
    return cell_of(response) + (CHANGED if tables else "")


def cell_of(response: Any) -> str:
    status = response.status_code
    if status in (301, 302):
        target = response["Location"].split("?")[0]
        if target in LOGIN_URLS:
            return LOGIN
        if target == ADMIN_HOME:  # with a message that something is not allowed
            return REFUSED
    return str(status)


@contextmanager
def _written() -> Iterator[set[str]]:
    """Collect the tables that are written to, bookkeeping aside."""
    tables: set[str] = set()

    def note(execute: Callable, sql: str, params: Any, many: bool, context: Any) -> Any:
        words = sql.split(None, 3)
        verb = words[0].upper() if words else ""
        if verb in ("INSERT", "UPDATE", "DELETE", "REPLACE"):
            table = words[1 if verb == "UPDATE" else 2].strip('"')
            if table not in BOOKKEEPING:
                tables.add(table)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables


@contextmanager
def without_rendering() -> Iterator[None]:
    """Render no template: who may see a page has been decided before."""
    with patch.object(Template, "render", lambda *args, **kwargs: ""):
        yield


def forms_of(client: Client, urls: dict[str, str]) -> dict[str, Form]:
    """Return what a browser would post from the form at each URL, unchanged."""
    found = {}
    for row, url in urls.items():
        with transaction.atomic():
            response = client.get(url)
            content = b"" if response.streaming else response.content
            response.close()
            transaction.set_rollback(True)
        if response.status_code == 200:
            data = _posted(content, response["Content-Type"])
            if data is not None:
                found[row] = data
    return found


def _posted(content: bytes, content_type: str) -> Form | None:
    """Return the fields of the form that has the most of them; None without a form."""
    if "html" not in content_type:
        return None
    soup = BeautifulSoup(content, "lxml")
    forms = [
        form
        for form in soup.find_all("form")
        if str(form.get("method", "")).lower() == "post"
        and "logout" not in str(form.get("action"))
    ]
    if not forms:
        return None
    form = max(forms, key=lambda one: len(one.find_all(["input", "textarea"])))
    return _fields(form)


def _fields(form: Any) -> Form:
    data: Form = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type", "")
        if not name or field.has_attr("disabled") or kind in ("file", "submit"):
            continue
        if kind in ("checkbox", "radio"):
            if field.has_attr("checked"):
                data.setdefault(name, []).append(field.get("value", "on"))
        elif field.name == "select":
            chosen = [o.get("value", o.text) for o in field.find_all("option")]
            marked = [
                o.get("value", o.text)
                for o in field.find_all("option")
                if o.has_attr("selected")
            ]
            data[name] = marked or chosen[:1]
        elif field.name == "textarea":
            data[name] = field.text.removeprefix("\n")
        else:
            data[name] = field.get("value", "")
    data.pop("csrfmiddlewaretoken", None)
    return data
