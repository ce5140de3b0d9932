"""Template tags and filters of readers' pages."""

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.html import escape
from wagtail.rich_text import RichText

from newsroom.articles.templatetags.addresses import hostname
from newsroom.articles.templatetags.listing import (
    first_sentence,
    front_page,
    page_numbers,
)
from newsroom.articles.templatetags.tables import TableCell, table_rows
from newsroom.articles.templatetags.typography import (
    with_dashes_kept,
    with_short_compounds_kept,
)
from search.results.excerpts import ExcerptPiece


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("«Бұл — бастау». Келесі сөйлем.", "«Бұл — бастау»."),
        ("В г. Алматы открылось метро. Поезда ходят.", "В г. Алматы открылось метро."),
        ("Сказал А. С. Иванов. Затем ушёл.", "Сказал А. С. Иванов."),
        ("Rice is down 5 %. Water too.", "Rice is down 5 %."),
        ("Бір ғана сөйлем", "Бір ғана сөйлем"),
        ("", ""),
    ],
    ids=["quotation", "abbreviation", "initials", "percent", "one", "empty"],
)
def test_the_first_sentence_ends_where_a_sentence_ends(
    text: str, sentence: str
) -> None:
    assert first_sentence(text) == sentence


def articles(*pictures: int | None) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(title=str(number), lead_picture_id=picture)
        for number, picture in enumerate(pictures, start=1)
    ]


@pytest.mark.parametrize(
    ("pictures", "lead"),
    [((None, 7, 8), "2"), ((None, None), "1"), ((*[None] * 5, 9), "1")],
    ids=["newest with a picture", "no picture", "picture too far down"],
)
def test_the_front_page_opens_with_a_picture_where_it_can(
    pictures: tuple[int | None, ...], lead: str
) -> None:
    listed = articles(*pictures)
    front = front_page(Paginator(listed, 20).get_page(1))
    assert front.lead is not None
    assert front.lead.title == lead
    assert front.rest == [a for a in listed if a.title != lead]


def test_an_empty_front_page_has_no_lead() -> None:
    assert front_page(Paginator([], 20).get_page(1)) == (None, [])


def test_many_pages_are_left_out_of_the_pagination() -> None:
    pages = Paginator(range(1000), 10)
    assert list(page_numbers(pages.get_page(50))) == [1, "…", 49, 50, 51, "…", 100]


def test_a_table_knows_its_headers_and_its_columns_of_figures() -> None:
    rows = table_rows(
        {
            "data": [
                ["Облыс", "2024", "Өзгеріс"],
                ["Қызылорда", "1 204,8", "+12,6 %"],
                ["Абай", "—", None],
            ],
            "first_row_is_table_header": True,
            "first_col_is_header": True,
        }
    )
    assert rows["head"] == [
        [
            TableCell("Облыс", "col", False),
            TableCell("2024", "col", True),
            TableCell("Өзгеріс", "col", True),
        ]
    ]
    assert rows["body"] == [
        [
            TableCell("Қызылорда", "row", False),
            TableCell("1 204,8", "", True),
            TableCell("+12,6 %", "", True),
        ],
        [
            TableCell("Абай", "row", False),
            TableCell("—", "", True),
            TableCell("", "", True),
        ],
    ]


@pytest.mark.parametrize(
    "table", [None, {}, {"data": []}], ids=["none", "new", "empty"]
)
def test_an_empty_table_has_no_rows(table: dict | None) -> None:
    assert table_rows(table) == {"head": [], "body": []}


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.un.org/kz", "un.org"),
        ("https://қазақстан.қаз/бет", "қазақстан.қаз"),
        ("not a url", ""),
        ("http://[broken", ""),
    ],
)
def test_the_hostname_of_an_address(url: str, host: str) -> None:
    assert hostname(url) == host


@pytest.mark.parametrize(
    ("text", "typeset"),
    [
        ("форумы — 2025 өтіп жатыр", "форумы\u00a0— 2025 өтіп жатыр"),
        ("Өңірлер – шешімдер — жаңа", "Өңірлер\u00a0– шешімдер\u00a0— жаңа"),
        ("14–23 наурыз - жоқ", "14–23 наурыз - жоқ"),
        ("— деді ол", "— деді ол"),
        ("", ""),
    ],
    ids=["em", "both", "ranges-and-hyphens", "first", "empty"],
)
def test_a_dash_stays_with_the_word_before_it(text: str, typeset: str) -> None:
    assert with_dashes_kept(text) == typeset


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("UN-Habitat", ["UN-Habitat"]),
        ("COVID-19 және (іс-шара), «кім-кім»", ["COVID-19", "іс-шара", "кім-кім"]),
        ("Нұр-Сұлтан & <b>из-за</b>", ["Нұр-Сұлтан", "из-за"]),
        ("Алматы-Қызылорда алты - бес -2 - ана-мына-сол", []),
        ("2025-11-23, 8-777-123-45-67, 10-15", []),
        ("un-habitat.org, a-b@mail.kz, https://a-b.kz/c-d", []),
        ("ел-" + "ә" * 40, []),
        ("а-" * 3000, []),
    ],
)
def test_short_parts_of_a_compound_stay_on_one_line(text: str, kept: list[str]) -> None:
    shown = BeautifulSoup(
        Template("{% load typography %}{{ text|with_dashes_kept }}").render(
            Context({"text": text})
        ),
        "html.parser",
    )
    assert [span.get_text() for span in shown.find_all("span")] == kept
    assert shown.get_text() == text
    link = '<a href="https://a-b.kz/un-habitat">{}</a>'
    source = f"<p>{escape(text)} {link.format('кім-кім')}</p>"
    rich = BeautifulSoup(
        with_short_compounds_kept(RichText(source)).source, "html.parser"
    )
    assert [span.get_text() for span in rich.find_all("span")] == [*kept, "кім-кім"]
    assert rich.get_text() == f"{text} кім-кім"
    assert rich.a["href"] == "https://a-b.kz/un-habitat"


def test_a_dash_stays_with_a_word_that_was_found() -> None:
    pieces = [ExcerptPiece("форумы", is_marked=True), ExcerptPiece(" — <2025>")]
    shown = render_to_string("components/pieces.html", {"pieces": pieces})
    assert shown.strip() == "<mark>форумы</mark>\u00a0— &lt;2025&gt;"
