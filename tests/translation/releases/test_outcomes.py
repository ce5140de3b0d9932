"""A release records the outcome of each language and notifies its planner."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from newsroom.articles.models import ArticlePage
from newsroom.articles.refusals import PublicationRefused, Reason
from newsroom.translation.models import Release
from newsroom.translation.releases import due, publishing
from newsroom.translation.releases.due import publish_due
from newsroom.translation.review.actions import approve
from newsroom.translation.segments import save_segment, segments_of
from tests.translation.articles import translate
from tests.translation.segments import account
from tests.translation.test_releases import live, release_of, superuser

State = Release.State


def outcomes(release) -> dict[str, str]:
    return {one.locale.language_code: one.outcome for one in release.languages.all()}


def break_english(translations) -> None:
    segment = segments_of(translations["en"])[0]
    save_segment(
        translations["en"],
        segment.context,
        segment.string,
        "Drafted",
        user=None,
        machine="Machine",
    )


def mend_english(translations) -> None:
    translate(translations["en"])
    approve(translations["en"], user=superuser())


def test_a_release_records_what_came_of_each_language(
    client, draft, translations, editor, locales, committed
):
    with committed():
        publishing.publish(release_of(draft, editor, locales, "kk"), user=editor)
    break_english(translations)
    release = release_of(
        draft, editor, locales, if_not_ready="ready", publish_at=timezone.now()
    )
    with committed():
        assert publish_due() == 1
    assert live(draft) == {"kk", "ru"}
    release.refresh_from_db()
    assert release.state == State.PARTLY
    assert outcomes(release) == {
        "kk": "already_live",
        "ru": "published",
        "en": "not_ready",
    }
    english = release.languages.get(locale=locales["en"])
    assert english.reasons["en"] == [
        "1 segment was translated by a machine, and nobody has accepted it."
    ]
    assert set(english.reasons) == {"kk", "ru", "en"}
    (letter,) = mail.outbox
    assert letter.to == [editor.email]
    client.force_login(editor)
    page = client.get(reverse("translation_desk:release", args=[release.pk]))
    html = page.content.decode()
    assert html.count("w-status--primary") == 1  # the version that was published
    assert "translated by a machine" in html or "машина" in html
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Releases that were not published" in home
    assert "English: 1 segment was translated by a machine" in home
    listed = client.get(reverse("translation_desk:releases")).content.decode()
    assert listed.count("Published in part") == 1
    assert "English (Not published)" in listed


def test_a_release_of_live_versions_publishes_nothing_again(
    client, draft, translations, editor, locales, committed
):
    first = release_of(draft, editor, locales)
    with committed():
        publishing.publish(first, user=editor)
    assert set(outcomes(first).values()) == {"published"}
    revisions = Revision.objects.count()
    moments = list(ArticlePage.objects.values_list("last_published_at", flat=True))
    again = release_of(draft, editor, locales)
    client.force_login(editor)
    url = reverse("translation_desk:release", args=[again.pk])
    form = {"locales": [one.pk for one in locales.values()], "if_not_ready": "none"}
    with committed():
        html = client.post(url, form | {"publish": "1"}, follow=True).content.decode()
    assert "have been published" not in html
    assert html.count("Already live") == 6  # once said, once on the page, a language
    again.refresh_from_db()
    assert again.state == State.NOTHING_NEW
    assert set(outcomes(again).values()) == {"already_live"}
    assert Revision.objects.count() == revisions
    pages = ArticlePage.objects.all()
    assert list(pages.values_list("last_published_at", flat=True)) == moments
    assert not pages.filter(has_unpublished_changes=True).exists()


def test_words_changed_since_are_not_called_live(
    draft, translations, editor, locales, committed
):
    with committed():
        publishing.publish(release_of(draft, editor, locales), user=editor)
    segment = segments_of(translations["ru"])[0]
    save_segment(
        translations["ru"], segment.context, segment.string, "Иначе", user=editor
    )
    with committed():
        approve(translations["ru"], user=superuser())
        again = release_of(draft, editor, locales)
        publishing.publish(again, user=editor)
    assert outcomes(again) == {
        "kk": "already_live",
        "ru": "published",
        "en": "already_live",
    }
    russian = ArticlePage.objects.get(
        translation_key=draft.translation_key, locale=locales["ru"]
    )
    assert russian.title == "Иначе"


def test_ready_versions_of_a_failed_release_are_reported_as_held_back(
    draft, translations, editor, locales, committed
):
    break_english(translations)
    release = release_of(draft, editor, locales, publish_at=timezone.now())
    with committed():
        publish_due()
    assert outcomes(release) == {
        "kk": "held_back",
        "ru": "held_back",
        "en": "not_ready",
    }
    (letter,) = mail.outbox
    assert letter.subject.startswith("Not published: ")


def test_a_failed_release_is_mailed_once_and_retried_after_a_change(
    draft, translations, editor, locales, committed, monkeypatch
):
    break_english(translations)
    release = release_of(draft, editor, locales, publish_at=timezone.now())
    tried = []
    usual = due.publish
    monkeypatch.setattr(due, "publish", lambda one: tried.append(one) or usual(one))
    for _minute in range(3):
        with committed():
            publish_due()
    assert len(tried) == 1
    assert len(mail.outbox) == 1
    with committed():
        mend_english(translations)
    mail.outbox.clear()
    with committed():
        assert publish_due() == 1
    assert live(draft) == {"kk", "ru", "en"}
    release.refresh_from_db()
    assert (release.state, release.reason) == (State.PUBLISHED, "")
    assert set(outcomes(release).values()) == {"published"}
    assert len([one for one in mail.outbox if one.to == [editor.email]]) == 1


def test_a_release_that_breaks_is_logged_once_and_does_not_stop_the_others(
    draft, translations, editor, locales, committed, monkeypatch, caplog
):
    first = release_of(draft, editor, locales, "kk", publish_at=timezone.now())
    other = release_of(
        draft, editor, locales, "kk", publish_at=timezone.now() + timedelta(seconds=0)
    )
    usual = due.publish

    def breaks(release):
        if release == first:
            raise ZeroDivisionError
        return usual(release)

    monkeypatch.setattr(due, "publish", breaks)
    for _minute in range(3):
        with committed():
            publish_due()
    other.refresh_from_db()
    assert other.state == State.PUBLISHED
    # Once, and again because the other release has published the page in the meantime.
    assert caplog.text.count(f"Release {first.pk} fails.") == 2


def test_two_workers_publish_a_release_once(
    draft, translations, editor, locales, committed, monkeypatch
):
    """The second has read the release before the first one publishes it."""
    release = release_of(draft, editor, locales, publish_at=timezone.now())
    stale = Release.objects.get(pk=release.pk)
    with committed():
        assert publish_due() == 1
    moments = list(ArticlePage.objects.values_list("last_published_at", flat=True))
    with committed():
        assert due._attempt(stale) is False
    release.refresh_from_db()
    assert release.state == State.PUBLISHED
    assert list(ArticlePage.objects.values_list("last_published_at", flat=True)) == (
        moments
    )
    assert mail.outbox == []


def test_publishing_nothing_is_no_success(
    client, draft, translations, editor, locales, committed
):
    release = Release.objects.create(
        translation_key=draft.translation_key, created_by=editor
    )
    with pytest.raises(publishing.NotReadyError):
        publishing.publish(release, user=editor)
    release.refresh_from_db()
    assert release.state == State.PLANNED


def test_the_planner_is_mailed_when_another_user_publishes_the_release(
    client, draft, translations, editor, locales, committed
):
    break_english(translations)
    release = release_of(draft, editor, locales, if_not_ready="ready")
    client.force_login(account("other", "News editors"))
    url = reverse("translation_desk:release", args=[release.pk])
    form = {"locales": [one.pk for one in locales.values()], "if_not_ready": "ready"}
    with committed():
        html = client.post(url, form | {"publish": "1"}, follow=True).content.decode()
    assert "2 versions have been published together." in html
    assert "English: Not published. 1 segment was translated by a machine" in html
    assert [letter.to for letter in mail.outbox] == [[editor.email]]


def test_a_version_with_a_time_of_its_own_is_not_called_published(
    draft, translations, editor, locales, committed
):
    """Wagtail would schedule it, and say nothing."""
    russian = ArticlePage.objects.get(
        translation_key=draft.translation_key, locale=locales["ru"]
    )
    later = russian.get_latest_revision_as_object()
    later.go_live_at = timezone.now() + timedelta(days=1)
    later.save_revision()
    release = release_of(draft, editor, locales, if_not_ready="ready")
    with committed():
        publishing.publish(release, user=editor)
    assert live(draft) == {"kk", "en"}
    assert outcomes(release)["ru"] == "not_ready"
    reasons = release.languages.get(locale=locales["ru"]).reasons
    assert reasons["en"] == ["It has a publication time of its own."]


def test_a_version_that_is_refused_in_the_attempt_is_named_and_others_are_published(
    draft, translations, editor, locales, committed, monkeypatch
):
    usual = publishing._publish

    def refuses(version, user):
        if version.locale.language_code == "en":
            raise PublicationRefused([Reason("test", "Not like this.")])
        return usual(version, user)

    monkeypatch.setattr(publishing, "_publish", refuses)
    strict = release_of(draft, editor, locales)
    with pytest.raises(publishing.NotReadyError, match="Not like this"):
        publishing.publish(strict, user=editor)
    assert live(draft) == set()
    release = release_of(draft, editor, locales, if_not_ready="ready")
    with committed():
        publishing.publish(release, user=editor)
    assert live(draft) == {"kk", "ru"}
    assert outcomes(release)["en"] == "not_ready"
