"""Each step of a publication calls its function with the right pages."""

from types import SimpleNamespace

import pytest

from newsroom.articles import publishing, publishing_steps, refusals
from newsroom.articles.models import ArticlePage, SectionPage
from newsroom.articles.publishing import Event, SavedPage
from newsroom.articles.publishing_steps import (
    index_below,
    index_saved,
    make_pictures,
    record_files,
    refuse,
    register_steps,
    remove_from_index,
)
from newsroom.articles.refusals import PublicationRefused, Reason
from newsroom.files.uses import queue_below
from search.models import Entry
from tests.factories import make_article, make_section

# A new page looks up its content type.
pytestmark = pytest.mark.django_db


def test_the_app_registers_a_function_for_each_of_its_steps(monkeypatch):
    monkeypatch.setattr(publishing, "_registered", {})
    register_steps()
    assert publishing._registered == {
        (Event.PUBLISHING, "vetoes"): refuse,
        (Event.SAVED, "search_index"): index_saved,
        (Event.SAVED, "files"): record_files,
        (Event.PUBLISHED, "pictures"): make_pictures,
        (Event.MOVED, "search_index"): index_below,
        (Event.MOVED, "files"): queue_below,
        (Event.RESTRICTED, "search_index"): index_below,
        (Event.RESTRICTED, "files"): queue_below,
        (Event.DELETED, "search_index"): remove_from_index,
    }


def test_a_page_with_objections_is_refused_with_its_reasons(monkeypatch):
    reasons = [Reason("a", "No lead.")]
    asked = []
    monkeypatch.setattr(
        refusals, "vetoes", [lambda page: asked.append(page) or list(reasons)]
    )
    page = ArticlePage()
    with pytest.raises(PublicationRefused) as refused:
        refuse(page)
    assert refused.value.reasons == reasons
    reasons.clear()
    refuse(page)
    assert asked == [page, page]


@pytest.fixture
def calls(monkeypatch) -> list[tuple]:
    """Return the calls of the functions that do the work of the steps."""
    made: list[tuple] = []

    def recorded(name):
        return lambda argument: made.append((name, argument))

    for name in ("rename_section", "index_below", "synchronise", "record_page"):
        monkeypatch.setattr(publishing_steps, name, recorded(name))
    monkeypatch.setattr(
        publishing_steps, "make_pictures_later", recorded("make_pictures_later")
    )
    return made


def saved(page, *, url_changed: bool = False) -> SavedPage:
    return SavedPage(page, is_whole=True, url_changed=url_changed)


def test_a_saved_article_is_indexed_and_with_a_new_url_all_below_it(calls):
    article = ArticlePage()
    index_saved(saved(article))
    index_saved(saved(article, url_changed=True))
    assert calls == [("synchronise", [article]), ("index_below", article)]


def test_a_saved_section_is_renamed_and_with_a_new_url_indexed_below(calls):
    section = SectionPage()
    index_saved(saved(section))
    assert calls == [("rename_section", section)]
    index_saved(saved(section, url_changed=True))
    assert calls[1:] == [("rename_section", section), ("index_below", section)]


def test_the_files_of_a_saved_page_are_recorded(calls):
    page = SectionPage()
    record_files(saved(page))
    assert calls == [("record_page", page)]


def test_only_articles_get_pictures(calls):
    make_pictures(SectionPage())
    article = ArticlePage()
    make_pictures(article)
    assert calls == [("make_pictures_later", article)]


@pytest.fixture
def articles(homes) -> tuple[ArticlePage, ArticlePage]:
    """Return articles of two sections."""
    first, second = make_section(homes["kk"]), make_section(homes["kk"], "Спорт")
    return make_article(first), make_article(second)


def test_all_articles_from_a_page_down_are_indexed_again(articles):
    Entry.objects.all().delete()
    first, second = (f"page:{article.pk}" for article in articles)
    section = articles[0].get_parent()
    outdated = SimpleNamespace(pk=section.pk, path="nowhere")
    index_below(outdated)
    assert [entry.key for entry in Entry.objects.all()] == [first]
    index_below(articles[1])
    assert {entry.key for entry in Entry.objects.all()} == {first, second}


def test_a_deleted_article_alone_leaves_the_index(articles):
    remove_from_index(articles[0])
    assert [entry.key for entry in Entry.objects.all()] == [f"page:{articles[1].pk}"]
