"""Records of failed actions, and which of their reasons are new."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page, Revision

from newsroom.articles.refusals import Reason
from newsroom.publication.models import FailedExpiry, RefusedPublication


def reasons(*codes: str) -> dict[str, list[Reason]]:
    """Return reasons with these codes, in every language of the site."""
    return {
        language: [Reason(code, f"{code} {language}") for code in codes]
        for language in ("kk", "ru", "en")
    }


@pytest.fixture
def failed(page) -> FailedExpiry:
    return FailedExpiry(page=page, expire_at=timezone.now())


def test_a_kind_of_reason_is_new_once(failed):
    assert failed.record(reasons("b", "a", "b"), "1") == {"a", "b"}
    assert failed.told == ["a", "b"]
    assert failed.record(reasons("c", "a"), "2") == {"c"}
    assert failed.told == ["a", "b", "c"]
    assert failed.record(reasons("b"), "3") == set()
    assert failed.told == ["a", "b", "c"]


def test_the_last_reasons_and_circumstances_are_stored(failed):
    failed.record(reasons("a"), "1")
    failed.record(reasons("b", "c"), "2")
    stored = FailedExpiry.objects.get()
    assert stored.fingerprint == "2"
    assert stored.reasons["ru"] == ["b ru", "c ru"]
    assert stored.reasons.keys() == {"kk", "ru", "en"}
    assert stored.told == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("stored", "language", "shown"),
    [
        ({"kk": ["қ"], "ru": ["р"]}, "ru", ["р"]),
        ({"kk": ["қ"], "ru": ["р"]}, "en", ["қ"]),
        ({"kk": ["қ"], "ru": []}, "ru", ["қ"]),
        ({"ru": ["р"]}, "en", []),
    ],
    ids=["active", "default", "empty in the active language", "none"],
)
def test_reasons_are_shown_in_the_active_language_or_the_default(
    stored, language, shown
):
    with override(language):
        assert FailedExpiry(reasons=stored).reasons_shown == shown


@pytest.fixture
def refusal(page) -> RefusedPublication:
    moment = timezone.now()
    revision = page.save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=moment)
    return RefusedPublication.objects.create(
        revision=revision, page=page, go_live_at=moment
    )


def test_a_refusal_is_current_while_its_revision_is_scheduled_for_that_time(refusal):
    standing = RefusedPublication.objects.standing
    assert list(standing()) == [refusal]
    revision = Revision.objects.filter(pk=refusal.revision_id)
    revision.update(approved_go_live_at=timezone.now() + timedelta(hours=1))
    assert not standing()
    revision.update(approved_go_live_at=None)
    assert not standing()


def test_standing_refusals_are_found_by_page(refusal, make_page):
    other = make_page()
    by_page = RefusedPublication.objects.by_page
    assert by_page([other.pk, None, refusal.page_id]) == {refusal.page_id: refusal}
    assert by_page([other.pk, None]) == {}
    Revision.objects.update(approved_go_live_at=None)
    assert by_page([refusal.page_id]) == {}


def test_a_failed_expiry_is_current_while_the_page_is_live_past_that_date(page):
    moment = timezone.now()
    Page.objects.filter(pk=page.pk).update(live=True, expire_at=moment)
    failed = FailedExpiry.objects.create(page=page, expire_at=moment)
    standing = FailedExpiry.objects.standing
    assert list(standing()) == [failed]
    Page.objects.filter(pk=page.pk).update(live=False)
    assert not standing()
    later = moment + timedelta(hours=1)
    Page.objects.filter(pk=page.pk).update(live=True, expire_at=later)
    assert not standing()


def test_the_time_shown_is_the_scheduled_one(refusal, page):
    failed = FailedExpiry(page=page, expire_at=timezone.now())
    assert refusal.moment == refusal.go_live_at
    assert failed.moment == failed.expire_at
    assert str(refusal) == f"{refusal.revision_id}: {refusal.go_live_at}"
    assert str(failed) == f"{page.pk}: {failed.expire_at}"
