"""Immediate copying of synchronised fields of a published page to its translations.

Translators cannot change these fields, so nothing else would show a corrected date or a
new topic to readers of a translation. Only these fields change, in the live page and in
every revision that may be published next. Texts, drafts, schedules, workflows and locks
are kept.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision, TaskState
from wagtail.signals import page_published
from wagtail_localize.models import Translation

from newsroom.access.users import User
from newsroom.articles.models.localized_page import (
    LocalizedPage,
    synchronised_translations,
)
from newsroom.translation.models import ManualEdit, SourceSnapshot
from newsroom.translation.synchronisation.facts import field_value
from newsroom.translation.synchronisation.log import LOG_ACTION
from newsroom.translation.synchronisation.values import (
    Values,
    copy_fields,
    differing,
    patch,
    patch_source,
    values_of,
)

# A waiting draft must stay newer than the live revision, as Wagtail compares dates.
NEXT = timedelta(microseconds=1)


@transaction.atomic
def carry_over(page: LocalizedPage) -> int:
    """Copy the synchronised fields of the published *page* to its translations.

    The fields are copied on to translations of these translations. Returns the number
    of changed pages. A live translation gets a new published revision with its present
    text. Drafts, scheduled revisions and revisions in review are changed in place and
    are not published. Stopped translations are skipped.
    """
    return _carry_over(page, seen={page.pk})


def _carry_over(page: LocalizedPage, *, seen: set[int]) -> int:
    model = type(page)
    translations = _working(page)
    if not translations:
        return 0
    source = model.objects.select_related("live_revision__user").get(pk=page.pk)
    values = values_of(source)
    targets = {
        target.locale_id: target
        for target in model.objects.filter(
            translation_key=page.translation_key,
            locale__in=[one.target_locale_id for one in translations],
        )
    }
    changed = 0
    for translation in translations:
        target = targets.get(translation.target_locale_id)
        if target is None or target.pk in seen:
            continue
        seen.add(target.pk)
        _note(translation, values)
        if _follow(target, source, values):
            changed += 1 + _carry_over(target, seen=seen)
    return changed


def out_of_step(
    page: LocalizedPage,
) -> Iterator[tuple[LocalizedPage, list[str]]]:
    """Yield the translations of *page* whose synchronised fields differ.

    Each comes with the names of the differing fields.
    """
    values = values_of(page)
    for translation in _working(page):
        for target in type(page).objects.filter(
            translation_key=page.translation_key,
            locale=translation.target_locale_id,
        ):
            if names := differing(target, values):
                yield target, names


def align(page: LocalizedPage) -> None:
    """Copy the synchronised fields of the published original to *page*.

    *page* is a translation that is about to be published: an old revision may hold old
    values.
    """
    for translation in synchronised_translations(page).select_related("source"):
        if translation.pk in _superseded(page) or _is_in_circle(page):
            continue
        originals = type(page).objects.filter(
            translation_key=page.translation_key,
            locale=translation.source.locale_id,
            live=True,
        )
        for original in originals:
            values = values_of(original)
            if names := differing(page, values):
                copy_fields(original, page, names)
                _note(translation, values)
                patch(page.live_revision, page, {name: values[name] for name in names})


def _working(page: LocalizedPage) -> list[Translation]:
    """Return the enabled translations of *page*.

    A version with several sources follows the last one only.
    """
    translations = Translation.objects.filter(
        source__object_id=page.translation_key,
        source__locale=page.locale_id,
        enabled=True,
    )
    return list(
        translations.exclude(pk__in=_superseded(page))
        .select_related("source")
        .order_by("pk")
    )


def _superseded(page: LocalizedPage) -> list[int]:
    """Return the translations that have a later one into the same language.

    The results are primary keys.
    """
    rows = Translation.objects.filter(
        source__object_id=page.translation_key, enabled=True
    ).order_by("pk")
    latest: dict[int, int] = {}
    superseded = []
    for pk, locale in rows.values_list("pk", "target_locale"):
        if locale in latest:
            superseded.append(latest[locale])
        latest[locale] = pk
    return superseded


def _is_in_circle(page: LocalizedPage) -> bool:
    """Return whether *page* is indirectly a translation of itself.

    No version of such a cycle is the original.
    """
    rows = Translation.objects.filter(
        source__object_id=page.translation_key, enabled=True
    ).order_by("pk")
    origin = dict(rows.values_list("target_locale", "source__locale"))
    locale = origin.get(page.locale_id)
    passed = set()
    while locale is not None and locale not in passed:
        if locale == page.locale_id:
            return True
        passed.add(locale)
        locale = origin.get(locale)
    return False


def _follow(
    target: LocalizedPage,
    source: LocalizedPage,
    values: Values,
) -> bool:
    """Update *target* from *source*; return whether anything differed."""
    names = differing(target, values)
    patched = [
        revision for revision in _waiting(target) if patch(revision, target, values)
    ]
    if not names:
        return bool(patched)
    patch_source(target, values)
    old = values_of(target)
    copy_fields(source, target, names)
    if target.live:
        user = source.live_revision.user if source.live_revision else None
        _publish(target, user)
        _log(target, user, names, old, values)
    else:
        target.keeps_text = True
        target.save(clean=False)
    return True


def _waiting(target: LocalizedPage) -> QuerySet[Revision]:
    """Return the revisions that may be published next.

    These are the latest draft, scheduled revisions, and those in review.
    """
    in_review = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    chosen = (
        Q(pk=target.latest_revision_id)
        | Q(approved_go_live_at__isnull=False)
        | Q(pk__in=in_review.values("revision"))
    )
    revisions = target.revisions.filter(chosen)
    return revisions.exclude(pk=target.live_revision_id or 0)


def _publish(page: LocalizedPage, user: User | None) -> None:
    """Create a live revision from *page*, which holds the live text.

    ``Revision.publish`` is not used: it would cancel the workflow and the schedule.
    """
    now = timezone.now()
    earlier = page.live_revision_id
    has_draft = page.latest_revision_id not in (None, earlier)
    page.last_published_at = now
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        user=user,
        created_at=now,
        content=page.serializable_data(),
        object_str=str(page),
    )
    page.live_revision = revision
    if has_draft:
        page.latest_revision_created_at = now + NEXT
        Revision.objects.filter(pk=page.latest_revision_id).update(
            created_at=page.latest_revision_created_at
        )
    else:
        page.latest_revision = revision
        page.latest_revision_created_at = now
    page.keeps_text = True
    page.save(clean=False)
    for model in (SourceSnapshot, ManualEdit):
        if earlier:
            model._default_manager.filter(revision=earlier).update(revision=revision)
    page_published.send(sender=type(page), instance=page, revision=revision)


def _note(translation: Translation, values: Values) -> None:
    """Update the recorded facts of *translation*, which has these values now."""
    snapshots = SourceSnapshot.objects.filter(
        translation=translation, facts__isnull=False
    )
    model: Any = translation.source.specific_content_type.model_class()
    found = {name: field_value(model, values, name) for name in values}
    changed = []
    for snapshot in snapshots:
        facts = {**(snapshot.facts or {}), **found}
        if facts != snapshot.facts:
            snapshot.facts = facts
            changed.append(snapshot)
    SourceSnapshot.objects.bulk_update(changed, ["facts"])


def _log(
    page: LocalizedPage,
    user: User | None,
    names: list[str],
    old: Values,
    new: Values,
) -> None:
    """Log the old and new values in the page's history."""
    model = type(page)
    values = {
        name: [field_value(model, old, name), field_value(model, new, name)]
        for name in names
    }
    log(
        instance=page,
        action=LOG_ACTION,
        user=user,
        revision=page.live_revision,
        content_changed=True,
        data={"fields": values},
    )
