"""Removal of characters that cannot be stored from all plain text fields."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db import models

from newsroom.sanitising.characters import storable_text

# Modules of models whose text people type: ours, Wagtail's and the accounts.
OWN_MODULES = ("newsroom.", "home.", "wagtail.", "django.contrib.auth.")


def has_typed_text(model: type[models.Model]) -> bool:
    return model.__module__.startswith(OWN_MODULES)


@cache
def plain_fields(model: type[models.Model]) -> dict[str, bool]:
    """Return the plain text fields of *model*: name → whether it is a single line."""
    return {
        field.attname: isinstance(field, models.CharField)
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
    }


def clean_plain_fields(instance: models.Model) -> None:
    """Make the plain text of *instance* storable, in place."""
    for name, value in storable_fields(type(instance), instance.__dict__):
        setattr(instance, name, value)


def storable_fields(
    model: type[models.Model], values: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    """Yield (name, storable text) of the fields of *values* that have to be changed."""
    for name, single_line in plain_fields(model).items():
        value = values.get(name)
        if isinstance(value, str):
            text = storable_text(value, single_line=single_line)
            if text != value:
                yield name, text


def storable_content(model: type[models.Model] | None, content: Any) -> Any:
    """Return *content* with storable text.

    *content* are serialised fields of *model*, or of a child row if *model* is None.
    """
    if isinstance(content, str):
        return storable_text(content)
    if isinstance(content, list):
        return [storable_content(None, item) for item in content]
    if isinstance(content, dict):
        clean = {name: storable_content(None, value) for name, value in content.items()}
        return clean | dict(storable_fields(model, clean)) if model else clean
    return content
