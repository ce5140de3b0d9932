"""Background jobs for memory files that are too large for a request."""

import zlib
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from newsroom.access.users import User
from newsroom.translation.exchange.files import FileError
from newsroom.translation.exchange.memory import tmx
from newsroom.translation.exchange.memory.pairs import Pair
from newsroom.translation.exchange.memory.units import AT_ONCE, Taken, take
from newsroom.translation.memory.store import remember_imported
from newsroom.translation.models import ImportedUnit, MemoryFile
from newsroom.translation.permissions import may_assign
from newsroom.worker.kinds import (
    ItemFailedError,
    ItemOutcome,
    JobKind,
    Params,
    register,
)
from newsroom.worker.models import Job
from newsroom.worker.running import start

# A file is deleted if no worker has processed it within this time.
KEPT = timedelta(days=7)


def remember(user: User, params: Params, item: Params) -> ItemOutcome:
    """Index imported units in the translation memory."""
    units = ImportedUnit.objects.filter(pk__in=item["units"])
    remember_imported(list(units.select_related("source_locale", "target_locale")))
    return ItemOutcome()


REMEMBER = register(
    JobKind("remember", gettext_lazy("Let the translation memory find units"), remember)
)


def read_file(user: User, params: Params, item: Params) -> list[Pair]:
    """Read an uploaded file.

    Raises ItemFailedError, with the line, if the file is refused; it is then deleted.
    """
    file = MemoryFile.objects.filter(pk=item["file"]).first()
    if file is None:
        raise ItemFailedError(_("The file is no longer there: choose it again."))
    if not may_assign(user):
        raise ItemFailedError(_("You may not import translation memories."))
    try:
        return tmx.read(zlib.decompress(bytes(file.data)))
    except FileError as error:
        file.delete()
        raise ItemFailedError(error.said) from error


def take_file(
    user: User, params: Params, item: Params, pairs: list[Pair]
) -> ItemOutcome:
    """Store the pairs of a file and start a job that indexes the new units."""
    file = MemoryFile.objects.get(pk=item["file"])
    try:
        taken = take(pairs, user=user, file_name=file.name)
    except FileError as error:  # nothing is stored; the file is deleted after KEPT
        raise ItemFailedError(error.said) from error
    file.delete()
    job = make_findable(taken, user=user) if taken.new else None
    return ItemOutcome(said(taken), reverse("jobs:job", args=[job.pk]) if job else "")


TAKE = register(
    JobKind("take", gettext_lazy("Import a translation memory"), take_file, read_file)
)


def take_later(data: bytes, *, name: str, user: User) -> Job:
    """Store a file and start a job that imports it."""
    MemoryFile.objects.filter(added_at__lt=timezone.now() - KEPT).delete()
    file = MemoryFile.objects.create(name=name[:255], data=zlib.compress(data))
    return start(TAKE, user=user, items=[(name, {"file": file.pk})])


def make_findable(taken: Taken, *, user: User, at_once: int = AT_ONCE) -> Job:
    """Start a job that indexes the new units, *at_once* in each item."""
    items = [
        (f"{first + 1}–{first + len(units)}", {"units": units})
        for first in range(0, len(taken.new), at_once)
        if (units := taken.new[first : first + at_once])
    ]
    return start(REMEMBER, user=user, items=items)


def said(taken: Taken) -> str:
    """Return the result of an import as a sentence."""
    text = ngettext(
        "%(count)d unit is new.", "%(count)d units are new.", len(taken.new)
    ) % {"count": len(taken.new)}
    rest = _("Known already: %(known)d; in other languages: %(foreign)d.")
    return f"{text} {rest % {'known': taken.known, 'foreign': taken.foreign}}"
