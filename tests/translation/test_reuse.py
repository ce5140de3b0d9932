"""Texts that move within an article keep their translations."""

import json

import pytest
from wagtail_localize.models import StringTranslation, Translation

from newsroom.articles.models import ArticlePage
from newsroom.translation.memory import reuse
from newsroom.translation.memory.reuse import align
from newsroom.translation.models import MemoryKey, SegmentComment
from newsroom.translation.segments import segments_of
from newsroom.translation.sources import refresh_source_from_draft
from newsroom.translation.synchronisation.source_snapshots import present_segments
from tests.factories import make_article
from tests.translation.articles import republish, state, submit, translate

MANUAL = StringTranslation.TRANSLATION_TYPE_MANUAL
MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE


def table(*rows: str) -> dict:
    """Return a table of rows whose cells are parted by spaces."""
    data = [row.split() for row in rows]
    value = {"caption": "", "table": {"data": data}}
    return {"type": "table", "id": "t", "value": value}


def paragraph(identity: str, *texts: str) -> dict:
    html = "".join(f"<p>{text}</p>" for text in texts)
    return {"type": "paragraph", "id": identity, "value": html}


def items(*named: tuple[str, str]) -> dict:
    value = {
        "heading": "",
        "introduction": "",
        "items": [
            {"type": "item", "id": identity, "value": text} for identity, text in named
        ],
    }
    return {"type": "list", "id": "l", "value": value}


@pytest.fixture
def begin(sections, locales, committed):
    """Make an article with a body and its Russian translation.

    A person has translated every segment in its place.
    """

    def make(*blocks: dict) -> tuple[ArticlePage, Translation]:
        article = make_article(sections["kk"], body=json.dumps(blocks))
        with committed():
            translation = submit(article, locales["ru"])
            translate(translation)
        for text in StringTranslation.objects.filter(
            context__object_id=article.translation_key
        ).select_related("context"):
            text.data = f"{text.data} {text.context.path}"
            text.save()
        return article, translation

    return make


def body_of(translation: Translation) -> dict[str, str]:
    """Return the translations of the body's segments by the place and text of each."""
    return {
        f"{one.path} {one.source}": one.translation
        for one in segments_of(translation)
        if one.path.startswith("body")
    }


def test_a_row_inserted_into_a_table_keeps_the_translations_of_the_others(begin):
    article, translation = begin(table("Қала Жыл", "Ақтау 1963", "Шымкент 1963"))
    new = table("Қала Жыл", "Тараз 1856", "Ақтау 1963", "Шымкент 1963")
    republish(article, body=json.dumps([new]))
    assert body_of(translation) == {
        "body.t.table.r0c0 Қала": "[Қала] body.t.table.r0c0",
        "body.t.table.r0c1 Жыл": "[Жыл] body.t.table.r0c1",
        "body.t.table.r1c0 Тараз": "",
        "body.t.table.r1c1 1856": "",
        "body.t.table.r2c0 Ақтау": "[Ақтау] body.t.table.r1c0",
        "body.t.table.r2c1 1963": "[1963] body.t.table.r1c1",
        "body.t.table.r3c0 Шымкент": "[Шымкент] body.t.table.r2c0",
        "body.t.table.r3c1 1963": "[1963] body.t.table.r2c1",
    }
    row = state(article, "ru")
    assert row.segments_total - row.segments_translated == 2


# What becomes of a table of three rows: the new table, and where each text that is
# still in it stood before.
TABLE = ("Ақтау Жоқ 1", "Тараз Жоқ 2", "Шымкент Жоқ 3")
TABLES = {
    "rows swapped": (
        ("Шымкент Жоқ 3", "Тараз Жоқ 2", "Ақтау Жоқ 1"),
        "r2c0 r2c1 r2c2 r1c0 r1c1 r1c2 r0c0 r0c1 r0c2",
    ),
    "row removed": (("Тараз Жоқ 2", "Шымкент Жоқ 3"), "r1c0 r1c1 r1c2 r2c0 r2c1 r2c2"),
    "column inserted": (
        ("Ақтау а Жоқ 1", "Тараз б Жоқ 2", "Шымкент в Жоқ 3"),
        "r0c0 - r0c1 r0c2 r1c0 - r1c1 r1c2 r2c0 - r2c1 r2c2",
    ),
    "columns swapped": (
        ("1 Ақтау Жоқ", "2 Тараз Жоқ", "3 Шымкент Жоқ"),
        "r0c2 r0c0 r0c1 r1c2 r1c0 r1c1 r2c2 r2c0 r2c1",
    ),
    "rows inserted at both ends": (
        ("Х У Ц", *TABLE, "Ш Щ Ъ"),
        "- - - r0c0 r0c1 r0c2 r1c0 r1c1 r1c2 r2c0 r2c1 r2c2 - - -",
    ),
}


@pytest.mark.parametrize(("rows", "places"), TABLES.values(), ids=TABLES)
def test_equal_cells_keep_each_its_own_translation(rows, places, begin):
    article, translation = begin(table(*TABLE))
    republish(article, body=json.dumps([table(*rows)]))
    found = [text.rpartition(".")[2] or "-" for text in body_of(translation).values()]
    assert found == places.split()


