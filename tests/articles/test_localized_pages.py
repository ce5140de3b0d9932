"""Common behaviour of language versions: guarded saves, slugs, copies, previews."""

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import get_language, override
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from newsroom.articles.draft_saves import LiveTextError, drafts_saved
from newsroom.articles.models import ArticlePage, SectionPage, localized_page
from newsroom.articles.models.localized_page import (
    LocalizedPage,
    synchronised_translations,
)
from newsroom.articles.refusals import PublicationRefused, Reason
from tests.factories import locale_of, make_section


@pytest.fixture
def section(homes) -> SectionPage:
    return make_section(homes["kk"])


def translate(section, code: str) -> tuple[Translation, SectionPage]:
    """Return a translation of *section*, and its live page."""
    source, _ = TranslationSource.update_or_create_from_instance(section)
    locale = locale_of(code)
    translation = Translation.objects.create(source=source, target_locale=locale)
    page = section.copy_for_translation(locale)
    page.title = f"Title {code}"
    page.save_revision().publish()
    return translation, SectionPage.objects.get(pk=page.pk)


@pytest.fixture
def translated(section) -> SectionPage:
    """Return a live translation into Russian."""
    return translate(section, "ru")[1]


def stored(page) -> SectionPage:
    return SectionPage.objects.get(pk=page.pk)


def test_the_translation_of_a_page_is_the_enabled_one_into_its_language(homes, section):
    translation, page = translate(section, "ru")
    english, english_page = translate(section, "en")
    other, other_page = translate(make_section(homes["kk"], "Спорт"), "ru")
    assert list(synchronised_translations(page)) == [translation]
    assert list(synchronised_translations(english_page)) == [english]
    assert list(synchronised_translations(other_page)) == [other]
    assert not synchronised_translations(section)
    translation.enabled = False
    translation.save()
    assert not synchronised_translations(page)


def test_a_full_save_of_a_live_translation_raises_an_error_with_the_remedy(translated):
    translated.title = "Другой"
    with pytest.raises(LiveTextError) as raised:
        translated.save()
    assert str(raised.value) == (
        f"Publish a revision of page {translated.pk} instead of saving it: it is a "
        "live translation, and its text may change only by publication."
    )
    assert stored(translated).title == "Title ru"


def test_saving_a_draft_writes_only_the_draft_title(translated):
    translated.title, translated.introduction = "Другой", "Черновик"
    translated.slug = "not a slug"  # a draft need not be valid
    with drafts_saved():
        translated.save()
    page = stored(translated)
    assert (page.title, page.draft_title) == ("Title ru", "Другой")
    assert (page.introduction, page.slug) == ("", "title-ru")


def test_named_fields_of_a_live_translation_are_saved(translated):
    translated.title, translated.introduction = "Другой", "Черновик"
    translated.save(update_fields=["title"])
    page = stored(translated)
    assert (page.title, page.introduction) == ("Другой", "")


def test_a_stopped_translation_and_an_original_are_saved_whole(section, translated):
    Translation.objects.update(enabled=False)
    for page in (section, translated):
        page.introduction = "Новое"
        page.save()
        assert stored(page).introduction == "Новое"


def test_a_translation_that_is_not_shown_is_saved_whole(translated):
    translated.unpublish()
    page = stored(translated)
    page.introduction = "Новое"
    page.save()
    assert stored(page).introduction == "Новое"


def test_a_page_is_shown_if_it_is_live_with_the_same_revision(homes, translated):
    other = make_section(homes["kk"], "Спорт")
    page = stored(translated)
    assert page.names_live_revision
    assert page.is_shown_already()
    page.live_revision = other.live_revision
    assert not page.is_shown_already()
    page = stored(translated)
    Page.objects.filter(pk=page.pk).update(live=False)
    assert page.names_live_revision
    assert not page.is_shown_already()
    assert not stored(page).names_live_revision
    assert not SectionPage(live=True).names_live_revision


@pytest.fixture
def saves(monkeypatch) -> list[tuple]:
    """Return the arguments of ``page_saved``."""
    calls: list[tuple] = []

    def page_saved(page, update_fields, *, url_changed):
        calls.append((page, update_fields, url_changed))

    monkeypatch.setattr(localized_page, "page_saved", page_saved)
    return calls


