"""What type needs and writers do not type."""

from django import template

register = template.Library()

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
DASHES = ("\N{EN DASH}", "\N{EM DASH}")


@register.filter
def with_dashes_kept(text: str) -> str:
    """Keep a dash on the line of the word before it, as Kazakh and Russian type wants:
    «форумы — 2025», whose first space does not break. *text* is plain, not markup."""
    for dash in DASHES:
        text = text.replace(f" {dash} ", f"{NO_BREAK_SPACE}{dash} ")
    return text
