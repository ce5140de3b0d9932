"""The translation app during a publication: its veto, and saves of drafts."""

import pytest
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from newsroom.articles.draft_saves import are_drafts_saved, drafts_saved
from newsroom.articles.models import ArticlePage, SectionPage
from newsroom.articles.refusals import Reason
from newsroom.translation import draft_saves, publication
from newsroom.translation.machine.guard import is_unread, needs_work
from newsroom.translation.manual_edits.guard import would_be_lost
from newsroom.translation.publication import translation_veto

# A new page looks up its content type.
pytestmark = pytest.mark.django_db


def test_machine_drafts_unfinished_texts_and_manual_edits_are_the_reasons():
    assert {
        "machine": is_unread,
        "unfinished": needs_work,
        "manual_edits": would_be_lost,
    } == publication.REASONS


def test_the_veto_gives_all_reasons_with_their_codes(monkeypatch):
    asked = []

    def answer(text):
        return lambda page: asked.append(page) or text

    reasons = {"machine": answer("M."), "unfinished": answer(""), "x": answer("X.")}
    monkeypatch.setattr(publication, "REASONS", reasons)
    page = ArticlePage()
    assert translation_veto(page) == [Reason("machine", "M."), Reason("x", "X.")]
    assert asked == [page] * 3


@pytest.mark.parametrize("model", [SectionPage, Page])
def test_only_articles_are_refused(monkeypatch, model):
    monkeypatch.setattr(publication, "REASONS", {"machine": lambda page: "M."})
    assert translation_veto(model()) == []


def test_drafts_are_saved_within_the_context_alone():
    assert not are_drafts_saved()
    with drafts_saved():
        with drafts_saved():
            assert are_drafts_saved()
        assert are_drafts_saved()
    assert not are_drafts_saved()
    with pytest.raises(ZeroDivisionError), drafts_saved():
        raise ZeroDivisionError
    assert not are_drafts_saved()


def test_wagtail_localize_translates_into_drafts(monkeypatch):
    calls = []

    def translate(self, *args, **kwargs):
        """Translate."""
        calls.append((self, args, kwargs, are_drafts_saved()))
        return "page", True

    name = "create_or_update_translation"
    monkeypatch.setattr(TranslationSource, name, translate)
    draft_saves.extend_localize()
    source = TranslationSource()
    assert source.create_or_update_translation(1, user=2) == ("page", True)
    assert calls == [(source, (1,), {"user": 2}, True)]
    assert not are_drafts_saved()
    extended = TranslationSource.create_or_update_translation
    assert extended.__doc__ == "Translate."
