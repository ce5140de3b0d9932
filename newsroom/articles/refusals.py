"""Reasons why a page cannot be published, and their conversion to text for editors."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    FieldDoesNotExist,
    PermissionDenied,
    ValidationError,
)
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from search.site_languages import site_languages


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: ``code`` is independent of language, ``text`` is for editors."""

    code: str
    text: str


# Functions that get a page as it would be live and return reasons against it, or an
# empty list. Apps append theirs in ``ready``.
vetoes: list[Callable[[Any], list[Reason]]] = []


class PublicationRefused(ValidationError):  # noqa: N818 (an answer, not a mistake)
    """Error for a revision that cannot be made live.

    ``reasons`` say why, in the active language.
    """

    def __init__(self, reasons: list[Reason]) -> None:
        self.reasons = reasons
        super().__init__([ValidationError(one.text, code=one.code) for one in reasons])


def objections(page: Any) -> list[Reason]:
    """Return the reasons of all vetoes against making *page* live."""
    return [reason for veto in vetoes for reason in veto(page)]


def invalid(page: Any) -> list[Reason]:
    """Return the validation errors of *page*: empty fields, a duplicate slug."""
    try:
        page.full_clean()
    except ValidationError as error:
        return reasons_of(error, page)
    return []


def reasons_of(error: Exception, page: Any = None) -> list[Reason]:
    """Convert the failure of a publication to reasons, in the active language.

    Unexpected errors give a general reason; their details are only in the log.
    """
    if isinstance(error, PublicationRefused):
        return error.reasons
    if isinstance(error, ValidationError):
        return _validation_reasons(error, page)
    if isinstance(error, PermissionDenied):
        return [Reason("permission", _("You may not publish it."))]
    text = _("Something went wrong; the site's log has the details.")
    return [Reason(f"error:{type(error).__name__}", text)]


def in_every_language(say: Callable[[], list[Reason]]) -> dict[str, list[Reason]]:
    """Return the result of *say* in each language of the site, by language code."""
    found = {}
    for code in site_languages():
        with override(code):
            found[code] = say()
    return found


def texts_of(reasons: dict[str, list[Reason]]) -> dict[str, list[str]]:
    """Return only the texts of *reasons*, the format in which they are stored."""
    return {code: [one.text for one in found] for code, found in reasons.items()}


def _validation_reasons(error: ValidationError, page: Any) -> list[Reason]:
    if not hasattr(error, "error_dict"):
        return [Reason("invalid", text) for text in error.messages]
    return [
        Reason(f"invalid:{name}", f"{_label(page, name)}{text}")
        for name, errors in error.error_dict.items()
        for one in errors
        for text in one.messages
    ]


def _label(page: Any, name: str) -> str:
    if page is None or name == NON_FIELD_ERRORS:
        return ""
    try:
        field = page._meta.get_field(name)
    except FieldDoesNotExist:
        return f"{name}: "
    return f"{capfirst(getattr(field, 'verbose_name', name))}: "
