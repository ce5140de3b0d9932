"""Conversion of pages to an edition's script; everything else is unchanged."""

import re

import pytest

from newsroom.transliteration.editions import ARABIC, LATIN
from newsroom.transliteration.markup import convert_page
from search.languages.kazakh.scripts import convert

EDITIONS = pytest.mark.parametrize("edition", [LATIN, ARABIC], ids=lambda one: one.lang)


def body(html: str, edition=LATIN) -> str:
    """Return the converted content of a body."""
    page = convert_page(f'<html lang="kk"><body>{html}</body></html>', edition, "a.kz")
    return re.fullmatch(r"<html.*?><body>(.*)</body></html>", page, re.DOTALL)[1]


def test_the_root_names_language_and_direction():
    page = '<!doctype html>\n<html class="a" lang="kk" dir="ltr"><head></head></html>'
    assert convert_page(page, LATIN) == page.replace('"kk"', '"kk-Latn"')
    assert convert_page(page, ARABIC) == (
        page.replace('"kk"', '"kk-Arab"').replace("ltr", "rtl")
    )
    assert convert_page("<html lang=kk>", ARABIC) == '<html dir="rtl" lang="kk-Arab">'


@EDITIONS
@pytest.mark.parametrize(
    "page",
    [
        '<html lang="en"><body><a href="/kk/">Қала</a></body></html>',
        "<html><body>Қала</body></html>",
        "Қала",
        "",
    ],
)
def test_a_page_that_is_not_in_kazakh_stays(edition, page):
    assert convert_page(page, edition) == page


@EDITIONS
@pytest.mark.parametrize(
    "html",
    [
        '<script>const a = "Қала <b>";</script>',
        "<style>.a::after { content: 'Қала' }</style>",
        "<code>қала = <b>1</b></code>",
        "<pre>Қала</pre>",
        "<textarea>Қала <b></textarea>",
        "<template><p>Қала</p></template>",
        "<!-- Қала <p> -->",
        '<span translate="no" title="Қала">Қала</span>',
        '<input type="search" value="Қала">',
        '<input type="hidden" name="Қала" value="Қала">',
        '<link rel="canonical" href="/kk/" title="Қала">',
        '<link rel="alternate" hreflang="kk" href="https://a.kz/kk/">',
        '<meta property="og:url" content="/kk/Қала">',
        '<img src="/kk/қала.jpg" srcset="/kk/қала.jpg 2x">',
        "<p class='қала' id=қала data-name=\"қала\">1</p>",
        "<p  lang = 'ru'  dir=ltr >Город\n<br/>&laquo;Москва&raquo;</p>",
        '<p lang="kk-Cyrl" dir="ltr">Қала</p>',
        "a < b > c & d &copy; <b>e</b>",
        "<b",
        '<a title="',
    ],
)
def test_other_content_than_kazakh_text_is_unchanged(edition, html):
    assert body(html, edition) == html


def test_markup_around_converted_text_stays_byte_for_byte():
    html = "<P Class=x\n id='y'>Қала <BR>\t&nbsp;<i>ауыл</i></P >"
    assert body(html) == "<P Class=x\n id='y'>Qala <BR>\t&nbsp;<i>auyl</i></P >"


def test_entities_are_read_and_written():
    assert body("Қала &amp; ауыл &lt;b&gt; &#1179;") == "Qala &amp; auyl &lt;b&gt; q"
    assert body("Қала &amp; ауыл; үй", ARABIC) == "قالا &amp; اۋىل؛ ٴۇي"
    assert body("<a title='&quot;Қала&quot; &lt;'>x</a>") == (
        '<a title="&quot;Qala&quot; &lt;">x</a>'
    )


@pytest.mark.parametrize(
    "attribute",
    ["alt", "title", "aria-label", "aria-description", "placeholder", "label"],
)
def test_attributes_that_are_read_are_converted(attribute):
    assert body(f'<img {attribute}="Қала">') == f'<img {attribute}="Qala">'


def test_buttons_labels_for_scripts_and_descriptions_are_converted():
    assert body('<input type="submit" value="Іздеу">') == (
        '<input type="submit" value="Izdeu">'
    )
    assert body('<i data-list-label="Қала"></i>') == '<i data-list-label="Qala"></i>'
    for name in ('name="description"', 'property="og:title"'):
        html = f'<meta {name} content="Қала">'
        assert body(html) == html.replace("Қала", "Qala")
    assert body("<title>Қала</title>") == "<title>Qala</title>"


def test_links_and_forms_stay_in_the_script():
    assert body('<a hreflang="kk" href="/kk/a/?b=1&amp;c=2">x</a>') == (
        '<a hreflang="kk-Latn" href="/kk-latn/a/?b=1&amp;c=2">x</a>'
    )
    assert body('<form action="/kk/search/"><button formaction="/kk/b/">') == (
        '<form action="/kk-latn/search/"><button formaction="/kk-latn/b/">'
    )
    assert body('<a href="https://a.kz/kk/">x</a>') == (
        '<a href="https://a.kz/kk-latn/">x</a>'
    )
    assert body('<input data-suggestions="/kk/s/">') == (
        '<input data-suggestions="/kk-latn/s/">'
    )
    for elsewhere in ("/ru/", "/admin/", "https://b.kz/kk/", "?page=2", "#kk"):
        assert body(f'<a href="{elsewhere}">x</a>') == f'<a href="{elsewhere}">x</a>'


