"""Any number of rows of the desk, without their pages."""

import uuid
from datetime import timedelta

from django.utils import timezone

from newsroom.translation.models import TranslationStatus

State = TranslationStatus.State
NOBODY_WAITS = 7  # every seventh article


def fill(locales, count: int) -> None:
    """Make *count* articles in three languages."""
    now = timezone.now()
    rows = []
    for number in range(count):
        waits = now - timedelta(days=number // 3) if number % NOBODY_WAITS else None
        shared = {
            "translation_key": uuid.UUID(int=number + 1),
            "source_locale": locales["kk"],
            "source_is_live": bool(number % 5),
            "headline": f"Headline {number // 2}",
            "headline_terms": " headline ",
            "kind": "news",
            "published_at": now,
            "waiting_since": waits,
        }
        states = (State.ORIGINAL, State.LIVE, State.NOT_STARTED)
        rows += [
            TranslationStatus(locale=locale, state=one, **shared)
            for locale, one in zip(locales.values(), states, strict=True)
        ]
    TranslationStatus.objects.bulk_create(rows)
