"""The index of headlines on either database, and its updates."""

import pytest
from django.db import connection, transaction

from newsroom.translation.headlines import headline_terms, matching
from newsroom.translation.models import TranslationStatus
from tests.factories import make_article
from tests.translation.articles import state
from tests.translation.rows import fill

State = TranslationStatus.State


def found(text: str) -> list[str]:
    rows = TranslationStatus.objects.originals().filter(matching(text))
    return sorted(rows.values_list("headline", flat=True))


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("форум", True),
        ("фор", True),  # unfinished
        ("орум", False),  # not its beginning
        ("FORUM форумы", True),
        ("форум мектеп", False),  # every word
        ("су-электр", True),
        ("электр", True),  # a part of a compound
        ("covid", True),
        ("COVID-19", True),
        ("d'Artagnan", True),
        ('"форум"', True),
        ("форум OR мектеп", False),  # no operators
        ("форум*", True),
        ("форум & ! | ' (", True),
        ("a\\b", False),
        ("", True),
        ("…", True),  # nothing that could stand in a headline
        ("форум " * 300, True),
        ("ф" * 5_000, False),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_headline_must_have_every_word(sections, text, is_found):
    title = "Су-электр форумы: COVID-19 және д'Артаньян (d'Artagnan)"
    make_article(sections["kk"], title=title)
    assert found(text) == ([title] if is_found else [])


def test_the_index_follows_the_rows(sections, article):
    row = state(article, "kk")
    other = state(article, "ru")
    rows = TranslationStatus.objects.filter(translation_key=article.translation_key)
    rows.update(headline_terms=headline_terms([("kk", "Су тасқыны")]))
    assert found("қала") == []
    assert found("тасқын") == [article.title]
    rows.filter(pk=row.pk).update(state=State.LIVE)
    assert found("тасқын") == []
    rows.filter(pk=other.pk).update(state=State.ORIGINAL)
    assert found("тасқын") == [other.headline]
    rows.delete()
    assert found("тасқын") == []


def test_a_rolled_back_change_does_not_reach_the_index(article):
    with transaction.atomic():
        TranslationStatus.objects.update(headline_terms=" tasqyn ")
        transaction.set_rollback(True)
    assert found("қала") == [article.title]


def test_the_index_is_asked(locales):
    fill(locales, 1_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":  # it would read so few rows
            cursor.execute("SET LOCAL enable_seqscan = off")
    rows = TranslationStatus.objects.originals().filter(matching("қалада"))
    assert "newsroom_translation_headlines" in rows.explain()