def test_page_saved_has_the_written_fields_and_whether_the_url_changed(section, saves):
    section.save()
    section.save(update_fields=["title"])
    section.slug = "another"
    section.save()
    assert saves == [
        (section, None, False),
        (section, ["title"], False),
        (section, None, True),
    ]


def test_a_new_page_has_no_url_that_could_have_changed(homes, saves):
    section = SectionPage(title="Спорт")
    homes["kk"].add_child(instance=section)
    assert [url_changed for _page, _fields, url_changed in saves] == [False]


@pytest.fixture
def revision(section):
    return section.save_revision()


def test_errors_of_fields_refuse_a_publication_with_their_labels(
    section, revision, monkeypatch
):
    def publish(self, *args, **kwargs):
        raise ValidationError({"slug": "Taken."})

    monkeypatch.setattr(Page, "publish", publish)
    with override("en"), pytest.raises(PublicationRefused) as refused:
        section.publish(revision)
    assert refused.value.reasons == [Reason("invalid:slug", "Slug: Taken.")]


@pytest.mark.parametrize(
    "error", [PublicationRefused([Reason("a", "A")]), ZeroDivisionError()]
)
def test_other_errors_of_a_publication_are_passed_on(
    section, revision, monkeypatch, error
):
    def publish(self, *args, **kwargs):
        raise error

    monkeypatch.setattr(Page, "publish", publish)
    with pytest.raises(type(error)) as raised:
        section.publish(revision)
    assert raised.value is error


def test_a_publication_passes_on_arguments_and_result(section, revision, monkeypatch):
    calls = []

    def publish(self, *args, **kwargs):
        calls.append((self, args, kwargs))
        return "published"

    monkeypatch.setattr(Page, "publish", publish)
    assert section.publish(revision, 1, changed=False) == "published"
    assert calls == [(section, (revision, 1), {"changed": False})]


@pytest.fixture
def cleaned(monkeypatch) -> list[Page]:
    """Return the pages whose plain fields were cleaned."""
    pages: list[Page] = []
    monkeypatch.setattr(localized_page, "clean_plain_fields", pages.append)
    return pages


def test_each_validation_cleans_plain_fields_and_sets_the_slug(section, cleaned):
    section.slug = ""
    section.full_clean()
    assert section.slug == "qogam"
    section.slug = ""
    section.minimal_clean()
    assert section.slug == "qogam"
    assert cleaned == [section, section]


def test_a_validation_leaves_out_the_excluded_fields(section):
    section.title = "x" * 300
    section.full_clean(["title"])
    section.full_clean(exclude=["title"])
    with pytest.raises(ValidationError):
        section.full_clean()


def test_a_slug_of_the_site_itself_is_an_error(section, monkeypatch):
    monkeypatch.setattr(SectionPage, "reserved_slugs", frozenset({"search"}))
    section.clean()
    section.slug = "search"
    with override("en"), pytest.raises(ValidationError) as raised:
        section.clean()
    assert raised.value.message_dict == {"slug": ["The site itself uses this address."]}


def slug_of(page: Page) -> str:
    page.set_readable_slug()
    return page.slug


def test_a_slug_is_made_from_the_title_as_soon_as_the_parent_is_known(homes, section):
    page = SectionPage(title="Қоғам", locale=section.locale)
    assert slug_of(page) == ""
    page._cached_parent_obj = homes["kk"]
    assert slug_of(page) == "qogam"
    section.slug, section.title = "", "Спорт"
    assert slug_of(section) == "sport"
    section.slug, section.title = "", "…"
    assert slug_of(section) == ""


def test_a_slug_of_the_site_itself_gets_a_number(section, monkeypatch):
    monkeypatch.setattr(SectionPage, "reserved_slugs", frozenset({"search"}))
    section.slug, section.title = "", "Search"
    assert slug_of(section) == "search-1"


def test_a_slug_borrowed_from_the_original_follows_the_title_until_publication(
    homes, section
):
    copy = section.copy_for_translation(locale_of("ru"))
    copy.title = "Общество"
    assert copy.slug == section.slug
    assert slug_of(copy) == "obshchestvo"
    copy.slug = section.slug
    copy.first_published_at = section.first_published_at
    assert slug_of(copy) == section.slug