def test_texts_that_move_between_blocks_keep_their_translations(begin):
    """Edit blocks in many ways between two translations.

    A block is split, deleted and added again, items of a list move, and a paragraph
    becomes part of a fact box.
    """
    article, translation = begin(
        paragraph("a", "Бірінші.", "Екінші.", "Үшінші."),
        items(("x", "Алма"), ("y", "Алмұрт")),
        {"type": "heading", "id": "h", "value": "Тақырып"},
    )
    box = {"title": "Тақырып", "text": "<p>Үшінші.</p>"}
    new = [
        paragraph("b", "Бірінші."),
        paragraph("c", "Екінші.", "Жаңа."),
        items(("z", "Алмұрт"), ("x", "Алма")),
        {"type": "fact_box", "id": "f", "value": box},
    ]
    republish(article, body=json.dumps(new))
    assert body_of(translation) == {
        "body.b Бірінші.": "[Бірінші.] body.a",
        "body.c Екінші.": "[Екінші.] body.a",
        "body.c Жаңа.": "",
        "body.l.items.z Алмұрт": "[Алмұрт] body.l.items.y",
        "body.l.items.x Алма": "[Алма] body.l.items.x",
        "body.f.title Тақырып": "[Тақырып] body.h",
        "body.f.text Үшінші.": "[Үшінші.] body.a",
    }


def test_moved_machine_translations_stay_marked_as_such(begin, admin_user):
    article, _translation = begin(paragraph("a", "Бірінші.", "Екінші."))
    made = StringTranslation.objects.filter(translation_of__data="Бірінші.")
    made.update(translation_type=MACHINE, tool_name="Машина")
    StringTranslation.objects.filter(translation_of__data="Екінші.").update(
        last_translated_by=admin_user
    )
    before = made.get().updated_at
    republish(article, body=json.dumps([paragraph("b", "Бірінші.", "Екінші.")]))
    first, second = (
        StringTranslation.objects.get(context__path="body.b", translation_of__data=text)
        for text in ("Бірінші.", "Екінші.")
    )
    assert (first.translation_type, first.tool_name) == (MACHINE, "Машина")
    assert first.updated_at == before
    assert (second.translation_type, second.last_translated_by) == (MANUAL, admin_user)
    assert MemoryKey.objects.filter(text=first).exists()


def test_broken_translations_are_not_spread(begin):
    article, translation = begin(paragraph("a", "Бірінші."))
    StringTranslation.objects.filter(translation_of__data="Бірінші.").update(
        has_error=True
    )
    republish(article, body=json.dumps([paragraph("b", "Бірінші.")]))
    assert body_of(translation) == {"body.b Бірінші.": ""}


def test_a_text_that_comes_back_later_and_a_draft_that_is_given(begin, admin_user):
    article, translation = begin(paragraph("a", "Бірінші."), paragraph("b", "Екінші."))
    segment = segments_of(translation)[-1]
    SegmentComment.objects.create(
        translation=translation,
        context_id=segment.context,
        string_id=segment.string,
        author=admin_user,
        text="Осылай ма?",
    )
    republish(article, body=json.dumps([paragraph("b", "Екінші.")]))
    page = ArticlePage.objects.get(pk=article.pk)
    page.body = json.dumps([paragraph("c", "Екінші."), paragraph("d", "Бірінші.")])
    page.save_revision()
    assert refresh_source_from_draft(page)
    assert body_of(translation) == {
        "body.c Екінші.": "[Екінші.] body.b",
        "body.d Бірінші.": "[Бірінші.] body.a",
    }
    assert SegmentComment.objects.get().context.path == "body.c"
    row = state(article, "ru")
    assert row.segments_translated == row.segments_total


def test_the_queries_do_not_depend_on_the_number_of_cells(
    begin, django_assert_max_num_queries
):
    """Beside those of wagtail-localize, which stores segments one by one."""
    rows = [f"Қала{n} {n}" for n in range(30)]
    _article, translation = begin(table(*rows))
    before = present_segments(translation.source_id)
    moved = dict(before)
    contexts = list(moved)
    after = [
        (context, moved[origin])
        for context, origin in zip(contexts[2:], contexts, strict=False)
    ]
    origins = align(before, after, set(contexts))
    with django_assert_max_num_queries(20):
        assert reuse._keep(translation, before, after, origins)


def test_alignment_prefers_the_same_place_and_is_bounded(monkeypatch):
    before = [(1, 7), (2, 8), (3, 7)]
    assert align(before, [(3, 7), (1, 7)], set()) == {0: 2, 1: 0}
    assert align(before, [(4, 7), (2, 8)], set()) == {1: 1, 0: 0}
    monkeypatch.setattr("newsroom.translation.memory.reuse.MAX_COMPARISONS", 0)
    assert align(before, [(4, 7), (2, 8)], set()) == {1: 1}