def test_the_language_switcher_is_not_converted():
    html = '<a lang="kk" hreflang="kk" href="/kk/" translate="no">Қазақша</a>'
    assert body(html, ARABIC) == html


def test_other_languages_stay_and_run_their_own_way():
    html = '<p lang="ru">Город <a href="/kk/">қала</a></p><p>Қала</p>'
    assert body(html, ARABIC) == (
        '<p dir="ltr" lang="ru">Город <a href="/kk-arab/">қала</a></p><p>قالا</p>'
    )
    assert body('<p lang="ar">Қала</p>', ARABIC) == '<p lang="ar">Қала</p>'
    assert body('<q lang="ru">Да, <b lang="kk">қала</b></q>') == (
        '<q lang="ru">Да, <b lang="kk-Latn">qala</b></q>'
    )


def test_kazakh_inside_of_untranslated_text_is_converted():
    assert body(
        '<a lang="ru" translate="no">Да<b lang="kk" translate="yes">жоқ</b>'
    ) == ('<a lang="ru" translate="no">Да<b lang="kk-Latn" translate="yes">joq</b>')


def test_an_unclosed_element_holds_no_longer_than_its_parent():
    assert body('<div><b lang="ru">Да</div>Қала') == '<div><b lang="ru">Да</div>Qala'
    assert body('<ul><li lang="ru">Да<li>Қала</ul>') == (
        '<ul><li lang="ru">Да<li>Qala</ul>'
    )
    assert body('<br lang="ru">Қала<img lang="ru">ауыл') == (
        '<br lang="ru">Qala<img lang="ru">auyl'
    )


@pytest.mark.parametrize(
    ("html", "arabic"),
    [
        ("<a>Әкімдік</a>тің", "<a>اكىمدىك</a>تىڭ"),
        ("<mark>Әкім</mark><b>дік</b>тің", "<mark>اكىم</mark><b>دىك</b>تىڭ"),
        ("<p>Өмір</p>тің", "<p>ٴومىر</p>ٴتىڭ"),
        ("<a>Әкімдік</a> <!-- -->тің", "<a>اكىمدىك</a> <!-- -->ٴتىڭ"),
    ],
)
def test_a_word_continues_through_inline_markup_only(html, arabic):
    assert body(html, ARABIC) == arabic


ALPHABET = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"


@EDITIONS
def test_a_table_of_the_alphabet_survives(edition):
    rows = "".join(
        f'<tr><th scope="row">{letter} {letter.lower()}</th>'
        f"<td>{convert(letter, 'Latn') or '—'}</td><td>{letter.lower()}</td></tr>"
        for letter in ALPHABET
    )
    table = f"<table>{rows}</table>"
    assert body(table, edition) == table
    header = "<table><tr><th>Кирилл</th><th>Латын</th></tr></table>"
    assert body(header, edition) != header


@EDITIONS
@pytest.mark.parametrize(
    "html",
    [
        "<td>Ә ә</td>",
        "<td>Әә</td>",
        "<td>ә — ä</td>",
        "<td> Ш&nbsp;ш<br>Ş ş, Sh</td>",
        "<td>И и — Ii, Iı</td>",
        '<td class="a"><b>Ұ</b></td>',
        "<th>Ғ</th>",
        "<li>ң</li>",
        "<li>а, о, ұ, ы</li>",
        "<h2 class='heading'>Қ</h2>",
        "<h3>«І»</h3>",
        "<p>Ө, ө</p>",
        "<dt>&#1240;</dt>",
    ],
)
def test_texts_of_single_letters_are_not_converted(edition, html):
    assert body(html, edition) == html


@EDITIONS
@pytest.mark.parametrize(
    "html",
    [
        "<td>Ә әрпі</td>",
        "<td>ия</td>",
        "<td>5 а</td>",
        "<li><a href='/x'>Ә</a></li>",
        "<li>Ә <ul><li>сөз</li></ul></li>",
        "<div>Ә</div>",
        "<h2>Ә</h1>",
        "<td>Ә",
        f"<td>{'ә ' * 400}</td>",
    ],
)
def test_other_letters_are_converted(edition, html):
    assert body(html, edition) != html


@EDITIONS
@pytest.mark.parametrize("attribute", ["alt", "title", "aria-label", "placeholder"])
@pytest.mark.parametrize(
    "html",
    [
        '<img lang="ru" dir="ltr" {}>',
        '<p lang="ru" dir="ltr"><b><img {}></b></p>',
        '<p lang="mn" dir="ltr"><i {}>1</i></p>',
        '<p lang="" dir="ltr"><img {}/></p>',
        '<img lang="ru-RU" dir="ltr" {}>',
        '<p translate="no"><img {}></p>',
    ],
)
def test_attributes_in_another_language_stay(edition, attribute, html):
    html = html.format(f'{attribute}="Город Қала"')
    assert body(html, edition) == html
