"""Memories that are too large for a request: read, and made findable, by the worker."""

import zlib
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from newsroom.translation.desk.access import may_assign
from newsroom.translation.exchange.files import FileError
from newsroom.translation.exchange.memory import tmx
from newsroom.translation.exchange.memory.pairs import Pair
from newsroom.translation.exchange.memory.units import AT_ONCE, Taken, take
from newsroom.translation.memory import remember_imported
from newsroom.translation.models import ImportedUnit, MemoryFile
from newsroom.worker.kinds import ItemFailedError, Kind, Outcome, Params, register
from newsroom.worker.models import Job
from newsroom.worker.running import start

# A file that no worker has come to in this time, or that was stopped, is dropped.
KEPT = timedelta(days=7)


def remember(user: Any, params: Params, item: Params) -> Outcome:
    """Let the memory find what an import has brought."""
    units = ImportedUnit.objects.filter(pk__in=item["units"])
    remember_imported(list(units.select_related("source_locale", "target_locale")))
    return Outcome()


REMEMBER = register(
    Kind("remember", gettext_lazy("Let the translation memory find units"), remember)
)


def read_file(user: Any, params: Params, item: Params) -> list[Pair]:
    """Read a file that waits. Raises ItemFailedError, with the line, if it is refused;
    it is dropped then."""
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


def take_file(user: Any, params: Params, item: Params, pairs: list[Pair]) -> Outcome:
    """Keep the pairs of a file; their units are made findable by another job."""
    file = MemoryFile.objects.get(pk=item["file"])
    try:
        taken = take(pairs, user=user, file_name=file.name)
    except FileError as error:  # the file goes after some days: this is undone
        raise ItemFailedError(error.said) from error
    file.delete()
    job = make_findable(taken, user=user) if taken.new else None
    return Outcome(said(taken), reverse("jobs:job", args=[job.pk]) if job else "")


TAKE = register(
    Kind("take", gettext_lazy("Import a translation memory"), take_file, read_file)
)


def take_later(data: bytes, *, name: str, user: Any) -> Job:
    """Have the worker import the file."""
    MemoryFile.objects.filter(added_at__lt=timezone.now() - KEPT).delete()
    file = MemoryFile.objects.create(name=name[:255], data=zlib.compress(data))
    return start(TAKE, user=user, items=[(name, {"file": file.pk})])


def make_findable(taken: Taken, *, user: Any, at_once: int = AT_ONCE) -> Job:
    """Have the worker let the memory find the new units, *at_once* in each item."""
    items = [
        (f"{first + 1}–{first + len(units)}", {"units": units})
        for first in range(0, len(taken.new), at_once)
        if (units := taken.new[first : first + at_once])
    ]
    return start(REMEMBER, user=user, items=items)


def said(taken: Taken) -> str:
    """Return what came of an import, as a sentence."""
    text = ngettext(
        "%(count)d unit is new.", "%(count)d units are new.", len(taken.new)
    ) % {"count": len(taken.new)}
    rest = _("Known already: %(known)d; in other languages: %(foreign)d.")
    return f"{text} {rest % {'known': taken.known, 'foreign': taken.foreign}}"
