"""A correction of synchronised fields reaches every language version at once."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageLogEntry
from wagtail_localize.models import Translation

from newsroom.articles.models import (
    ArticleAuthor,
    ArticlePage,
    ArticlePerson,
    ArticleTopic,
    Organisation,
    Person,
    Place,
    Topic,
)
from newsroom.corrections.models import Correction
from newsroom.translation.models import TranslationStatus
from search.models import Entry
from tests.translation.articles import republish, state, submit, translate

State = TranslationStatus.State
DATE = datetime(2019, 5, 17, 9, 30, tzinfo=UTC)


@pytest.fixture
def entities(locales):
    return {
        model.__name__: model.objects.create(name=name, locale=locales["kk"])
        for model, name in (
            (Place, "Балқаш"),
            (Organisation, "Хабаршы"),
            (Person, "Айдана"),
            (Topic, "Қалалар"),
        )
    }


def correct(article: ArticlePage, entities) -> ArticlePage:
    """Publish *article* with every field corrected that is the same everywhere."""
    return republish(
        article,
        published_at=DATE,
        kind=ArticlePage.Kind.INTERVIEW,
        dateline=entities["Place"],
        outlet=entities["Organisation"],
        source_url="https://example.kz/1",
        topics=[ArticleTopic(topic=entities["Topic"])],
        people=[ArticlePerson(person=entities["Person"])],
        authors=[ArticleAuthor(person=entities["Person"])],
    )


def facts(page) -> tuple:
    return (
        page.published_at,
        page.kind,
        page.dateline_id,
        page.outlet_id,
        page.source_url,
        [row.topic_id for row in page.topics.all()],
        [row.person_id for row in page.people.all()],
        [row.person_id for row in page.authors.all()],
    )


def version(article, code: str) -> ArticlePage:
    return ArticlePage.objects.get(
        translation_key=article.translation_key, locale__language_code=code
    )


@pytest.fixture
def chain(article, published, locales, committed):
    """Return the Russian translation, and an English one made from that."""
    with committed():
        further = submit(version(article, "ru"), locales["en"])
        translate(further)
        further.save_target(publish=True)
    return further


def test_corrected_facts_reach_live_translations_and_theirs(article, chain, entities):
    before = {code: version(article, code) for code in ("ru", "en")}
    page = correct(article, entities)
    for code in ("ru", "en"):
        after = version(article, code)
        assert facts(after) == facts(page)
        assert after.live_revision_id != before[code].live_revision_id
        assert after.live_revision_id == after.latest_revision_id
        assert not after.has_unpublished_changes
        assert (after.title, after.body) == (before[code].title, before[code].body)
        assert facts(after.live_revision.as_object())[1:] == facts(page)[1:]
        assert after.published_versions.count() == 2
        assert Entry.objects.get(key=f"page:{after.pk}").published_at == DATE
        assert state(article, code).state == State.LIVE
        entry = PageLogEntry.objects.get(
            page=after.pk, action="newsroom.follow_original"
        )
        assert entry.data["fields"]["kind"] == ["news", "interview"]
        assert entry.message


def test_removed_entities_leave_translations_too(article, published, entities):
    correct(article, entities)
    page = republish(article, topics=[], people=[], dateline=None)
    assert facts(version(article, "ru")) == facts(page)


def test_nothing_is_published_where_nothing_differs(
    article, chain, django_assert_max_num_queries
):
    before = version(article, "en").live_revision_id
    republish(article)
    assert version(article, "en").live_revision_id == before
    assert version(article, "ru").published_versions.count() == 1


def test_a_correction_costs_a_bounded_number_of_queries(
    article, chain, entities, django_assert_max_num_queries
):
    page = ArticlePage.objects.get(pk=article.pk)
    page.kind = ArticlePage.Kind.INTERVIEW
    revision = page.save_revision()
    # Publication of the article, and of two translations that have no drafts.
    with django_assert_max_num_queries(450):
        revision.publish()
    assert version(article, "en").kind == ArticlePage.Kind.INTERVIEW


def test_a_waiting_draft_gets_the_facts_and_is_not_published(
    article, published, entities, committed
):
    target = version(article, "ru")
    target.title = "Черновик"
    draft = target.save_revision()
    Correction.objects.create(article=target, text="Ждёт")
    with committed():
        page = correct(article, entities)
    after = version(article, "ru")
    assert after.title != "Черновик"
    assert facts(after) == facts(page)
    assert after.has_unpublished_changes
    assert after.latest_revision_id == draft.pk
    assert not after.corrections.shown().exists()
    waiting = after.get_latest_revision_as_object()
    assert waiting.title == "Черновик"
    assert facts(waiting)[1:] == facts(page)[1:]
    with committed():
        after.get_latest_revision().publish()
    last = version(article, "ru")
    assert (last.title, last.has_unpublished_changes) == ("Черновик", False)
    assert facts(last) == facts(page)
    assert last.corrections.shown().exists()


def test_a_schedule_and_an_embargo_are_kept(article, published, entities):
    target = version(article, "ru")
    moment = timezone.now() + timedelta(days=3)
    target.title, target.go_live_at = "Потом", moment
    revision = target.save_revision()
    revision.publish()
    page = correct(article, entities)
    revision.refresh_from_db()
    assert revision.approved_go_live_at == moment
    assert facts(revision.as_object())[1:] == facts(page)[1:]
    after = version(article, "ru")
    assert after.live
    assert after.title != "Потом"
    assert facts(after) == facts(page)


def test_a_review_continues_with_the_corrected_facts(
    article, published, entities, django_user_model, homes
):
    user = django_user_model.objects.create_superuser("editor", "e@example.kz", "x")
    target = version(article, "ru")
    target.title = "На проверке"
    target.save_revision()
    target.get_workflow().start(target, user)
    task = target.current_workflow_task_state
    page = correct(article, entities)
    after = version(article, "ru")
    assert after.current_workflow_task_state == task
    assert facts(task.revision.as_object())[1:] == facts(page)[1:]
    assert after.title != "На проверке"


def test_a_locked_page_follows_and_stays_locked(article, published, entities):
    Page.objects.filter(translation_key=article.translation_key).exclude(
        pk=article.pk
    ).update(locked=True)
    page = correct(article, entities)
    after = version(article, "ru")
    assert facts(after) == facts(page)
    assert after.locked


@pytest.mark.parametrize("was_live", [True, False], ids=["unpublished", "never live"])
def test_a_translation_that_is_not_live_stays_so(
    was_live, article, translation, entities, locales, committed
):
    if was_live:
        translate(translation)
        with committed():
            translation.save_target(publish=True)
        version(article, "ru").unpublish()
    page = correct(article, entities)
    after = version(article, "ru")
    assert not after.live
    assert facts(after)[1:] == facts(page)[1:]
    assert facts(after.get_latest_revision_as_object())[1:] == facts(page)[1:]
    assert not Entry.objects.filter(key=f"page:{after.pk}").exists()


def test_machine_drafts_and_stopped_translations(article, published, entities):
    """Read by a machine only, a draft keeps no correction from readers.

    A stopped translation belongs to its editor and is shown as outdated.
    """
    published.target_locale.string_translations.update(translation_type="machine")
    page = correct(article, entities)
    assert facts(version(article, "ru")) == facts(page)
    published.target_locale.string_translations.update(translation_type="manual")
    Translation.objects.filter(pk=published.pk).update(enabled=False)
    published.refresh_from_db()
    republish(article, kind=ArticlePage.Kind.STATEMENT)
    assert version(article, "ru").kind == ArticlePage.Kind.INTERVIEW
    row = state(article, "ru")
    assert (row.state, row.segments_changed) == (State.OUTDATED, 1)


def test_an_old_revision_brings_no_old_facts_back(
    article, published, entities, committed
):
    old = version(article, "ru").live_revision
    page = correct(article, entities)
    old.refresh_from_db()
    with committed():
        old.publish()
    after = version(article, "ru")
    assert after.live_revision_id == old.pk
    assert facts(after) == facts(page)


def test_versions_that_are_translations_of_each_other_do_not_go_round(
    article, published, locales, entities
):
    target = version(article, "ru")
    Translation.objects.create(
        source=published.source.__class__.get_or_create_from_instance(target)[0],
        target_locale=locales["kk"],
    )
    page = correct(article, entities)
    assert facts(version(article, "ru")) == facts(page)
    assert page.kind == ArticlePage.Kind.INTERVIEW
    republish(version(article, "ru"), kind=ArticlePage.Kind.STATEMENT)
    assert version(article, "kk").kind == ArticlePage.Kind.STATEMENT


def test_saving_a_few_fields_of_a_live_page_is_followed(article, published):
    page = ArticlePage.objects.get(pk=article.pk)
    page.published_at = DATE
    page.save(update_fields=["published_at"])
    assert version(article, "ru").published_at == DATE


def test_settings_of_a_section_reach_its_translations(sections, locales, committed):
    with committed():
        translation = submit(sections["kk"], locales["ru"])
        translate(translation)
        translation.save_target(publish=True)
    section = type(sections["kk"]).objects.get(pk=sections["kk"].pk)
    section.show_in_menus, section.title = True, "Жаңа қоғам"
    section.save_revision().publish()
    after = type(section).objects.get(pk=sections["ru"].pk)
    assert after.show_in_menus
    assert after.live
    texts = translation.source.stringsegment_set.values_list("string__data", flat=True)
    assert "Жаңа қоғам" in texts


def test_versions_out_of_step_are_found_and_repaired(article, chain, entities):
    ArticlePage.objects.filter(pk=article.pk).update(published_at=DATE)
    out = StringIO()
    call_command("repair_translations", check=True, stdout=out)
    assert f"{version(article, 'ru').pk} " in out.getvalue()
    assert version(article, "ru").published_at != DATE
    call_command("repair_translations", stdout=out)
    assert version(article, "ru").published_at == DATE
    assert version(article, "en").published_at == DATE
    out = StringIO()
    call_command("repair_translations", stdout=out)
    assert out.getvalue() == "Different: 0; repaired: 0.\n"
