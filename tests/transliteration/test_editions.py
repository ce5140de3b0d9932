"""URLs of the editions."""

import pytest
from django.urls import set_script_prefix

from newsroom.transliteration.editions import (
    ARABIC,
    LATIN,
    edition_at,
    in_edition,
    kazakh_path,
)


@pytest.mark.parametrize(
    ("path", "edition"),
    [
        ("/kk-latn/", LATIN),
        ("/kk-latn", LATIN),
        ("/kk-arab/qogam/a/", ARABIC),
        ("/KK-Arab/", ARABIC),
        ("/kk/", None),
        ("/kk-latn-2018/", None),
        ("/ru/kk-latn/", None),
        ("//kk-latn/", None),
    ],
)
def test_an_edition_is_known_by_the_first_part_of_the_path(path, edition):
    assert edition_at(path) is edition


def test_the_path_of_the_page_is_the_same_in_every_script():
    assert kazakh_path("/kk-arab/kk-arab/x/") == "/kk/kk-arab/x/"


@pytest.mark.parametrize(
    ("url", "result"),
    [
        ("/kk/", "/kk-latn/"),
        ("/kk", "/kk-latn"),
        ("/kk/a/?page=2#b", "/kk-latn/a/?page=2#b"),
        ("/kk?page=2", "/kk-latn?page=2"),
        ("https://news.kz/kk/a/", "https://news.kz/kk-latn/a/"),
        ("//news.kz/kk/a/", "//news.kz/kk-latn/a/"),
        ("https://other.kz/kk/a/", "https://other.kz/kk/a/"),
        ("https://news.kz.evil.kz/kk/", "https://news.kz.evil.kz/kk/"),
        ("/kkx/", "/kkx/"),
        ("/ru/kk/", "/ru/kk/"),
        ("?page=2", "?page=2"),
        ("#content", "#content"),
        ("mailto:kk@news.kz", "mailto:kk@news.kz"),
        ("", ""),
    ],
)
def test_only_addresses_of_kazakh_pages_of_the_site_change(url, result):
    assert in_edition(url, LATIN, host="news.kz") == result


def test_the_site_may_lie_below_another_path():
    set_script_prefix("/archive/")
    try:
        assert in_edition("/archive/kk/a/", LATIN) == "/archive/kk-latn/a/"
        assert in_edition("/kk/a/", LATIN) == "/kk/a/"
    finally:
        set_script_prefix("/")


def test_names_are_written_as_their_readers_do():
    assert (LATIN.name, ARABIC.name) == ("Qazaqşa", "قازاقشا")
