"""The page of changes shows new texts, but not moved ones."""

import json

import pytest
from django.urls import reverse

from newsroom.translation.desk.changes_view import changed_segments
from newsroom.translation.models import TranslationStatus
from tests.translation.articles import republish, state
from tests.translation.test_reuse import begin, items, paragraph, table

__all__ = ["begin"]

State = TranslationStatus.State


@pytest.fixture
def publish(begin, committed):
    """Make a body, its translation, and publish both."""

    def make(*blocks: dict):
        article, translation = begin(*blocks)
        with committed():
            translation.save_target(publish=True)
        assert state(article, "ru").state == State.LIVE
        return article, translation

    return make


def shown(translation) -> list[str]:
    """Return each change as "old > new", without spaces around."""
    lines = []
    for one in changed_segments(translation):
        old = "".join(p.text for p in one.pieces if p.kind != "added").strip()
        new = "".join(p.text for p in one.pieces if p.kind != "removed").strip()
        lines.append(f"{old} > {new}".strip())
    return lines


TABLE = ("Қала Жыл", "Ақтау 1963", "Шымкент 1914")
TABLES = {
    "a row inserted": (
        ("Қала Жыл", "Тараз 1856", "Ақтау 1963", "Шымкент 1914"),
        ["> Тараз", "> 1856"],
    ),
    "a row inserted first": (
        ("Тараз 1856", *TABLE),
        ["> Тараз", "> 1856"],
    ),
    "a row removed": (("Қала Жыл", "Шымкент 1914"), ["Ақтау >", "1963 >"]),
    "a row inserted and a cell below changed": (
        ("Қала Жыл", "Тараз 1856", "Ақтау 1963", "Шымкент 1915"),
        ["> Тараз", "> 1856", "1914 > 1915"],
    ),
    "a cell changed": (("Қала Жыл", "Ақтау 1964", "Шымкент 1914"), ["1963 > 1964"]),
    "a column inserted": (
        ("Қала Ел Жыл", "Ақтау kz 1963", "Шымкент kz 1914"),
        ["> Ел", "> kz", "> kz"],
    ),
    "rows swapped": (("Қала Жыл", "Шымкент 1914", "Ақтау 1963"), []),
}


@pytest.mark.parametrize(("rows", "expected"), TABLES.values(), ids=TABLES)
def test_only_new_and_changed_cells_of_a_table_are_shown(rows, expected, publish):
    article, translation = publish(table(*TABLE))
    republish(article, body=json.dumps([table(*rows)]))
    assert shown(translation) == expected
    row = state(article, "ru")
    assert (row.state, row.segments_changed) == (State.OUTDATED, len(expected) or 1)


BLOCKS = {
    "a block split": (
        [paragraph("a", "Бірінші."), paragraph("b", "Екінші.", "Үшінші.")],
        [],
    ),
    "a block split and changed": (
        [paragraph("a", "Бірінші."), paragraph("b", "Екінші.", "Жаңа.")],
        ["Үшінші. >", "> Жаңа."],
    ),
    "a block joined": (
        [paragraph("a", "Бірінші.", "Екінші.", "Үшінші.", "Алма", "Алмұрт")],
        [],
    ),
}
ALL = [items(("x", "Алма"), ("y", "Алмұрт"))]


@pytest.mark.parametrize(("blocks", "expected"), BLOCKS.values(), ids=BLOCKS)
def test_only_new_texts_of_a_split_block_are_shown(blocks, expected, publish):
    article, translation = publish(
        paragraph("a", "Бірінші.", "Екінші.", "Үшінші."), *ALL
    )
    rest = [] if "Алма" in str(blocks) else ALL
    republish(article, body=json.dumps([*blocks, *rest]))
    assert shown(translation) == expected
    assert state(article, "ru").state == State.OUTDATED


def test_a_changed_cell_of_a_moved_row_shows_its_old_translation(publish, log_in):
    article, translation = publish(table(*TABLE))
    rows = ("Қала Жыл", "Тараз 1856", "Ақтау 1963", "Шымкент 1915")
    republish(article, body=json.dumps([table(*rows)]))
    changed = changed_segments(translation)[-1]
    assert changed.old_translation == "[1914] body.t.table.r2c1"
    client = log_in("News editors")
    client.post(
        reverse("translation_desk:changes", args=[translation.pk]),
        {"segment": changed.key, "text": "1915 год", "seen": ""},
    )
    (one,) = [c for c in changed_segments(translation) if c.key == changed.key]
    assert one.translation == "1915 год"


def test_a_translation_of_moved_texts_is_published_again_and_then_live(
    publish, committed, log_in
):
    article, translation = publish(table(*TABLE))
    rows = ("Қала Жыл", "Шымкент 1914", "Ақтау 1963")
    republish(article, body=json.dumps([table(*rows)]))
    url = reverse("translation_desk:changes", args=[translation.pk])
    page = log_in("News editors").get(url)
    assert page.context["moved"] == 2
    assert "2 texts only stand elsewhere now" in page.content.decode()
    assert "Nothing has changed" not in page.content.decode()
    with committed():
        translation.save_target(publish=True)
    row = state(article, "ru")
    assert (row.state, row.segments_changed) == (State.LIVE, 0)
