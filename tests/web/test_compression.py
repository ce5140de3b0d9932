"""Compression and caching of responses."""

import gzip
import json
import os
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from newsroom.web.compression import TextCompressionMiddleware
from tests.deployment.test_settings import ROOT, SECRETS, manage
from tests.factories import make_article, make_section

GZIP = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}
EDITIONS = ("kk", "kk-latn", "kk-arab", "ru", "en")


@pytest.fixture
def article(homes):
    return make_article(make_section(homes["kk"]), title="Қызылордадағы форум")


def paths(article, edition: str) -> list[str]:
    """Return the paths of a page of each type; section and article only in Kazakh."""
    pages = [f"/{edition}/", f"/{edition}/search/?q=форум", f"/{edition}/archive/"]
    if edition.startswith("kk"):
        section = article.get_parent().url
        pages += [url.replace("/kk/", f"/{edition}/") for url in (section, article.url)]
    return pages


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_page_is_compressed_after_it_was_converted(client, article, edition):
    for path in paths(article, edition):
        plain = client.get(path)
        answer = client.get(path, **GZIP)
        assert "Content-Encoding" not in plain
        assert answer["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in answer["Vary"]
        assert int(answer["Content-Length"]) == len(answer.content)
        assert gzip.decompress(answer.content) == plain.content
        assert len(answer.content) < len(plain.content) / 2


@pytest.mark.parametrize("headers", [{}, GZIP], ids=["plain", "gzip"])
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_page_that_the_browser_has_is_not_sent_again(
    client, article, edition, headers
):
    for path in paths(article, edition):
        first = client.get(path, **headers)
        assert first.status_code == 200
        assert "Set-Cookie" not in first.headers
        again = client.get(path, HTTP_IF_NONE_MATCH=first["ETag"], **headers)
        assert (again.status_code, again.content) == (304, b""), path
        assert again["ETag"].removeprefix("W/") == first["ETag"].removeprefix("W/")


def test_a_page_that_was_changed_is_sent_again(client, article):
    for edition in ("kk", "kk-latn", "kk-arab"):
        url = article.url.replace("/kk/", f"/{edition}/")
        first = client.get(url, **GZIP)
        article.lead = f"Жаңа мәтін: {edition}"
        article.save_revision().publish()
        again = client.get(url, HTTP_IF_NONE_MATCH=first["ETag"], **GZIP)
        assert again.status_code == 200
        assert again["ETag"] != first["ETag"]


def test_editions_do_not_take_each_others_pages_for_their_own(client, article):
    cyrillic = client.get(article.url)
    latin = article.url.replace("/kk/", "/kk-latn/")
    assert client.get(latin, HTTP_IF_NONE_MATCH=cyrillic["ETag"]).status_code == 200


@pytest.mark.parametrize(
    ("kind", "is_compressed"),
    [
        ("text/html; charset=utf-8", True),
        ("application/json", True),
        ("application/rss+xml", True),
        ("image/svg+xml", True),
        ("application/pdf", False),
        ("image/avif", False),
        ("application/zip", False),
        ("application/octet-stream", False),
    ],
)
@pytest.mark.parametrize("is_streamed", [False, True])
def test_only_text_is_compressed(rf, kind, is_compressed, is_streamed):
    content = b"0123456789" * 200
    answer = (
        StreamingHttpResponse([content], content_type=kind)
        if is_streamed
        else HttpResponse(content, content_type=kind)
    )
    answer["Content-Length"] = "2000"
    sent = TextCompressionMiddleware(lambda request: answer)(rf.get("/", **GZIP))
    assert sent.has_header("Content-Encoding") == is_compressed
    assert (sent.get("Content-Length") == "2000") != is_compressed


def test_a_document_keeps_its_length(rf, tmp_path, db):
    path = tmp_path / "programme.pdf"
    path.write_bytes(b"%PDF" * 500)
    middleware = TextCompressionMiddleware(
        lambda _request: FileResponse(path.open("rb"))
    )
    with closing(middleware(rf.get("/", **GZIP))) as answer:
        assert answer["Content-Length"] == "2000"
        assert b"".join(answer) == b"%PDF" * 500


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Path:
    """Return the folder of ``collectstatic`` with the settings of a public site."""
    folder = tmp_path_factory.mktemp("production")
    result = manage(
        "collectstatic",
        "--no-input",
        settings="production",
        VAR_DIR=str(folder),
        **SECRETS,
    )
    assert result.returncode == 0, result.stderr
    return folder


def served(folder: Path, path: str, **headers: str) -> dict:
    """Return status, length and headers of the response to a static file."""
    script = (
        "import json, sys, django; django.setup()\n"
        "from django.test import Client\n"
        "path, headers = json.loads(sys.argv[1])\n"
        "answer = Client(raise_request_exception=False).get(\n"
        "    path, secure=True, headers=headers | {'host': 'a.kz'})\n"
        "body = b''.join(answer) if answer.streaming else answer.content\n"
        "print(json.dumps([answer.status_code, dict(answer.headers), len(body)]))\n"
    )
    environment = {
        **os.environ,
        **SECRETS,
        "VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.production",
    }
    environment.pop("DATABASE_URL", None)
    result = subprocess.run(
        [sys.executable, "-c", script, json.dumps([path, headers])],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
    )
    assert result.returncode == 0, result.stderr
    status, answered, length = json.loads(result.stdout)
    return {"status": status, "length": length, **answered}


def manifest(folder: Path) -> dict[str, str]:
    path = folder / "static" / "staticfiles.json"
    return json.loads(path.read_text(encoding="utf-8"))["paths"]


@pytest.mark.xdist_group("static files")
def test_every_file_that_a_stylesheet_names_is_there(collected):
    static = collected / "static"
    stylesheets = [
        static / name
        for path, name in manifest(collected).items()
        if path.startswith("css/") and path.endswith(".css")
    ]
    named = [
        (sheet, url)
        for sheet in stylesheets
        for url in re.findall(r'url\(["\']?([^"\')]+)', sheet.read_text("utf-8"))
    ]
    assert len(named) > 10
    hashed = re.compile(r"\.[0-9a-f]{12}\.\w+$")
    for sheet, url in named:
        assert (sheet.parent / url).resolve().is_file(), (sheet.name, url)
        assert hashed.search(url), (sheet.name, url)


@pytest.mark.xdist_group("static files")
def test_static_text_files_are_compressed_in_advance(collected):
    static = collected / "static"
    own = [
        static / name
        for path, name in manifest(collected).items()
        if path.startswith(("css/", "js/")) and (static / name).stat().st_size > 2000
    ]
    assert len(own) > 10
    for file in own:
        for ending in (".gz", ".br"):
            packed = file.with_name(file.name + ending)
            assert packed.stat().st_size < file.stat().st_size / 2, packed.name


@pytest.mark.xdist_group("static files")
def test_a_public_site_serves_its_files_for_ever_and_compressed(collected):
    path = "/static/" + manifest(collected)["css/base.css"]
    answer = served(collected, path, **{"accept-encoding": "gzip, deflate, br"})
    packed = collected / "static" / (path.removeprefix("/static/") + ".br")
    assert (answer["status"], answer["Content-Encoding"]) == (200, "br")
    assert answer["length"] == packed.stat().st_size
    assert "immutable" in answer["Cache-Control"]
    seconds = re.search(r"max-age=(\d+)", answer["Cache-Control"])
    assert seconds
    assert int(seconds[1]) >= 31_536_000
