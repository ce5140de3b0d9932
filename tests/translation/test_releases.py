"""Releases publish an article and its language versions together or not at all."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import GroupPagePermission

from newsroom.articles.models import ArticlePage
from newsroom.translation.models import Release, TranslationStatus
from newsroom.translation.releases import publishing
from newsroom.translation.releases.publishing import NotReadyError
from newsroom.translation.review.actions import approve
from newsroom.translation.segments import save_segment, segments_of
from search.models import Entry
from tests.factories import make_article
from tests.translation.articles import (
    paragraphs,
    republish,
    state,
    submit,
    translate,
    translate_one,
)

State = Release.State


def publish(release: Release, *, user):
    """Publish it, with reasons in English; requests end with the site's language."""
    with override("en"):
        return publishing.publish(release, user=user)


@pytest.fixture
def draft(sections) -> ArticlePage:
    """Return a Kazakh article that was never published, with an edited draft."""
    page = make_article(sections["kk"], title="Бұрынғы тақырып", live=False)
    page.title, page.lead = "Қалалардың болашағы", "Форум өтті."
    page.body = json.dumps(paragraphs(None, "Бірінші сөйлем.", "Екінші сөйлем."))
    page.save_revision()
    return ArticlePage.objects.get(pk=page.pk)


@pytest.fixture
def editor(log_in):
    log_in("News editors")
    user = get_user_model().objects.get(username="News editors")
    user.email = "editor@example.org"
    user.save()
    return user


@pytest.fixture
def translations(draft, locales, committed):
    """Return its Russian and English translations, complete."""
    with committed():
        made = {code: submit(draft, locales[code]) for code in ("ru", "en")}
        for translation in made.values():
            translate(translation)
            approve(translation, user=superuser())
    return made


def superuser():
    users = get_user_model().objects
    return users.filter(is_superuser=True).first() or users.create_superuser("root")


def release_of(page, user, locales, *codes: str, **fields) -> Release:
    release = Release.objects.create(
        translation_key=page.translation_key, created_by=user, **fields
    )
    release.locales.set([locales[code] for code in codes or ("kk", "ru", "en")])
    return release


def live(page) -> set[str]:
    pages = ArticlePage.objects.live().filter(translation_key=page.translation_key)
    return set(pages.values_list("locale__language_code", flat=True))


def test_a_draft_is_translated_from_its_latest_text(draft, locales, committed):
    with committed():
        translation = submit(draft, locales["ru"])
    texts = [segment.source for segment in segments_of(translation)]
    assert "Қалалардың болашағы" in texts
    assert "Бұрынғы тақырып" not in texts


def test_all_versions_are_published_in_one_moment(
    draft, translations, editor, locales, committed
):
    release = release_of(draft, editor, locales)
    with committed():
        assert len(publish(release, user=editor)) == 3
    assert live(draft) == {"kk", "ru", "en"}
    pages = ArticlePage.objects.filter(translation_key=draft.translation_key)
    assert len({page.first_published_at for page in pages}) == 1
    assert {page.title for page in pages} >= {
        "Қалалардың болашағы",
        "[Қалалардың болашағы]",
    }
    assert {state(draft, code).state for code in ("ru", "en")} == {
        TranslationStatus.State.LIVE
    }
    assert Entry.objects.count() == 3
    assert release.state == State.PUBLISHED


@pytest.mark.parametrize("fails", [1, 2])
def test_no_version_is_published_if_one_fails(
    draft, translations, editor, locales, committed, monkeypatch, fails
):
    usual, calls = publishing._publish, []

    def breaks(version, user):
        calls.append(version)
        if len(calls) > fails:
            raise ZeroDivisionError
        usual(version, user)

    monkeypatch.setattr(publishing, "_publish", breaks)
    release = release_of(draft, editor, locales)
    with pytest.raises(ZeroDivisionError), committed():
        publish(release, user=editor)
    assert live(draft) == set()
    assert not Entry.objects.exists()
    release.refresh_from_db()
    assert release.state == State.PLANNED


def test_a_language_that_is_not_ready_is_named_and_none_is_published(
    draft, translations, editor, locales, committed
):
    save_segment(
        translations["en"],
        *_first(translations["en"]),
        "Drafted",
        user=None,
        machine="Machine",
    )
    release = release_of(draft, editor, locales)
    with pytest.raises(NotReadyError, match=r"English: 1 segment was translated by"):
        publish(release, user=editor)
    assert live(draft) == set()


