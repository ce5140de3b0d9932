"""What a deletion takes, for Wagtail's confirmation of many."""

from collections.abc import Iterable
from typing import Any

from django import template

from newsroom.bin.losses import Losses, losses_of
from newsroom.bin.models import KEPT

register = template.Library()


@register.inclusion_tag("bin/losses.html")
def losses(items: Iterable[dict[str, Any]]) -> dict[str, Losses | int]:
    """List what goes with the pages of *items*, the context of a bulk action."""
    pages = [item["item"] for item in items]
    return {"losses": losses_of(pages), "days": KEPT.days}
