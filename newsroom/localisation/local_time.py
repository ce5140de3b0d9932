"""Conversion of entered local date-times to UTC, including ambiguous and skipped hours.

Almaty repeated the hour from 23:00 on 29 February 2024, and had summer time until 2004.
Django's form fields refuse such hours.
"""

from datetime import UTC, datetime, tzinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateTimeInput

REFUSED = "ambiguous_timezone"  # Django's error code for such hours


def in_zone(value: datetime, zone: tzinfo) -> datetime:
    """Return the naive *value* in *zone* as an aware date-time in UTC.

    An ambiguous time is taken as its first occurrence; a skipped time is moved forward
    by the length of the gap. Raises OverflowError at the ends of the calendar. The
    result is in UTC because Python treats an ambiguous time of another zone as unequal
    to every other date-time (PEP 495).
    """
    return value.replace(tzinfo=zone, fold=0).astimezone(UTC)


class LocalDateTimeField(forms.DateTimeField):
    """A date-time in the current time zone that accepts every local time.

    A value that is submitted as it was shown is kept unchanged: with its seconds, which
    the widget does not show, and as the second occurrence of an ambiguous time.
    """

    def to_python(self, value: Any) -> datetime | None:
        try:
            moment = super().to_python(value)
        except ValidationError as error:
            if getattr(error, "code", None) != REFUSED:
                raise
            params: Any = error.params
            try:
                return in_zone(params["datetime"], timezone.get_current_timezone())
            except (OverflowError, ValueError):
                raise error from None
        try:
            return moment.astimezone(UTC) if moment else None
        except OverflowError as error:
            raise self._invalid() from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        return not self._is_as_shown(initial, data) and super().has_changed(
            initial, data
        )

    def _clean_bound_field(self, bound: Any) -> datetime | None:
        value = super()._clean_bound_field(bound)  # type: ignore[misc]
        # BoundField.initial has no microseconds.
        initial = bound.form.initial.get(bound.name, self.initial)
        initial = initial() if callable(initial) else initial
        return initial if self._is_as_shown(initial, bound.data) else value

    def _is_as_shown(self, initial: Any, data: Any) -> bool:
        if not isinstance(initial, datetime) or not isinstance(data, str):
            return False
        shown = self.widget.format_value(self.prepare_value(initial))
        return data.strip() == shown

    def _invalid(self) -> ValidationError:
        return ValidationError(self.error_messages["invalid"], code="invalid")


def accept_every_local_time() -> None:
    """Use the field for every date-time in the forms of Wagtail's admin."""
    register_form_field_override(
        models.DateTimeField,
        override={"widget": AdminDateTimeInput, "form_class": LocalDateTimeField},
    )
