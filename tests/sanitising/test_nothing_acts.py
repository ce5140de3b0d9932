"""No script, event handler or link that runs code is stored by any sanitiser.

Browsers decide what acts, so the result is read by another HTML parser than the
sanitiser's.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.sanitising import canonical as rewriting
from newsroom.sanitising import cleaning
from newsroom.sanitising.cleaning import (
    LINK_PROTOCOLS,
    PARAGRAPH_TAGS,
    SEGMENT_TAGS,
    clean_html,
    clean_link,
    clean_segment,
)
from tests.sanitising.test_cleaning import HOSTILE

# What a browser removes from a URL before it reads the scheme.
IGNORED = re.compile(r"^[\x00-\x20]+|[\t\n\r]")
SCRIPT_URLS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "\tjavascript:alert(1)",
    "java\nscript:alert(1)",
    "java\x00script:alert(1)",
    "\x01javascript:alert(1)",
    "\u2028javascript:alert(1)",
    "javascript&#58;alert(1)",
    "javascript&#x3A;alert(1)",
    "javascript&#0000058alert(1)",
    "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)",
    "jav&#x0A;ascript:alert(1)",
    "jav&Tab;ascript:alert(1)",
    "java&NewLine;script:alert(1)",
    "&amp;#106;avascript:alert(1)",
    "javascript:alert(1)//https://a.kz",
    "vbscript:msgbox(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "blob:https://a.kz/1",
    "file:///etc/passwd",
    "feed:javascript:alert(1)",
    "view-source:javascript:alert(1)",
    "//evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    " //evil.example",
    "&#47;&#x2f;evil.example",
    "&sol;&sol;evil.example",
    "/&bsol;evil.example",
]
ATTACKS = [
    *HOSTILE.values(),
    *(f'<a href="{url}">сілтеме</a>' for url in SCRIPT_URLS),
    *(f"<a href='{url}'>сілтеме</a>" for url in SCRIPT_URLS),
    '<a href="/a" href="javascript:alert(1)">сілтеме</a>',
    '<a HREF="javascript:alert(1)">сілтеме</a>',
    '<a/href="javascript:alert(1)"/onclick="alert(1)">сілтеме</a>',
    "<a href=javascript:alert(1)>сілтеме</a>",
    '<a id="x" name="y" onmouseover="alert(1)" style="x" href="/a">сілтеме</a>',
    '<a href="/a" linktype="embed" id="1 onclick=alert(1)">сілтеме</a>',
    "<b onclick=alert(1)>сөз</b><i/onfocus=alert(1) autofocus>сөз</i>",
    '<p id="1" linktype="page" href="/a">сөз</p>',
    '<img src="x" onerror="alert(1)">сөз<img/src/onerror=alert(1)>',
    "<svg/onload=alert(1)>сөз</svg>",
    "<svg><a xlink:href='javascript:alert(1)'>сөз</a></svg>",
    "<math><a xlink:href='javascript:alert(1)'>сөз</a></math>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>script>alert(1)<</script>/script>",
    "<script\n>alert(1)</script\n>сөз",
    "<script/x>alert(1)</script/x>сөз",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>сөз",
    "<title><img src=x onerror=alert(1)></title>сөз",
    "<textarea><img src=x onerror=alert(1)></textarea>сөз",
    "<xmp><img src=x onerror=alert(1)></xmp>сөз",
    "<style><img src=x onerror=alert(1)></style>сөз",
    "<!--><img src=x onerror=alert(1)>-->сөз",
    "<!--!><script>alert(1)</script>-->сөз",
    "<![CDATA[<script>alert(1)</script>]]>сөз",
    "<?xml version='1.0'?><script>alert(1)</script>сөз",
    "<form action='javascript:alert(1)'><button formaction=javascript:x>сөз</form>",
    "<object data='javascript:alert(1)'><embed src='javascript:alert(1)'>сөз",
    "<base href='//evil.example/'><meta http-equiv=refresh content='0;url=//evil.x'>",
    "<link rel=stylesheet href='//evil.example/a.css'>сөз",
    "<table background='javascript:alert(1)'><tr><td onclick=alert(1)>сөз</table>",
    "&lt;script&gt;alert(1)&lt;/script&gt;сөз",
    "&amp;lt;script&amp;gt;сөз",
    '<a href="/a&quot; onclick=&quot;alert(1)">сілтеме</a>',
    "<a href='/a\" onclick=\"alert(1)'>сілтеме</a>",
]


class Browser(HTMLParser):
    """Collect what a browser would find in a document."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.others: list[str] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def check(markup: str, tags: set[str], attributes: set[str]) -> None:
    """Fail if a browser would run or load something of *markup*."""
    read = Browser(markup)
    assert read.others == []
    for tag, found in read.elements:
        assert tag in tags
        assert set(found) <= (attributes if tag == "a" else set())
        assert re.fullmatch(r"a?[0-9]+", found.get("id", "1"))
        assert found.get("linktype", "page") in {"page", "document"}
        url = IGNORED.sub("", found.get("href", "")).replace("\\", "/")
        assert urlsplit(url).scheme in {"", *LINK_PROTOCOLS}
        assert not url.startswith("//")


