"""Rows that an older version stored are carried over by the migrations."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from wagtail.models import Locale, Site
from wagtail_localize.models import StringTranslation

from newsroom.articles.models import SectionPage
from newsroom.translation.headlines import matching
from newsroom.translation.models import TranslationStatus
from newsroom.translation.segments import save_segment, segments_of
from tests.factories import make_article, make_section
from tests.search.replica.conftest import database_template, own_database
from tests.translation.articles import submit, translate

APP = "newsroom_translation"
RELEASES, STATES = "0018_memory_files", "0020_release_languages_only"

__all__ = ["database_template", "own_database"]


@pytest.fixture
def migrate(own_database) -> Callable[[str], Any]:
    """Bring the test's own database to a migration; return the models of that time."""

    def to(name: str) -> Any:
        executor = MigrationExecutor(connection)
        executor.migrate([(APP, name)])
        return executor.loader.project_state([(APP, name)]).apps

    return to


def latest() -> str:
    nodes = MigrationExecutor(connection).loader.graph.leaf_nodes(APP)
    return nodes[0][1]


@pytest.fixture
def languages(own_database) -> dict[str, Locale]:
    codes = ("kk", "ru", "en")
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code in codes}


@pytest.fixture
def section(languages) -> SectionPage:
    root = Site.objects.get(is_default_site=True).root_page
    return make_section(root.get_translation(languages["kk"]).specific)


@pytest.mark.parametrize("at_once", [500, 2])
def test_languages_of_old_releases_are_recorded_with_who_planned_them(
    migrate, languages, monkeypatch, at_once
):
    planner = get_user_model().objects.create_user("planner")
    apps = migrate(RELEASES)
    module = "newsroom.translation.migrations.0019_release_languages.AT_ONCE"
    monkeypatch.setattr(module, at_once)
    model = apps.get_model(APP, "Release")
    article = uuid4()
    cases = {
        ("planned", "none", "kk ru", True): "",
        ("published", "none", "kk ru en", True): "published",
        ("published", "others", "ru", True): "",
        ("failed", "none", "en", True): "",
        ("cancelled", "none", "", True): "",
        ("published", "none", "kk", False): "published",
    }
    keys = {}
    for (state, choice, codes, has_planner), outcome in cases.items():
        release = model.objects.create(
            translation_key=article,
            publish_at=timezone.now() + timedelta(days=1),
            state=state,
            if_not_ready=choice,
            created_by_id=planner.pk if has_planner else None,
        )
        release.locales.set([languages[code].pk for code in codes.split()])
        keys[release.pk] = (codes.split(), planner.pk if has_planner else None, outcome)
    present = migrate(latest())
    rows = present.get_model(APP, "ReleaseLanguage").objects.all()
    assert rows.count() == 8
    for pk, (codes, user, outcome) in keys.items():
        release = present.get_model(APP, "Release").objects.get(pk=pk)
        found = release.locales.values_list("language_code", flat=True)
        assert sorted(found) == sorted(codes)
        for row in rows.filter(release=pk):
            assert (row.chosen_by_id, row.outcome) == (user, outcome)
            assert row.reasons == {}


def test_drafts_of_a_machine_that_were_ready_for_review_are_unread(
    migrate, languages, section
):
    drafted, read, partly = (make_article(section, title=f"Т {n}") for n in range(3))
    translations = {}
    for article in (drafted, read, partly):
        translation = translations[article.pk] = submit(article, languages["ru"])
        translate(translation)
    for article, count in ((drafted, None), (partly, 1)):
        for segment in segments_of(translations[article.pk])[:count]:
            place = segment.context, segment.string
            text = f"M {segment.source}"
            save_segment(translations[article.pk], *place, text, user=None, machine="M")
    # A draft of a text that is no longer in the article counts for nothing.
    gone = StringTranslation.objects.filter(translation_type="machine").first()
    assert gone is not None
    total = len(segments_of(translations[drafted.pk]))
    apps = migrate(STATES)
    old = apps.get_model(APP, "TranslationStatus")
    rows = old.objects.filter(translation__isnull=False)
    rows.update(state="ready")
    rows.filter(translation_key=partly.translation_key).update(state="live")
    original = old.objects.filter(state="original").first()
    assert original is not None
    migrate(latest())
    present = TranslationStatus.objects.filter(translation__isnull=False)
    found = {
        row.translation_key: (row.state, row.segments_unread)
        for row in present.filter(locale=languages["ru"])
    }
    assert found == {
        drafted.translation_key: ("machine", total),
        read.translation_key: ("ready", 0),
        partly.translation_key: ("live", 1),
    }
    assert TranslationStatus.objects.get(pk=original.pk).segments_unread == 0


def test_headlines_are_found_after_the_way_back_and_forth(migrate, section):
    make_article(section, title="Алматыдағы жиын")
    migrate(STATES)
    assert triggers() in (None, 3)
    migrate(latest())
    assert triggers() in (None, 3)
    make_article(section, title="Астанадағы жиын")
    assert originals_with("Алматыдағы") == ["Алматыдағы жиын"]
    assert originals_with("Астанадағы") == ["Астанадағы жиын"]


def triggers() -> int | None:
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
            " AND name LIKE 'newsroom_translation_headline%'"
        )
        return int(cursor.fetchone()[0])


def originals_with(word: str) -> list[str]:
    found = TranslationStatus.objects.originals().filter(matching(word))
    return list(found.values_list("headline", flat=True))
