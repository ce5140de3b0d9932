"""Why a page must not be published as it is: one exception, and one place that turns
any failed publication into sentences for editors."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import (
    NON_FIELD_ERRORS,
    FieldDoesNotExist,
    PermissionDenied,
    ValidationError,
)
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override


@dataclass(frozen=True, slots=True)
class Reason:
    """``code`` names the kind of a reason in any language; ``text`` says it."""

    code: str
    text: str


# Given a page as it would be live; a veto returns its reasons, none if it has no
# objection. Apps add theirs when they are ready.
vetoes: list[Callable[[Any], list[Reason]]] = []


class PublicationRefused(ValidationError):  # noqa: N818 (an answer, not a mistake)
    """A revision cannot be made live. ``reasons`` say why, in the language in use."""

    def __init__(self, reasons: list[Reason]) -> None:
        self.reasons = reasons
        super().__init__([ValidationError(one.text, code=one.code) for one in reasons])


def objections(page: Any) -> list[Reason]:
    """Return what speaks against making *page* live, by every veto."""
    return [reason for veto in vetoes for reason in veto(page)]


def invalid(page: Any) -> list[Reason]:
    """Return what is wrong with the contents of *page*: required fields that are empty,
    a slug that another page has."""
    try:
        page.full_clean()
    except ValidationError as error:
        return reasons_of(error, page)
    return []


def reasons_of(error: Exception, page: Any = None) -> list[Reason]:
    """Turn the failure of a publication into reasons for editors, in the language in
    use; what is no refusal is for the log, and said in general terms."""
    if isinstance(error, PublicationRefused):
        return error.reasons
    if isinstance(error, ValidationError):
        return _validation_reasons(error, page)
    if isinstance(error, PermissionDenied):
        return [Reason("permission", _("You may not publish it."))]
    text = _("Something went wrong; the site's log has the details.")
    return [Reason(f"error:{type(error).__name__}", text)]


def in_every_language(say: Callable[[], list[Reason]]) -> dict[str, list[Reason]]:
    """Return what *say* returns in each language of the site, by its code."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = say()
    return found


def texts_of(reasons: dict[str, list[Reason]]) -> dict[str, list[str]]:
    """Return only the texts of *reasons*, as they are stored."""
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
