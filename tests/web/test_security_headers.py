"""Security headers of every kind of response, and pages without inline code."""

import base64
import hashlib
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

from newsroom.web.security_headers import (
    ADMIN,
    DATA,
    EDITOR_BAR,
    LOOSENED,
    PUBLIC,
)
from tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db

ROOT = Path(settings.BASE_DIR)
EDITIONS = ("kk", "ru", "en", "kk-latn", "kk-arab")


def policy_in(answer) -> dict[str, list[str]]:
    """Return the directives of the policy in a response."""
    parts = answer["Content-Security-Policy"].split(";")
    words = [part.split() for part in parts if part.strip()]
    return {name: values for name, *values in words}


def hash_of(text: str) -> str:
    """Return the source expression that allows inline code with this text."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@pytest.fixture
def article(homes):
    return make_article(make_section(homes["kk"]))


@pytest.fixture
def pages(article) -> list[str]:
    return [
        *(f"/{code}/" for code in EDITIONS),
        *(article.url.replace("/kk/", f"/{code}/") for code in ("kk", "kk-latn")),
        article.get_parent().url,
        *(f"/{code}/search/?q=a" for code in EDITIONS),
        *(f"/{code}/archive/" for code in EDITIONS),
        *(f"/{code}/nothing-here/" for code in EDITIONS),
        "/nothing-at-all",
    ]


@pytest.fixture
def data_addresses(homes) -> list[str]:
    return [
        "/en/search/results.json?q=a",
        "/en/search/suggestions/?q=a",
        "/en/search/feed.atom?q=a",
        "/robots.txt",
        "/static/css/base.css",
        "/static/js/copy.js",
        "/.well-known/security.txt",
        "/csp-reports/",
    ]


@pytest.mark.parametrize("policy", [PUBLIC, EDITOR_BAR, ADMIN, DATA])
def test_no_policy_allows_what_is_not_named(policy):
    assert policy["default-src"] == policy["base-uri"] == ["'none'"]
    assert policy["object-src"] == policy["frame-ancestors"] == ["'none'"]
    assert "'unsafe-eval'" not in str(policy)
    assert "'unsafe-inline'" not in policy.get("script-src", [])
    assert not re.search(r"https?:|\*", str(policy))


def test_views_of_the_admin_are_loosened_for_styles_and_one_handler_only():
    assert {
        (directive, *values)
        for policy in LOOSENED.values()
        for directive, values in policy.items()
    } == {
        ("style-src", "'self'", "'unsafe-inline'"),
        ("script-src-attr", "'unsafe-hashes'", hash_of("return;")),
    }
    assert hash_of("") in ADMIN["style-src"]


def test_pages_for_readers_allow_their_own_files_only(client, pages):
    for page in pages:
        answer = client.get(page, follow=True)
        policy = policy_in(answer)
        expected = {name: [str(v) for v in values] for name, values in PUBLIC.items()}
        assert {n: v for n, v in policy.items() if n[:6] != "report"} == expected, page
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert policy["report-uri"] == [reverse("csp_reports")]
        assert policy["report-to"] == ["csp"]
        assert answer["Reporting-Endpoints"] == f'csp="{reverse("csp_reports")}"'


def test_other_responses_allow_nothing(client, data_addresses):
    for address in data_addresses:
        answer = client.get(address)
        if "html" in answer.get("Content-Type", ""):
            assert answer.status_code in {404, 405}, address
            continue
        policy = policy_in(answer)
        assert policy["default-src"] == ["'none'"], address
        assert policy["sandbox"] == []
        assert set(policy) == set(DATA)


def test_every_response_has_the_other_headers(client, pages, data_addresses):
    for address in [*pages, *data_addresses, "/admin/login/", "/admin/"]:
        answer = client.get(address)
        assert answer["X-Content-Type-Options"] == "nosniff", address
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "camera=()" in answer["Permissions-Policy"]
        assert "publickey-credentials" not in answer["Permissions-Policy"]


def test_a_refused_request_has_the_headers_too(client):
    answer = client.get("/kk/a%00b/")
    assert answer.status_code == 400
    assert policy_in(answer)["script-src"] == ["'self'"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_pictures_of_public_pages_may_be_shown_by_other_sites(client):
    answer = client.get("/media/images/none.webp")
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_page_that_has_not_changed_keeps_its_policy(client, homes):
    first = client.get("/kk/")
    again = client.get("/kk/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert "Content-Security-Policy" not in again


def test_the_admin_loads_nothing_from_elsewhere(admin_client):
    for address in ("/admin/", "/admin/login/", "/admin/pages/", "/admin/images/"):
        policy = policy_in(admin_client.get(address))
        assert policy["script-src"] == ["'self'"], address
        assert "unsafe" not in str(policy), address
        assert policy["frame-ancestors"] == ["'none'"]


def test_only_the_named_views_of_the_admin_allow_more(admin_client, article):
    editor = reverse("wagtailadmin_pages:edit", args=[article.pk])
    policy = policy_in(admin_client.get(editor))
    assert policy["script-src"] == ["'self'"]
    assert set(policy["style-src"]) == {"'self'", "'unsafe-inline'"}
    history = reverse("wagtailadmin_pages:history", args=[article.pk])
    assert "unsafe" not in str(policy_in(admin_client.get(history)))
    # Every name is that of a view.
    for name in LOOSENED:
        numbers = [1, 1] if "revert" in name else [1]
        arguments = ["articles", "articlepage", 1] if "add" in name else numbers
        assert reverse(name, args=arguments), name


def test_the_editor_may_frame_a_preview_and_nobody_else(admin_client, article):
    address = reverse("wagtailadmin_pages:view_draft", args=[article.pk])
    answer = admin_client.get(address)
    assert policy_in(answer)["frame-ancestors"] == ["'self'"]
    assert "'unsafe-inline'" not in policy_in(answer)["script-src"]


def test_readers_get_no_cookie(client, pages, data_addresses):
    for address in [*pages, *data_addresses]:
        answer = client.get(address, follow=True)
        assert not answer.cookies, address
        assert "Cookie" not in answer.get("Vary", ""), address
    assert not client.cookies


def test_cookies_of_a_session_cannot_be_read_by_scripts(client, db):
    get_user_model().objects.create_superuser("root", password="secret")
    page = client.get("/admin/login/")
    assert page.cookies["csrftoken"]["httponly"]
    assert page.cookies["csrftoken"]["samesite"] == "Lax"
    answer = client.post("/admin/login/", {"username": "root", "password": "secret"})
    session = answer.cookies["sessionid"]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")


# A handler as an attribute, javascript:, style elements and attributes, and scripts
# that run where they stand. Blocks of JSON are no scripts.
INLINE = re.compile(
    r"""<style|\sstyle=|[\s"']on[a-z]+\s*=\s*["']|javascript:
    |<script(?![^>]*\ssrc=)(?![^>]*type="application/(ld\+)?json")""",
    re.IGNORECASE | re.VERBOSE,
)


def test_the_check_for_inline_code_finds_it():
    found = [
        "<style>",
        '<p style="a:b">',
        '<a onclick="x()">',
        "<a href='javascript:x()'>",
        "<script>x()</script>",
        '<script type="module">x()</script>',
    ]
    assert all(map(INLINE.search, found))
    allowed = [
        '<script type="module" src="{% static "js/copy.js" %}">',
        '<script id="a" type="application/json">',
        '<script type="application/ld+json">',
        '<p class="style">',
    ]
    assert not any(map(INLINE.search, allowed))


def test_no_template_and_no_code_writes_inline_scripts_or_styles():
    paths = [*(ROOT / "templates").rglob("*.html")]
    for package in ("home", "newsroom", "search"):
        paths += (ROOT / package).rglob("*.py")
        paths += (ROOT / package).rglob("*.html")
    assert len(paths) > 300
    assert [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if INLINE.search(line) and not line.lstrip().startswith("Google Docs wraps")
    ] == []


def test_pages_for_readers_have_no_inline_code(client, pages):
    for page in pages:
        soup = BeautifulSoup(client.get(page, follow=True).text, "html.parser")
        assert not soup.select("style, [style], iframe, object, embed, base"), page
        scripts = soup.select('script:not([src]):not([type*="json"])')
        assert not scripts, page
        for tag in soup.find_all(True):
            assert not [name for name in tag.attrs if name.startswith("on")], page