def _first(translation) -> tuple[int, int]:
    segment = segments_of(translation)[0]
    return segment.context, segment.string


def test_only_ready_versions_are_published_if_so_chosen(
    draft, translations, editor, locales, committed
):
    translations["en"].target_locale.string_translations.all().delete()
    release = release_of(draft, editor, locales, if_not_ready="ready")
    with committed():
        publish(release, user=editor)
    assert live(draft) == {"kk", "ru"}


def test_a_translation_waits_for_an_original_that_is_not_published(
    draft, translations, editor, locales
):
    release = release_of(draft, editor, locales, "ru")
    with pytest.raises(NotReadyError, match="The original is not published"):
        publish(release, user=editor)


def test_a_draft_that_has_changed_since_must_be_given_to_translators(
    client, draft, translations, editor, locales, committed
):
    latest = draft.get_latest_revision_as_object()
    latest.body = json.dumps(paragraphs(latest, "Бірінші сөйлем.", "Жаңа сөйлем."))
    latest.save_revision()
    release = release_of(draft, editor, locales)
    with pytest.raises(NotReadyError, match="has changed since"):
        publish(release, user=editor)
    url = reverse("translation_desk:give_draft", args=[draft.pk])
    client.force_login(editor)
    assert client.get(url).status_code == 200
    with pytest.raises(NotReadyError, match="has changed since"):
        publish(release, user=editor)
    client.post(url)
    with pytest.raises(NotReadyError, match="1 segment is not translated"):
        publish(release, user=editor)
    for translation in translations.values():
        translate_one(translation, "Жаңа сөйлем.", "Новое")
    with pytest.raises(NotReadyError, match="It has not been approved"):
        publish(release, user=editor)
    for translation in translations.values():
        approve(translation, user=editor)
    with committed():
        publish(release, user=editor)
    assert live(draft) == {"kk", "ru", "en"}


def test_a_new_version_of_a_live_article_is_published_with_its_translations(
    article, published, editor, locales, committed
):
    page = ArticlePage.objects.get(pk=article.pk)
    page.lead = "Форум аяқталды."
    page.save_revision()
    target = ArticlePage.objects.get(
        translation_key=article.translation_key, locale=locales["ru"]
    )
    release = release_of(article, editor, locales, "kk", "ru")
    with pytest.raises(NotReadyError, match="has changed since"):
        publish(release, user=editor)
    assert ArticlePage.objects.get(pk=article.pk).lead == "Форум өтті."
    publishing_source = reverse("translation_desk:give_draft", args=[article.pk])
    from django.test import Client

    client = Client()
    client.force_login(editor)
    client.post(publishing_source)
    assert ArticlePage.objects.get(pk=target.pk).lead == "[Форум өтті.]"
    translate_one(published, "Форум аяқталды.", "Форум завершён.")
    approve(published, user=editor)
    with committed():
        publish(release, user=editor)
    assert ArticlePage.objects.get(pk=article.pk).lead == "Форум аяқталды."
    assert ArticlePage.objects.get(pk=target.pk).lead == "Форум завершён."
    assert state(article, "ru").state == TranslationStatus.State.LIVE


def test_who_may_not_publish_one_of_them_publishes_none(
    draft, translations, locales, homes, committed
):
    user = get_user_model().objects.create_user("one language only")
    group = Group.objects.create(name="Kazakh only")
    permission = Group.objects.get(name="News editors").page_permissions.get(
        permission__codename="publish_page"
    )
    GroupPagePermission.objects.create(
        group=group, page=homes["kk"], permission=permission.permission
    )
    user.groups.add(group)
    release = release_of(draft, user, locales)
    with pytest.raises(NotReadyError, match="Russian: You may not publish it"):
        publish(release, user=user)
    assert live(draft) == set()
    release.locales.set([locales["kk"]])
    with committed():
        publish(release, user=user)
    assert live(draft) == {"kk"}


def test_at_its_time_the_worker_publishes_it(
    draft, translations, editor, locales, committed
):
    release = release_of(draft, editor, locales, publish_at=timezone.now())
    later = release_of(
        draft, editor, locales, publish_at=timezone.now() + timedelta(hours=1)
    )
    with committed():
        call_command("publish_releases", verbosity=0)
    assert live(draft) == {"kk", "ru", "en"}
    release.refresh_from_db()
    later.refresh_from_db()
    assert (release.state, later.state) == (State.PUBLISHED, State.PLANNED)


