"""Language versions that are unpublished together with an expired page."""

from datetime import timedelta

import pytest
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from wagtail.models import Page, PageLogEntry
from wagtail_localize.models import Translation, TranslationSource

from newsroom.articles.models import SectionPage
from newsroom.translation.expiry import expire_translations
from tests.factories import locale_of, make_section


def translate(section, code: str, *, is_translation: bool = True) -> SectionPage:
    """Return a live version of *section* in another language."""
    if is_translation:
        source, _ = TranslationSource.update_or_create_from_instance(section)
        Translation.objects.create(source=source, target_locale=locale_of(code))
    page = section.copy_for_translation(locale_of(code))
    page.save_revision().publish()
    return SectionPage.objects.get(pk=page.pk)


@pytest.fixture
def section(homes) -> SectionPage:
    return make_section(homes["kk"])


@pytest.fixture
def russian(section) -> SectionPage:
    return translate(section, "ru")


def expire(page) -> None:
    """Mark *page* as expired; unpublish its translations."""
    page.expired, page.expire_at = True, timezone.now() - timedelta(minutes=1)
    expire_translations(page)


def is_live(page) -> bool:
    return Page.objects.get(pk=page.pk).live


def test_translations_expire_with_their_original(section, russian):
    english = translate(section, "en")
    expire(section)
    for page in (russian, english):
        stored = Page.objects.get(pk=page.pk)
        assert (stored.live, stored.expired) == (False, True)
        log = PageLogEntry.objects.filter(page=page.pk)
        assert log.filter(action="wagtail.unpublish.scheduled").count() == 1


def test_no_other_page_expires(homes, section, russian):
    """Neither other pages nor a version that is no translation of this one."""
    other = make_section(homes["kk"], "Спорт")
    others = [
        other,
        translate(other, "ru"),
        translate(section, "en", is_translation=False),
    ]
    expire(section)
    assert not is_live(russian)
    assert all(map(is_live, others))


def test_a_translation_takes_no_other_version_along(section, russian):
    english = translate(section, "en")
    expire(russian)
    assert is_live(section)
    assert is_live(english)


def test_a_page_that_has_not_expired_takes_none_along(section, russian):
    expire_translations(section)
    assert is_live(russian)


def test_a_plain_page_has_no_translations(section, russian):
    expire(Page.objects.get(pk=section.pk))
    assert is_live(russian)


def test_a_translation_with_an_expiry_date_keeps_it(section, russian):
    moment = timezone.now() + timedelta(days=1)
    Page.objects.filter(pk=russian.pk).update(expire_at=moment)
    expire(section)
    assert Page.objects.get(pk=russian.pk).expire_at == moment
    assert is_live(russian)


@pytest.fixture
def failure(russian, monkeypatch):
    """Make the unpublication of the Russian version fail; set the error in a list."""
    usual, errors = Page.unpublish, []

    def unpublish(self, **kwargs):
        if self.pk == russian.pk:
            Page.objects.filter(pk=self.pk).update(title="Half done")
            raise errors[0]
        usual(self, **kwargs)

    monkeypatch.setattr(Page, "unpublish", unpublish)
    return errors


def test_a_version_that_fails_gets_the_date_of_its_original(section, russian, failure):
    failure.append(ZeroDivisionError())
    english = translate(section, "en")
    expire(section)
    stored = Page.objects.get(pk=russian.pk)
    assert (stored.live, stored.title) == (True, russian.title)
    assert stored.expire_at == section.expire_at
    assert Page.objects.get(pk=section.pk).expire_at is None
    assert not is_live(english)


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_failure_of_the_database_is_passed_on(section, russian, failure, error):
    failure.append(error())
    with pytest.raises(error):
        expire(section)
    assert Page.objects.get(pk=russian.pk).expire_at is None
