"""Letters that an article is about, and Russian, are left in every edition."""

import pytest

from newsroom.demo import content
from newsroom.transliteration.kept_words import is_russian, kept_spans
from newsroom.transliteration.text import converted_text
from tests.transliteration.test_markup import EDITIONS, body

ALPHABET_ARTICLE = "latin-alphabet-2021-draft"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Жаңа ә, ғ, қ әріптері", ["ә", "ғ", "қ"]),
        ("Ү және ұ: айырмасы неде?", ["Ү", "ұ"]),
        ("и мен у әріптерінің емлесі", ["и", "у"]),
        ("«Ә» қалай жазылады?", ["Ә"]),
        ("Ә әрпі", ["Ә"]),
        ("Қ қ әрпі", ["Қ қ"]),
        ("а дыбысы", ["а"]),
        ("«а», «б» әріптері", ["б"]),
        ("Ә-ден Я-ға дейін", ["Ә", "Я"]),
        ("ғалам — ğalam", ["ғалам"]),
        ("Qazaqstan (Қазақстан)", ["Қазақстан"]),
        ("Шаш = şaş, үн → ün", ["Шаш", "үн"]),
    ],
)
def test_letters_and_words_that_a_text_is_about_are_found(text, kept):
    assert [text[start:end] for start, end in kept_spans(text)] == kept


@pytest.mark.parametrize(
    "text",
    [
        "Ә. Бөкейхан мен М. Дулатов",
        "9 «Б» сыныбы",
        "а, б және в тармақшалары",
        "«С» витамині",
        "5 м-ге, 3 т-дан",
        "т. б. а/ш және т/ж",
        "Wagtail — жүйе",
        "ән — song",
        "",
        "-",
    ],
)
def test_initials_units_and_items_are_converted(text):
    assert kept_spans(text) == []


@EDITIONS
def test_words_around_the_letters_are_converted(edition):
    text = "Жаңа ә, ғ және қ әріптері"
    written = converted_text(text, edition)
    assert [letter for letter in "әғқ" if letter in written] == ["ә", "ғ", "қ"]
    for word in ("Жаңа", "және", "әріптері"):
        assert word not in written


@EDITIONS
@pytest.mark.parametrize(
    "html", ["<h2>{}</h2>", "<td>{}</td>", "<li>{}</li>", "<figcaption>{}</figcaption>"]
)
def test_plain_fields_keep_their_letters(edition, html):
    written = body(html.format("Ә, ө, ү қалай оқылады?"), edition)
    assert all(letter in written for letter in "Әөү")
    assert "қалай" not in written


RUSSIAN = [
    "Город у реки",
    "Вид на город ночью",
    "Фото из архива",
    "В зале заседаний",
    "Здание парламента",
    "Участники форума",
]
KAZAKH = [
    "Алматы облысы",
    "Спорт сарайы",
    "Ресей делегациясы",
    "Депутаттар залда",
    "Балалар бассейнде",
    "Президент Токаев",
    "Иван Петров",
    "Астана",
    "Су",
    "Министр Алимов пен Петров",
    "",
]


@pytest.mark.parametrize("text", RUSSIAN)
def test_a_text_in_russian_is_recognised(text):
    assert is_russian(text)


@pytest.mark.parametrize("text", KAZAKH)
def test_kazakh_texts_without_letters_of_their_own_and_names_are_not(text):
    assert not is_russian(text)


@EDITIONS
@pytest.mark.parametrize("text", RUSSIAN)
@pytest.mark.parametrize(
    "html", ['<img alt="{}">', '<i title="{}">1</i>', "<figcaption>{}</figcaption>"]
)
def test_russian_without_a_marked_language_stays(edition, html, text):
    html = html.format(text)
    assert body(html, edition) == html


@EDITIONS
@pytest.mark.parametrize("text", KAZAKH[:5])
def test_kazakh_alternative_texts_are_converted(edition, text):
    html = f'<img alt="{text}">'
    assert body(html, edition) != html


def alphabet_texts() -> dict[str, str]:
    """Return the Kazakh texts of the demo's article on the alphabet, by place."""
    (article,) = [a for a in content.articles() if a.id == ALPHABET_ARTICLE]
    return {entry.msgctxt: entry.msgstr for entry in article.translations()["kk"]}


@EDITIONS
def test_the_article_on_the_alphabet_keeps_its_letters_and_examples(edition):
    texts = alphabet_texts()
    cells = {
        place.rpartition(".r")[2]: text
        for place, text in texts.items()
        if ".table.r" in place
    }
    examples = {place: text for place, text in cells.items() if place[0] != "0"}
    assert len(examples) == 18
    for text in examples.values():
        assert body(f"<td>{text}</td>", edition) == f"<td>{text}</td>"
    for place, text in texts.items():
        if place not in ("title", "lead") and ".table." not in place:
            assert body(f"<p>{text}</p>", edition) != f"<p>{text}</p>"
    for digraph in ("<i>sh</i>", "<i>ch</i>"):
        paragraph = next(text for text in texts.values() if digraph in text)
        assert digraph in body(f"<p>{paragraph}</p>", edition)
