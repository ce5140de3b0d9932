"""Manual edits prevent a publication until they are accepted or dropped."""

import pytest
from django.utils import timezone
from django.utils.translation import override

from newsroom.translation.manual_edits.guard import refusal, undecided, would_be_lost
from newsroom.translation.models import ManualEdit
from newsroom.translation.sources import target_of

ONE = "1 edit made by hand has been neither accepted nor dropped yet."
TWO = "2 edits made by hand have been neither accepted nor dropped yet."


@pytest.fixture
def page(translation):
    """Yield the page of a translation with two undecided edits."""
    page = target_of(translation)
    revision = page.save_revision()
    for text in ("Бір", "Екі"):
        ManualEdit.objects.create(
            translation=translation,
            revision=revision,
            kind=ManualEdit.Kind.TEXT,
            text=text,
        )
    with override("en"):
        yield target_of(translation)


@pytest.mark.parametrize("language", ["en", None], ids=["catalogue", "source"])
def test_a_message_counts_the_edits(language):
    with override(language):
        assert (refusal(1), refusal(2)) == (ONE, TWO)


def test_undecided_edits_prevent_a_publication(page):
    assert undecided(page) == 2
    assert would_be_lost(page) == TWO
    ManualEdit.objects.filter(text="Бір").update(decided_at=timezone.now())
    assert undecided(page) == 1
    assert would_be_lost(page) == ONE
    ManualEdit.objects.update(decided_at=timezone.now())
    assert undecided(page) == 0
    assert would_be_lost(page) == ""


def test_the_revision_that_contains_the_edits_may_be_published(page):
    page.live_revision = page.latest_revision
    assert would_be_lost(page) == ""
    assert undecided(page) == 2
    ManualEdit.objects.filter(text="Бір").update(revision=None)
    assert would_be_lost(page) == ONE
    page.live_revision = page.save_revision()
    assert would_be_lost(page) == TWO


def test_edits_of_another_page_do_not_count(page, article):
    assert undecided(article) == 0
    assert would_be_lost(article) == ""
