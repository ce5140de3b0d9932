"""Background jobs of the desk, processed version by version."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail_localize.operations import translate_object

from newsroom.access.users import User
from newsroom.translation.machine.drafting import (
    Draft,
    MachineError,
    make_drafts,
    save_drafts,
)
from newsroom.translation.models import TranslationStatus
from newsroom.translation.permissions import may_edit, may_submit, visible_to
from newsroom.translation.status.counting import counted_once
from newsroom.translation.status.review import is_editable
from newsroom.worker.kinds import (
    ItemFailedError,
    ItemOutcome,
    JobKind,
    Params,
    register,
)


def version_of(user: User, item: Params) -> TranslationStatus:
    """Return the version of an item.

    Raises ItemFailedError if it does not exist or *user* may not see it.
    """
    rows = TranslationStatus.objects.filter(visible_to(user), pk=item["version"])
    version = rows.select_related(
        "source",
        "target",
        "locale",
        "translation__source",
        "translation__target_locale",
    ).first()
    if version is None or version.source is None:
        raise ItemFailedError(_("The article is no longer there."))
    return version


def edit_url(version: TranslationStatus) -> str:
    if version.target_id is None:
        return ""
    return reverse("wagtailadmin_pages:edit", args=[version.target_id])


def submit(user: User, params: Params, item: Params) -> ItemOutcome:
    """Start a translation as a draft."""
    version = version_of(user, item)
    if not may_submit(user):
        raise ItemFailedError(_("You may not submit articles for translation."))
    if version.target_id:
        return ItemOutcome(_("It was already started."), edit_url(version))
    with counted_once():
        translate_object(version.source, [version.locale], user=user)
    version.refresh_from_db()
    return ItemOutcome(_("Started."), edit_url(version))


def prepare_drafts(user: User, params: Params, item: Params) -> dict[str, Draft]:
    """Generate machine drafts of untranslated segments.

    A translation that does not exist yet is started first. Raises ItemFailedError.
    """
    version = version_of(user, item)
    if version.translation is None:
        with transaction.atomic():
            submit(user, params, item)
        version = version_of(user, item)
    _refuse_to_change(user, version)
    known = TranslationStatus.objects.filter(pk=version.pk)
    try:
        drafts = make_drafts(version.translation)
    except MachineError as error:
        known.update(machine_error=str(error))
        raise ItemFailedError(str(error)) from error
    known.update(machine_error="")
    return drafts


def _refuse_to_change(user: User, version: TranslationStatus) -> None:
    """Raise ItemFailedError if *user* may not change the translation now."""
    if version.target is None or not may_edit(user, version.target):
        raise ItemFailedError(_("You may not edit this translation."))
    page = version.target.specific_deferred
    if not is_editable(version.translation, page, user):
        raise ItemFailedError(
            _("It is in review: until it comes back, only its editors change it.")
        )


def save_machine_drafts(
    user: User, params: Params, item: Params, drafts: dict[str, Draft]
) -> ItemOutcome:
    version = version_of(user, item)
    _refuse_to_change(user, version)  # checked again: the machine may have taken long
    count = save_drafts(version.translation, drafts, user=user)
    url = reverse("translation_desk:segments", args=[version.translation_id])
    text = ngettext(
        "%(count)d segment to read and accept.",
        "%(count)d segments to read and accept.",
        count,
    )
    return ItemOutcome(text % {"count": count}, url)


MACHINE = register(
    JobKind(
        "machine",
        gettext_lazy("Machine-translate"),
        save_machine_drafts,
        prepare_drafts,
    )
)
SUBMIT = register(JobKind("submit", gettext_lazy("Submit for translation"), submit))