@pytest.fixture(autouse=True)
def no_cached_results():
    """Forget cleaned texts: all threads share them, and tests change the limits."""
    clean_html.cache_clear()
    yield
    clean_html.cache_clear()


def in_new_thread(clean, markup: str) -> str:
    """Clean *markup* in a thread of its own, as a server's new thread does."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(clean, markup).result()


def each_cleaned(clean) -> list[str]:
    return in_new_thread(lambda markups: [clean(one) for one in markups], ATTACKS)


@pytest.fixture(params=["all of it", "the sanitiser alone"])
def defences(request, monkeypatch) -> None:
    """Clean with and without the rewriting that removes most attacks already."""
    if request.param == "the sanitiser alone":
        monkeypatch.setattr(
            cleaning,
            "canonical",
            lambda markup, **_tags: rewriting.Canonical(markup, "\ue000"),
        )


def test_no_attack_acts_in_a_paragraph(defences):
    for cleaned in each_cleaned(clean_html):
        check(cleaned, PARAGRAPH_TAGS, {"href", "linktype", "id"})


def test_no_attack_acts_in_a_translated_segment(defences):
    for cleaned in each_cleaned(clean_segment):
        check(cleaned, SEGMENT_TAGS, {"id"})


def test_the_words_around_an_attack_are_kept():
    for clean in (clean_html, clean_segment):
        for markup, cleaned in zip(ATTACKS, each_cleaned(clean), strict=True):
            for word in ("Мәтін", "сілтеме"):
                assert cleaned.count(word) == markup.count(word)


def test_escaped_markup_stays_text():
    for clean in (clean_html, clean_segment):
        cleaned = in_new_thread(clean, "&lt;script&gt;alert(1)&lt;/script&gt; R&amp;D")
        assert Browser(cleaned).text == "<script>alert(1)</script> R&D"
        assert Browser(in_new_thread(clean, "&amp;lt;b&amp;gt;")).text == "&lt;b&gt;"


@pytest.mark.parametrize(
    ("markup", "stored"),
    [
        ('<a href="https://a.kz/">а</a>', '<a href="https://a.kz/">а</a>'),
        ('<a href="http://a.kz:80/">а</a>', '<a href="http://a.kz:80/">а</a>'),
        ('<a href="HTTPS://A.KZ/">а</a>', '<a href="HTTPS://A.KZ/">а</a>'),
        ('<a href="tel:+77272">а</a>', '<a href="tel:+77272">а</a>'),
        ('<a href="mailto:a@b.kz">а</a>', '<a href="mailto:a@b.kz">а</a>'),
        ('<a href="/kk/a/?b=1&amp;c=2">а</a>', '<a href="/kk/a/?b=1&amp;c=2">а</a>'),
        ('<a href="#note">а</a>', '<a href="#note">а</a>'),
        ('<a linktype="page" id="12">а</a>', '<a id="12" linktype="page">а</a>'),
        ('<a linktype="document" id="3">а</a>', '<a id="3" linktype="document">а</a>'),
        ('<a linktype="page" id="0">а</a>', "а"),
        ("<b>а</b><br><i>ә</i>", "<b>а</b><br/><i>ә</i>"),
    ],
)
def test_harmless_links_and_emphasis_are_kept(markup, stored):
    assert in_new_thread(clean_html, f"<p>{markup}</p>") == f"<p>{stored}</p>"


@pytest.mark.parametrize(
    ("markup", "stored"),
    [
        ('<a id="a1" href="/a">а</a>', '<a id="a1">а</a>'),
        ('<a id="7">а</a>', '<a id="7">а</a>'),
        ('<a id="a1b">а</a>', "<a>а</a>"),
        ('<a id="x" linktype="page">а</a>', "<a>а</a>"),
        ("<abbr>АҚ</abbr><code>x</code>", "<abbr>АҚ</abbr><code>x</code>"),
        ("а<br>ә", "а<br/>ә"),
        ("<p>а</p><p>ә</p>", "а ә"),
        ("<h2>а</h2>ә<table><tr><td>б</td></tr></table>", "а ә б"),
        ("<u>а</u>", "а"),
    ],
)
def test_a_segment_keeps_inline_tags_and_the_numbers_of_its_links(markup, stored):
    assert " ".join(in_new_thread(clean_segment, markup).split()) == stored


@given(st.text(alphabet=st.sampled_from("<>/=\"' \\asonclikcrhefjvpt:&;#x3A/!-")))
def test_no_tags_in_any_order_act(markup):
    check(clean_html(markup), PARAGRAPH_TAGS, {"href", "linktype", "id"})
    check(clean_segment(markup), SEGMENT_TAGS, {"id"})


@pytest.mark.parametrize("url", SCRIPT_URLS)
def test_a_link_field_takes_no_url_that_acts(url):
    assert clean_link(url) == ""


@pytest.mark.parametrize(
    ("address", "stored"),
    [
        (" https://a.kz/ ", "https://a.kz/"),
        ("HTTP://A.KZ", "HTTP://A.KZ"),
        ("https://a.kz/б\nв", "https://a.kz/б в"),
        ("ht\ttps://a.kz", "ht\ttps://a.kz"),
        ("\x01https://a.kz/\x00", "https://a.kz/"),
        ("mailto:a@b.kz", ""),
        ("/kk/a/", ""),
        ("a.kz", ""),
        ("https://[::1", ""),
        ("", ""),
    ],
)
def test_a_link_field_takes_full_web_addresses_only(address, stored):
    assert clean_link(address) == stored


@pytest.mark.parametrize("clean", [clean_html, clean_segment])
def test_a_text_with_too_many_tags_keeps_its_words_and_few_tags(clean, monkeypatch):
    """Five open elements would be repeated in each of a thousand paragraphs."""
    for module in (cleaning, rewriting):
        monkeypatch.setattr(module, "MAX_TAGS", 200)
    words = [f"сөз{number}" for number in range(190)]
    opened = "<b><i><sup><sub><bdi>"
    for parting in ("<p>", "<br>", "<td>"):
        cleaned = clean(opened + "".join(f"{parting}{word}" for word in words))
        assert Browser(cleaned.replace("<", " <")).text.split() == words
        assert cleaned.count("<") < 200 * 3
        assert clean(cleaned) == cleaned
    many = clean("".join(f"<i>{word}</i><br>" for word in words))
    assert Browser(many.replace("<", " <")).text.split() == words
    assert many.count("<") < 200 * 3