def test_the_planner_is_mailed_if_a_language_is_not_ready_in_time(
    client, draft, translations, editor, locales, committed
):
    translations["en"].target_locale.string_translations.all().delete()
    release = release_of(draft, editor, locales, publish_at=timezone.now())
    with committed():
        call_command("publish_releases", verbosity=0)
    assert live(draft) == set()
    release.refresh_from_db()
    assert release.state == State.FAILED
    (letter,) = mail.outbox
    assert letter.to == ["editor@example.org"]
    assert "English" in letter.body
    client.force_login(editor)
    url = reverse("translation_desk:release", args=[release.pk])
    assert "It was not published." in client.get(url).content.decode()


def test_a_release_is_planned_and_published_in_the_admin(
    client, draft, translations, editor, locales, committed
):
    client.force_login(editor)
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    new = reverse("translation_desk:new_release", args=[draft.pk])
    assert new in edit.content.decode()
    assert client.get(new).status_code == 200
    assert not Release.objects.exists()
    url = client.post(new)["Location"]
    release = Release.objects.get()
    assert set(release.locales.all()) == set(locales.values())
    assert client.get(new)["Location"] == url
    html = client.get(url).content.decode()
    assert html.count("w-status--primary") == 3
    form = {"locales": [locales["kk"].pk, locales["ru"].pk], "if_not_ready": "none"}
    past = {"publish_at": "2020-01-01 10:00"}
    assert "This moment is past." in client.post(url, form | past).content.decode()
    client.post(url, form | {"publish_at": "2099-01-01 10:00"})
    release.refresh_from_db()
    assert timezone.localtime(release.publish_at).hour == 10
    with committed():
        response = client.post(url, form | {"publish": 1}, follow=True)
    assert "2 versions have been published together." in response.content.decode()
    assert live(draft) == {"kk", "ru"}
    listed = client.get(reverse("translation_desk:releases")).content.decode()
    assert "Қалалардың болашағы" in listed
    assert "Published together" in listed
    client.post(url, form | {"publish": 1})
    assert live(draft) == {"kk", "ru"}


def test_a_release_is_cancelled(client, draft, editor, locales):
    release = release_of(draft, editor, locales)
    client.force_login(editor)
    client.post(reverse("translation_desk:release", args=[release.pk]), {"cancel": 1})
    release.refresh_from_db()
    assert release.state == State.CANCELLED
    with pytest.raises(NotReadyError, match="over"):
        publish(release, user=editor)


def test_a_journalist_plans_no_release(log_in, draft, editor, locales):
    release = release_of(draft, editor, locales)
    client = log_in("Journalists")
    for url in (
        reverse("translation_desk:releases"),
        reverse("translation_desk:release", args=[release.pk]),
        reverse("translation_desk:new_release", args=[draft.pk]),
    ):
        client.post(url)
        assert client.get(url)["Location"] == reverse("wagtailadmin_home")
    assert Release.objects.count() == 1


SIX_DIRECTIONS = [
    (source, target)
    for source in ("kk", "ru", "en")
    for target in ("kk", "ru", "en")
    if source != target
]


@pytest.mark.parametrize(("source", "target"), SIX_DIRECTIONS)
def test_an_original_in_any_language_flows_into_any_other_again_and_again(
    sections, locales, committed, source, target
):
    page = make_article(sections[source], title="One", lead="Lead.")
    with committed():
        translation = submit(page, locales[target])
        translate(translation)
        translation.save_target(publish=True)
    assert state(page, target).state == TranslationStatus.State.LIVE
    for number in ("Two", "Three"):
        with committed():
            republish(page, title=number)
        assert state(page, target).state == TranslationStatus.State.OUTDATED
        shown = ArticlePage.objects.get(
            translation_key=page.translation_key, locale=locales[target]
        )
        assert shown.title != f"[{number}]"
        translate_one(translation, number, f"[{number}]")
        with committed():
            translation.save_target(publish=True)
        shown.refresh_from_db()
        assert shown.title == f"[{number}]"
        assert state(page, target).state == TranslationStatus.State.LIVE
        assert state(page, source).state == TranslationStatus.State.ORIGINAL
