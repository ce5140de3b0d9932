"""The messages that a request holds."""

from django.http import HttpRequest


def messages_of(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the level and the text of each message."""
    return [(one.level_tag, str(one).strip()) for one in request._messages]  # type: ignore[attr-defined]
