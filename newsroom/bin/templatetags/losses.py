"""The losses of a deletion, for Wagtail's bulk confirmation page."""

from collections.abc import Iterable
from typing import Any

from django import template

from newsroom.bin.losses import Losses, losses_of
from newsroom.bin.models import KEPT

register = template.Library()


@register.inclusion_tag("bin/losses.html")
def losses(items: Iterable[dict[str, Any]]) -> dict[str, Losses | int]:
    """Return the losses of deleting the pages of *items*, a bulk action's context."""
    pages = [item["item"] for item in items]
    return {"losses": losses_of(pages), "days": KEPT.days}
