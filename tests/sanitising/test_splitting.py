"""Splitting of pasted HTML into blocks, with fixtures of real clipboards."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.articles.blocks import BODY_BLOCKS
from newsroom.sanitising.reports import REPORTS
from newsroom.sanitising.splitting import MAX_DEPTH, SplitError, split

CLIPBOARD = Path(__file__).parent / "clipboard"


def pasted(name: str):
    found = split((CLIPBOARD / f"{name}.html").read_text(encoding="utf-8"))
    blocks = [(one["type"], one["value"]) for one in found.blocks]
    return blocks, dict(found.reports.counts)


def quote(text: str) -> tuple[str, dict]:
    return "quote", {"text": text, "said": "", "speaker": "", "role": ""}


def listed(*items: str) -> tuple[str, dict]:
    return "list", {"heading": "", "introduction": "", "items": list(items)}


def test_word_becomes_our_blocks():
    blocks, dropped = pasted("word")
    table = blocks.pop(3)[1]["table"]
    assert blocks == [
        ("heading", "Арал өңірі"),
        (
            "paragraph",
            "<p><b>Кіші Арал</b> 3 288 км<sup>2</sup>, тереңдігі <i>42 м</i>."
            "<br/>Екінші жол.</p>",
        ),
        listed("бөгет салынды", "балық оралды"),
        quote("Теңіз жақындады"),
    ]
    assert table["data"] == [["Жыл", ""], ["2005", "30 м"]]
    assert dropped == {"picture": 1, "cell": 1}


def test_google_docs_becomes_our_blocks():
    blocks, dropped = pasted("google_docs")
    table = blocks.pop()[1]["table"]
    assert blocks == [
        ("heading", "Форум"),
        (
            "paragraph",
            "<p>Аумағы 5 км<sup>2</sup><b> қалың</b><i> көлбеу</i> "
            '<a href="https://unhabitat.org/">UN-Habitat</a></p>',
        ),
        listed("бірінші", "екінші"),
    ]
    assert table["data"] == [["а", "ә"]]
    assert dropped == {}


def test_libreoffice_becomes_our_blocks():
    blocks, dropped = pasted("libreoffice")
    table = blocks.pop(3)[1]["table"]
    assert blocks == [
        ("heading", "Тақырып"),
        ("paragraph", "<p>CO<sub>2</sub> деңгейі</p>"),
        listed("бір", "екі", "ішкі"),
        quote("Бірінші сөз\nекінші сөз"),
    ]
    assert table["data"] == [["Қала", "Халқы"], ["Алматы", "2 млн"]]
    assert table["table_header_choice"] == "row"
    assert dropped == {"list": 2}


def test_telegram_becomes_our_blocks():
    assert pasted("telegram") == (
        [
            ("paragraph", "<p>Шұғыл хабар 🔥</p>"),
            (
                "paragraph",
                "<p><b>Сырдария</b> деңгейі көтерілді.<br/>Тұрғындар көшірілуде.</p>",
            ),
            ("paragraph", '<p><a href="https://t.me/qogam/1">Толығырақ</a></p>'),
        ],
        {},
    )


def test_a_news_page_becomes_our_blocks():
    blocks, dropped = pasted("news_page")
    assert blocks == [
        ("paragraph", '<p><a href="/">Басты бет</a></p>'),
        ("heading", "Жаңа метро"),
        ("paragraph", "<p>Бекет. Фото: А. Б.</p>"),
        ("paragraph", "<p>Алматыда <b>метро</b> ашылды.</p>"),
        ("heading", "Бекеттер"),
        listed("Сарыарқа", "Достық"),
        quote("Қала өседі.\nМетро да өседі."),
        ("fact_box", {"title": "Дерек", "text": "<p>Ұзындығы 13 км.</p>"}),
        (
            "embed",
            {
                "url": "https://www.youtube.com/embed/abc",
                "title": "Бейне",
                "description": "",
            },
        ),
        ("paragraph", "<p>Соңыөшірілген.</p>"),
    ]
    assert dropped == {"picture": 1, "embedded": 1, "strike": 1}


@pytest.mark.parametrize(
    "markup",
    [
        "<p>км<span style='vertical-align: super'>2</span></p>",
        "<p>км<font style='vertical-align:30%'>2</font></p>",
        "<p>км<span style='position:relative;mso-text-raise:5.0pt'>2</span></p>",
        "<p>км<sup><span>2</span></sup></p>",
    ],
)
def test_a_raised_figure_stays_raised(markup):
    assert split(markup).blocks == [
        {"type": "paragraph", "value": "<p>км<sup>2</sup></p>"}
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "<script>құпия",
        "<style>құпия",
        "<!-- құпия",
        "<!--[if mso]>құпия<![endif]-->",
        "<head><title>құпия</title></head>",
        "<template><p>құпия</p></template>",
        "<p style='display:none'>құпия</p>",
    ],
)
def test_hidden_content_never_becomes_text(markup):
    assert "құпия" not in str(split(f"<p>Мәтін</p>{markup}").blocks)
    assert "Мәтін" in str(split(f"<p>Мәтін</p>{markup}").blocks)


def test_a_table_of_one_column_is_text_and_cells_stay_in_their_columns():
    assert split("<table><tr><td>Мәтін</td></tr></table>").blocks == [
        {"type": "paragraph", "value": "<p>Мәтін</p>"}
    ]
    rows = "<tr><td rowspan=2>а<td>б<tr><td>в"
    (table,) = split(f"<table><caption>Кесте</caption>{rows}</table>").blocks
    assert table["value"]["caption"] == "Кесте"
    assert table["value"]["table"]["data"] == [["а", "б"], ["", "в"]]


def test_documents_that_are_too_deep_or_too_long_are_refused():
    for markup in (
        "<div>" * (MAX_DEPTH + 1) + "а",
        "<b>" * 30_000 + "а",
        "а" * 2_000_001,
        "<p>а</p>" * 1_001,
    ):
        with pytest.raises(SplitError):
            split(markup)


WORDS = ["бір", "екі", "үш", "төрт"]
TAGS = "p div h2 ul ol li blockquote table tr td th aside b i sup a pre br".split()


OPENED, CLOSED = [f"<{tag}>" for tag in TAGS], [f"</{tag}>" for tag in TAGS]
NAMES = {name for name, _block in BODY_BLOCKS}


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*WORDS, *(f"<{t}>" for t in TAGS), *(f"</{t}>" for t in TAGS)]
        ),
        max_size=20,
    )
)
def test_no_order_of_tags_loses_or_doubles_a_word(pieces):
    found = split(" ".join(pieces))
    text = str(found.blocks)
    for word in WORDS:
        assert text.count(word) == pieces.count(word)
    assert {block["type"] for block in found.blocks} <= {
        name for name, _ in BODY_BLOCKS
    }
    assert set(found.reports.counts) <= set(REPORTS)
