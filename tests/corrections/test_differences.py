"""Differences between versions, by part and by word."""

import pytest

from newsroom.articles.word_diff import DiffPiece, plain_diff
from newsroom.corrections.differences import MAX_PAIRS, differences
from newsroom.corrections.parts import Part
from tests.articles.test_pages import version_of
from tests.corrections.articles import body_with, publish, soup_of, words


def paragraphs(*texts: str) -> list[Part]:
    return [Part("paragraph", "Paragraph", text) for text in texts]


def kinds(found) -> list[str]:
    return [one.kind for one in found]


def test_nothing_changed_is_no_difference():
    assert differences(paragraphs("a", "b"), paragraphs("a", "b")) == []


def test_words_are_marked_within_a_changed_part():
    found = differences(
        paragraphs("Same.", "Five hundred people came."),
        paragraphs("Same.", "Six hundred people came."),
    )
    assert kinds(found) == ["unchanged", "changed"]
    assert found[1].pieces == (
        DiffPiece("removed", "Five "),
        DiffPiece("added", "Six "),
        DiffPiece("same", "hundred people came."),
    )


def test_an_added_part_does_not_shift_the_others():
    old = paragraphs("The first one is here.", "The second one is there.")
    new = paragraphs(
        "Quite new words.", "The first one was here.", "The second one was there."
    )
    found = differences(old, new)
    assert kinds(found) == ["added", "changed", "changed"]


def test_a_rewritten_part_is_shown_removed_and_added_as_a_whole():
    found = differences(paragraphs("Old words here."), paragraphs("Nothing alike."))
    assert [piece.kind for piece in found[0].pieces] == ["removed", "added"]


def test_a_part_never_becomes_one_of_another_kind():
    found = differences(
        [Part("heading", "Heading", "The city grows")],
        [Part("paragraph", "Paragraph", "The city grows")],
    )
    assert sorted(kinds(found)) == ["added", "removed"]


def test_a_large_rewrite_is_compared_in_bounded_time():
    count = int(MAX_PAIRS**0.5) + 1
    old = paragraphs(*(f"old {number}" for number in range(count)))
    new = paragraphs(*(f"new {number}" for number in range(count)))
    assert kinds(differences(old, new)) == ["changed"] * count


def test_a_huge_paragraph_is_compared_by_the_sentence():
    text = " ".join(f"Word {number} stands here." for number in range(2000))
    pieces = plain_diff(text, text.replace("Word 7 ", "Term 7 "))
    assert [piece.text for piece in pieces if piece.kind != "same"] == [
        "Word 7 stands here. ",
        "Term 7 stands here. ",
    ]
    assert "".join(p.text for p in pieces if p.kind != "added") == text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "b"),
        ("a < b > c", "a < d > c"),
        ("  a\n\nb ", "a b"),
        ("2 < 3 <b>x</b>", "2 < 4 <i>x</i>"),
        ("Қала-мекен «өседі».", "Қала мекен «өспейді»!"),
    ],
)
def test_both_texts_can_be_read_from_the_difference(old, new):
    pieces = plain_diff(old, new)
    assert "".join(p.text for p in pieces if p.kind != "removed") == new
    before = "".join(p.text for p in pieces if p.kind != "added")
    assert "".join(before.split()) == "".join(old.split()), "but for space"


CASES = {
    "headline": ({"title": "Форум ашылды"}, "Форум ашылды"),
    "lead": ({"lead": "Қалалар туралы үлкен форум."}, "үлкен"),
    "credit": ({"lead_picture_credit": "Архив"}, "Архив"),
}


@pytest.mark.parametrize(("fields", "added"), CASES.values(), ids=CASES)
def test_the_fields_of_an_article_are_compared(client, article, fields, added):
    publish(article, **fields)
    page = soup_of(client.get(f"{article.url}versions/1/changes/")).main
    assert added in words(page.find_all("ins")[-1])


BLOCKS = {
    "paragraph": ("Ол екі", "Ол үш", "үш"),
    "quote": ("Қала өседі", "Қала өзгереді", "өзгереді"),
    "attribution": ("әкім", "сәулетші", "сәулетші"),
    "list item": ("екінші", "үшінші", "үшінші"),
    "table cell": ('"40"', '"41"', "41"),
    "caption": ("Қатысушылар", "Қонақтар", "Қонақтар"),
}


@pytest.mark.parametrize(("old", "new", "added"), BLOCKS.values(), ids=BLOCKS)
def test_every_kind_of_block_is_compared(client, article, old, new, added):
    publish(article, body=body_with(article, **{old: new}))
    page = soup_of(client.get(f"{article.url}versions/1/changes/")).main
    assert added in words(page.find_all("ins")[-1])
    assert len(page.find_all(class_="change__text")) == 1


def test_a_change_of_formatting_only_is_named_as_such(client, article):
    publish(article, body=body_with(article, **{"<b>бес</b>": "<i>бес</i>"}))
    page = soup_of(client.get(f"{article.url}versions/1/changes/")).main
    assert page.find("ins", class_=False) is None
    assert "Бірде-бір сөз өзгерген жоқ" in words(page)


@pytest.mark.parametrize(
    ("code", "said"),
    [("kk", "Не өзгерді"), ("ru", "Что изменилось"), ("en", "What changed")],
)
def test_changes_are_read_in_each_language(client, article, code, said):
    page = article if code == "kk" else version_of(article, code)
    publish(page, lead=f"{page.lead} 2026")
    response = client.get(f"{page.url}versions/1/changes/")
    html = soup_of(response)
    assert html.html["lang"] == code
    assert words(html.h1) == said
    assert "2026" in words(html.find(class_="change__text").ins)
    for below in ("", "1/"):
        assert client.get(f"{page.url}versions/{below}").status_code == 200


def test_removals_and_additions_are_named_for_screen_readers(client, article):
    publish(article, lead="Қалалар туралы жиын.")
    html = soup_of(client.get(f"{article.url}versions/1/changes/"))
    change = html.find(class_="change__text")
    for mark in (change.ins, change.find("del")):
        assert words(mark.find(class_="visually-hidden")).startswith("[")


def test_text_is_never_markup(client, article):
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    page = publish(article, title=f"Форум {evil}", lead=f"{evil} бір")
    page = publish(page, title=f"Жиын {evil}", lead=f"{evil} екі")
    for below in ("", "2/", "2/changes/", "1/changes/3/"):
        response = client.get(f"{page.url}versions/{below}")
        assert response.status_code == 200
        html = soup_of(response)
        assert not html.find_all("script", src=False)
        assert not html.find_all("img", src="x")
    assert evil in soup_of(client.get(f"{page.url}versions/2/changes/")).main.get_text()
