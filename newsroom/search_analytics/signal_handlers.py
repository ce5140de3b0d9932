"""Signal handler that counts searches."""

from typing import Any

from django.dispatch import receiver

from newsroom.search_analytics.models import QueryCount
from newsroom.search_analytics.privacy import looks_personal
from newsroom.search_analytics.recording import record_search
from search.signals import searched


@receiver(searched)
def count_search(
    text: str,
    read_as: str,
    locales: tuple[str, ...],
    total: int,
    is_first_page: bool,
    **kwargs: Any,
) -> None:
    """Count a search once, for its first page of results only."""
    # An e-mail address typed with the wrong keyboard layout is recognised only in
    # *read_as*.
    if not is_first_page or looks_personal(read_as):
        return
    several = QueryCount.SEVERAL_LANGUAGES
    record_search(
        text=text,
        language=locales[0] if len(locales) == 1 else several,
        total=total,
    )
