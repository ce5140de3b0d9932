"""A release publishes no language that page permissions refuse."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, PageLogEntry

from newsroom.articles.models import ArticlePage
from newsroom.translation.models import Release, TranslationStatus
from newsroom.translation.permissions import may_change_release, publishable_locales
from newsroom.translation.releases.due import publish_due
from tests.factories import make_article, make_section
from tests.translation.articles import submit
from tests.translation.segments import account
from tests.translation.test_releases import live, release_of

RU_EDITORS, KK_EDITORS = "Language editors: ru", "Language editors: kk"
MOMENT = "2099-01-01 10:00"


def url_of(release) -> str:
    return reverse("translation_desk:release", args=[release.pk])


def form(locales, *codes: str, **fields) -> dict:
    return {
        "locales": [locales[code].pk for code in codes],
        "if_not_ready": "ready",
        "publish_at": "",
        **fields,
    }


def codes(release) -> set[str]:
    return set(release.locales.values_list("language_code", flat=True))


def section_editor(section, *names: str):
    """Return an editor who may publish below *section* and nowhere else."""
    group = Group.objects.create(name=f"One section {section.pk}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for name in names or ("change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=group, page=section, permission=Permission.objects.get(codename=name)
        )
    return account(f"of section {section.pk}", group.name)


@pytest.fixture
def russian_editor(client):
    user = account("russian", RU_EDITORS)
    client.force_login(user)
    return user


def test_a_language_editor_cannot_put_another_language_into_a_release(
    client, draft, translations, russian_editor, locales, committed
):
    release = release_of(draft, russian_editor, locales, "ru")
    for posted in (("kk",), ("ru", "kk"), ("ru", "en"), ("en",)):
        for extra in ({}, {"publish": "1"}, {"publish_at": MOMENT}):
            with committed():
                response = client.post(url_of(release), form(locales, *posted, **extra))
            assert response.status_code == 200
            assert response.context["form"].errors["locales"]
            release.refresh_from_db()
            assert codes(release) == {"ru"}
            assert release.publish_at is None
    assert live(draft) == set()
    offered = response.context["form"].fields["locales"].queryset
    assert [locale.language_code for locale in offered] == ["ru"]


def test_a_release_with_a_language_outside_the_role_cannot_be_changed(
    client, draft, translations, editor, locales, committed
):
    roles = (RU_EDITORS, "Translators: ru", "Journalists")
    for number, role in enumerate(roles):
        client.force_login(account(f"someone {number}", role))
        for stored in (("kk", "ru"), ("kk",), ("kk", "ru", "en")):
            release = release_of(draft, editor, locales, *stored)
            for action in ("save", "publish", "cancel"):
                posted = form(locales, "ru", publish_at=MOMENT, **{action: "1"})
                with committed():
                    client.post(url_of(release), posted)
                release.refresh_from_db()
                assert release.state == Release.State.PLANNED
                assert release.publish_at is None
                assert codes(release) == set(stored)
    assert live(draft) == set()


def test_a_release_without_languages_is_no_permission(
    client, draft, translations, russian_editor, locales, committed
):
    release = Release.objects.create(
        translation_key=draft.translation_key, created_by=russian_editor
    )
    with committed():
        client.post(url_of(release), form(locales, "kk", publish="1"))
        client.post(url_of(release), {"publish": "1", "if_not_ready": "none"})
    assert codes(release) == set()
    assert live(draft) == set()
    assert not may_change_release(account("nobody"), release)
    assert not may_change_release(account("translator", "Translators: ru"), release)


def test_rights_under_one_section_are_rights_for_its_articles_alone(
    client, draft, sections, homes, translations, editor, locales, committed
):
    mine = make_section(homes["ru"], title="Спорт")
    user = section_editor(mine)
    client.force_login(user)
    release = release_of(draft, user, locales, "ru", if_not_ready="ready")
    with committed():
        client.post(url_of(release), form(locales, "ru", publish="1"))
        response = client.post(
            reverse("translation_desk:new_release", args=[draft.pk]), follow=True
        )
    assert response.redirect_chain[0][0] == reverse("wagtailadmin_home")
    assert Release.objects.get().state == Release.State.PLANNED
    assert live(draft) == set()
    assert publishable_locales(user, draft.translation_key) == []
    own = make_article(mine, title="Матч", live=False)
    (locale,) = publishable_locales(user, own.translation_key)
    assert locale.language_code == "ru"


def test_a_version_that_does_not_exist_yet_is_judged_by_its_section(
    sections, locales, committed
):
    article = make_article(sections["kk"], title="Жаңа", live=False)
    own = section_editor(sections["ru"])
    (locale,) = publishable_locales(own, article.translation_key)
    assert locale.language_code == "ru"
    with committed():
        submit(article, locales["ru"])
    target = ArticlePage.objects.get(
        translation_key=article.translation_key, locale=locales["ru"]
    )
    assert target.permissions_for_user(own).can_publish()


def withdraw_rights(user):
    user.groups.clear()


def deactivate(user):
    user.is_active = False
    user.save()


def delete(user):
    user.delete()


@pytest.mark.parametrize(
    ("loses", "reason"),
    [
        (withdraw_rights, "may not publish it"),
        (deactivate, "is not active"),
        (delete, "has been deleted"),
    ],
)
def test_the_planner_needs_permission_at_publication_time(
    draft, translations, editor, locales, committed, loses, reason
):
    planner = account("planner", "News editors")
    release = release_of(draft, planner, locales, publish_at=timezone.now())
    other = account("other", "News editors")
    loses(planner)
    with committed():
        assert publish_due() == 0
    assert live(draft) == set()
    release.refresh_from_db()
    assert release.state == Release.State.FAILED
    assert {one.outcome for one in release.languages.all()} == {"not_ready"}
    for language in release.languages.all():
        assert reason in " ".join(language.reasons["en"])
    # Nobody who planned it may be left to be told: then those who may publish it are.
    told = {address for letter in mail.outbox for address in letter.to}
    assert (other.email in told) == (loses is not withdraw_rights)
    letters = len(mail.outbox)
    with committed():
        assert publish_due() == 0
    assert len(mail.outbox) == letters


def test_each_language_is_published_as_the_account_that_chose_it(
    client, draft, translations, editor, locales, committed
):
    planner, second = account("first", "News editors"), account("2nd", "News editors")
    release = release_of(
        draft, planner, locales, "kk", "ru", publish_at=timezone.now() + timedelta(1)
    )
    client.force_login(second)
    at = timezone.localtime(release.publish_at).strftime("%Y-%m-%d %H:%M")
    release.publish_at = timezone.localtime(release.publish_at).replace(
        second=0, microsecond=0
    )
    release.if_not_ready = "ready"
    release.save()
    client.post(url_of(release), form(locales, "kk", "ru", "en", publish_at=at))
    chosen = {
        one.locale.language_code: one.chosen_by for one in release.languages.all()
    }
    assert chosen == {"kk": planner, "ru": planner, "en": second}
    second.groups.clear()
    Release.objects.update(publish_at=timezone.now())
    with committed():
        publish_due()
    assert live(draft) == {"kk", "ru"}
    english = release.languages.get(locale=locales["en"])
    assert english.outcome == "not_ready"
    assert "2nd, who planned it, may not publish it." in english.reasons["en"]


def test_rescheduling_makes_the_user_responsible_for_all_languages(
    client, draft, translations, editor, locales
):
    planner = account("first", "News editors")
    release = release_of(draft, planner, locales, "kk", "ru")
    client.force_login(editor)
    client.post(url_of(release), form(locales, "kk", "ru", publish_at=MOMENT))
    assert {one.chosen_by for one in release.languages.all()} == {editor}
    entry = PageLogEntry.objects.filter(action="newsroom.release.plan").first()
    assert entry.user == editor
    assert entry.data["languages"] == ["kk", "ru"]


def test_a_release_published_since_the_form_was_opened_is_not_planned_again(
    client, draft, translations, editor, locales, committed
):
    release = release_of(draft, editor, locales, publish_at=timezone.now())
    with committed():
        publish_due()
    client.force_login(editor)
    client.post(url_of(release), form(locales, "kk", publish_at=MOMENT))
    release.refresh_from_db()
    assert release.state == Release.State.PUBLISHED
    assert codes(release) == {"kk", "ru", "en"}


def test_work_is_assigned_by_those_who_may_publish_it_alone(
    client, draft, sections, homes, translations
):
    """Rights under one Russian section do not reach articles of another."""
    mine = make_section(homes["ru"], title="Спорт")
    client.force_login(section_editor(mine))
    original = TranslationStatus.objects.originals().get(
        translation_key=draft.translation_key
    )
    TranslationStatus.objects.update(source_is_live=True)
    russian = TranslationStatus.objects.get(
        translation_key=draft.translation_key, locale__language_code="ru"
    )
    url = f"{reverse('translation_desk:assign')}?article={original.pk}"
    client.post(url, {"languages": [russian.locale_id], "note": "Mine"})
    russian.refresh_from_db()
    assert russian.note == ""