def test_a_slug_of_its_own_is_kept(homes, section):
    """The same slug below another parent does not matter, nor does an unsaved page."""
    copy = section.copy_for_translation(locale_of("ru"))
    copy.title, copy.slug = "Общество", "own"
    assert slug_of(copy) == "own"
    other = SectionPage(title="Общество", slug="qogam", live=False)
    homes["en"].add_child(instance=other)
    assert slug_of(other) == "qogam"
    unsaved = SectionPage(
        title="Общество", slug="qogam", translation_key=section.translation_key
    )
    unsaved._cached_parent_obj = homes["en"]
    assert slug_of(unsaved) == "qogam"


@pytest.mark.parametrize(
    ("kwargs", "copies_parents", "excluded"),
    [
        ({}, False, ["go_live_at", "expire_at"]),
        ({"alias": True}, False, ["go_live_at", "expire_at"]),
        (
            {"copy_parents": True, "exclude_fields": ["title"]},
            True,
            ["title", "go_live_at", "expire_at"],
        ),
    ],
    ids=["default", "alias", "parents and fields"],
)
def test_a_version_is_copied_as_a_draft_without_its_schedule(
    section, monkeypatch, kwargs, copies_parents, excluded
):
    calls = []

    def copy(self, locale, **kwargs):
        calls.append((self, locale, kwargs))
        return "copy"

    monkeypatch.setattr(Page, "copy_for_translation", copy)
    locale = locale_of("ru")
    assert section.copy_for_translation(locale, **kwargs) == "copy"
    assert calls == [
        (
            section,
            locale,
            {
                "copy_parents": copies_parents,
                "alias": False,
                "exclude_fields": excluded,
            },
        )
    ]


def test_permissions_are_asked_for_the_user_and_the_page(section, admin_user):
    tester = section.permissions_for_user(admin_user)
    assert (tester.user, tester.page.pk) == (admin_user, section.pk)
    assert type(tester).__name__ == "VersionPermissionTester"


class LateResponse(HttpResponse):
    """A response that is rendered like a template, in the language of that moment."""

    def render(self) -> None:
        text = f'<html lang="{get_language()}"><p>Қала</p>'
        self.content = text.encode(self.charset)


@pytest.fixture
def preview(rf, monkeypatch):
    """Preview a page in a mode; return the request, and the response's text."""
    calls = []

    def serve_preview(self, request, mode_name):
        calls.append((self, request, mode_name))
        return LateResponse(charset="utf-16")

    monkeypatch.setattr(Page, "serve_preview", serve_preview)

    def show(page: LocalizedPage, mode: str):
        request = rf.get("/")
        calls.clear()
        response = page.serve_preview(request, mode)
        assert calls == [(page, request, mode)]
        return request, response.content.decode("utf-16")

    return show


def test_a_preview_is_in_the_language_of_its_page(section, translated, preview):
    with override("en"):
        _request, text = preview(section, "")
        assert text == '<html lang="kk"><p>Қала</p>'
        request, text = preview(translated, "kk-latn")  # no mode of a Russian page
        assert text == '<html lang="ru"><p>Қала</p>'
    assert not hasattr(request, "script_edition")


def test_a_preview_of_an_edition_is_converted(section, preview):
    request, text = preview(section, "kk-latn")
    assert request.script_edition.prefix == "kk-latn"
    assert text == '<html dir="ltr" lang="kk-Latn"><p>Qala</p>'


def test_links_of_a_preview_stay_in_the_edition_on_the_same_host(
    section, rf, monkeypatch
):
    html = '<html lang="kk"><a href="http://testserver/kk/a/">x</a>'
    monkeypatch.setattr(
        Page, "serve_preview", lambda self, request, mode: HttpResponse(html)
    )
    response = section.serve_preview(rf.get("/"), "kk-latn")
    assert 'href="http://testserver/kk-latn/a/"' in response.content.decode()


def test_an_article_is_a_language_version_too():
    assert issubclass(ArticlePage, LocalizedPage)
