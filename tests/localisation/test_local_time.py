"""Every local time can be entered, also in hours that a zone repeats or skips."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    streamfield,
)
from wagtail.users.models import UserProfile

from home.models import HomePage
from newsroom.articles.models import ArticlePage, SectionPage
from newsroom.corrections.forms import CorrectionForm
from newsroom.localisation.local_time import LocalDateTimeField, in_zone
from newsroom.translation.releases.forms import ReleaseForm
from tests.factories import make_article, make_section

ALMATY = "Asia/Almaty"
# Local times and the moments that they are: the first of two, or moved forward.
MOMENTS = {
    "repeated in 2024": (ALMATY, "2024-02-29 23:30", "2024-02-29 17:30"),
    "first minute repeated": (ALMATY, "2024-02-29 23:00", "2024-02-29 17:00"),
    "before the repeated hour": (ALMATY, "2024-02-29 22:59", "2024-02-29 16:59"),
    "after the repeated hour": (ALMATY, "2024-03-01 00:00", "2024-02-29 19:00"),
    "skipped in 2003": (ALMATY, "2003-03-30 02:30", "2003-03-29 20:30"),
    "repeated in 2003": (ALMATY, "2003-10-26 02:30", "2003-10-25 19:30"),
    "skipped in 1985": (ALMATY, "1985-03-31 02:30", "1985-03-30 20:30"),
    "skipped in Berlin": ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29 01:30"),
    "repeated in Berlin": ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 00:30"),
    "ordinary": (ALMATY, "2025-06-18 09:00", "2025-06-18 04:00"),
}


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(("zone", "local", "moment"), MOMENTS.values(), ids=MOMENTS)
def test_every_local_time_is_one_moment(zone, local, moment):
    naive = datetime.fromisoformat(local)
    assert in_zone(naive, ZoneInfo(zone)) == utc(moment)
    with timezone.override(zone):
        assert LocalDateTimeField().clean(local) == utc(moment)
        assert LocalDateTimeField().clean(naive) == utc(moment)


def test_an_invalid_date_is_refused_and_an_offset_is_kept():
    field = LocalDateTimeField()
    for text in ("2024-02-30 10:00", "жұма", "0001-01-01 00:00", "2024-02-29 25:00"):
        with pytest.raises(ValidationError):
            field.clean(text)
    assert field.clean("2024-02-29T23:30:00+05:00") == utc("2024-02-29 18:30")


class Form(forms.Form):
    at = LocalDateTimeField(required=False, widget=AdminDateTimeInput)


@pytest.mark.parametrize(
    "moment",
    [utc("2024-02-29 18:30"), utc("2025-06-18 04:00") + timedelta(seconds=42.5)],
    ids=["second of two occurrences", "seconds"],
)
def test_a_time_that_is_only_shown_and_sent_back_stays_exact(moment):
    form = Form({"at": timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")})
    form.initial = {"at": moment}
    assert form.is_valid()
    assert form.cleaned_data["at"] == moment
    assert form.changed_data == []
    form = Form({"at": ""}, initial={"at": moment})
    assert form.is_valid()
    assert form.cleaned_data["at"] is None


def moments_in(form: type[forms.BaseForm]) -> set[str]:
    return {
        name
        for name, field in form.base_fields.items()
        if isinstance(field, forms.DateTimeField)
    }


def test_every_form_of_the_admin_takes_every_local_time():
    pages = [
        model.get_edit_handler().get_form_class()
        for model in (ArticlePage, SectionPage, HomePage)
    ]
    found = set()
    for form in (*pages, ReleaseForm, CorrectionForm):
        for name in moments_in(form):
            found.add(name)
            assert isinstance(form.base_fields[name], LocalDateTimeField), (form, name)
    assert {"published_at", "publish_at", "date"} <= found


@pytest.mark.parametrize(
    ("zone", "moment"),
    [("", "2024-02-29 17:30"), ("Europe/Berlin", "2024-02-29 22:30")],
    ids=["newsroom's zone", "editor's zone"],
)
def test_the_editor_takes_a_repeated_hour_in_the_zone_of_its_user(
    zone, moment, admin_client, admin_user, homes
):
    UserProfile.objects.create(user=admin_user, current_time_zone=zone)
    page = make_article(make_section(homes["kk"]), live=False)
    lists = ("authors", "topics", "people", "organisations", "places")
    posted = nested_form_data(
        {
            "title": page.title,
            "lead": page.lead,
            "kind": page.kind,
            "slug": page.slug,
            "published_at": "2024-02-29 23:30",
            "body": streamfield([]),
            "comments": inline_formset([]),
            **{name: inline_formset([]) for name in lists},
        }
    )
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert admin_client.post(url, posted).status_code == 302
    draft = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    # Python takes a repeated time in a zone for unequal to every moment (PEP 495).
    assert draft.published_at.astimezone(UTC) == utc(moment)
