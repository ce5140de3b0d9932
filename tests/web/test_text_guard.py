"""Characters that no database stores are refused in every part of a request."""

import json
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client

from newsroom.web.database_errors import is_refused_text
from search.index import entries, facet_values, synonyms
from search.models import Entry, FacetValue
from tests.search.records import place, record

pytestmark = pytest.mark.django_db

NUL = "%00"
PATHS = [
    "/kk/a{}b/",
    "/kk-latn/a{}b/",
    "/kk-arab/{}",
    "/{}",
    "/admin/{}",
    "/admin/pages/1/edit/{}",
    "/static/{}.css",
    "/media/{}",
    "/documents/1/{}.pdf",
    "/a/{}/",
    "/ru/archive/{}/",
    "/en/search/{}",
    "/xx/{}",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_path_with_nul_is_a_bad_request(client, homes, path):
    response = client.get(path.format(NUL))
    assert response.status_code == 400
    assert "text/html" in response["Content-Type"] or path.endswith(".txt")


# A search leaves out what makes no sense; others have no use for such a query.
@pytest.mark.parametrize(
    ("path", "statuses"),
    [
        ("/kk/", {400}),
        ("/kk/no-such-page/", {400}),
        ("/kk/archive/", {400}),
        ("/admin/login/", {400}),
        ("/kk/search/", {200}),
        ("/kk/search/results.json", {200}),
        ("/kk/search/suggestions/", {200}),
        ("/kk/search/feed.atom", {200, 404}),
    ],
)
@pytest.mark.parametrize("name", ["q", "page", "next", "place", "year", "a%00b"])
def test_a_query_with_nul_is_never_an_error_of_ours(
    client, homes, path, statuses, name
):
    for value in (NUL, f"a{NUL}b", f"{NUL}форум"):
        assert client.get(f"{path}?{name}={value}").status_code in statuses


@pytest.mark.parametrize(
    "data",
    [{"username": "a\x00b", "password": "x"}, {"a\x00": "b"}, {"next": "/\x00"}],
)
def test_a_form_with_nul_is_a_bad_request(client, homes, data):
    assert client.post("/admin/login/", data).status_code == 400
    encoded = "&".join(f"{quote(name)}={quote(text)}" for name, text in data.items())
    kind = "application/x-www-form-urlencoded"
    response = client.post("/admin/login/", encoded, content_type=kind)
    assert response.status_code == 400


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "django_language", "x"])
@pytest.mark.parametrize("value", ['"a\\000b"', "a\x00b"])
def test_a_cookie_with_nul_is_a_bad_request(homes, name, value):
    response = Client(headers={"cookie": f"{name}={value}"}).get("/admin/")
    assert response.status_code == 400


@pytest.mark.parametrize("name", ["accept-language", "referer", "x-forwarded-for"])
def test_a_header_with_nul_is_a_bad_request(homes, name):
    assert Client(headers={name: "a\x00b"}).get("/kk/").status_code == 400


def test_the_page_is_in_the_language_of_the_address_and_needs_no_query(
    client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        response = client.get("/ru/a%00b/")
    assert response.content.decode().index('lang="ru"') < 40
    assert response["Content-Language"] == "ru"


@pytest.mark.parametrize(
    "error",
    [
        ValueError("A string literal cannot contain NUL (0x00) characters."),
        UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"),
    ],
)
def test_text_that_hides_deeper_is_refused_when_the_database_refuses_it(
    client, homes, monkeypatch, error
):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr("newsroom.articles.views.serve", fail)
    assert client.get("/kk/").status_code == 400
    assert not is_refused_text(ValueError("of another kind"))


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite takes NUL: nothing is refused"
)
@pytest.mark.parametrize("sql", ["SELECT %s", "SELECT %s::jsonb"])
def test_errors_of_postgresql_about_refused_text_are_recognised(sql):
    text = "a\x00b" if "json" not in sql else json.dumps("a\x00b")
    with pytest.raises(Exception) as raised, connection.cursor() as cursor:  # noqa: PT011
        cursor.execute(sql, [text])
    assert is_refused_text(raised.value)


@pytest.mark.parametrize("character", ["\x00", "\ud800"])
def test_an_entry_with_such_characters_is_stored_without_them(character):
    bad = f"сөз{character}сөз"
    entries.put(
        record(
            "one",
            bad,
            lead=bad,
            body=bad,
            names=bad,
            url=f"/kk/{bad}/",
            values=[place(f"p{character}", kk=bad)],
        )
    )
    entry = Entry.objects.get()
    assert (entry.title, entry.lead, entry.body, entry.names) == ("сөз сөз",) * 4
    assert entry.url == "/kk/сөз сөз/"
    (value,) = FacetValue.objects.filter(facet="place")
    assert (value.key, value.labels) == ("p ", {"kk": "сөз сөз"})
    facet_values.rename("place", f"p{character}", {"kk": f"жаңа{character}"})
    value.refresh_from_db()
    assert value.labels == {"kk": "жаңа "}
    synonyms.put("x", {"kk": [bad], "ru": [f"слово{character}"]})
