"""The client for services that the operator names in the settings.

They may be in the site's own network, so that addresses are not checked. Redirects are
not followed, and proxies of the environment not used: what is sent, with its key, goes
to the named service and nowhere else.
"""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from newsroom.fetching.addresses import resolve
from newsroom.fetching.errors import FetchError, RefusedURLError, UnusableAnswerError
from newsroom.fetching.guarded import user_agent
from newsroom.fetching.transport import DEFAULT_PORTS, Deadline, Target, exchange

# A translated article of 100,000 characters is below a megabyte.
MAX_BYTES = 20 * 1024 * 1024
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


class StatusError(FetchError):
    """The service has answered with another status than 200 to 299."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(f"Status {status}")


def post_json(
    url: str,
    *,
    payload: Any = None,
    form: Mapping[str, str | Sequence[str]] | None = None,
    headers: Mapping[str, str] | None = None,
    seconds: float,
    max_bytes: int = MAX_BYTES,
) -> Any:
    """Post *payload* as JSON, or *form*, and return the JSON that the service answers.

    Raises FetchError: StatusError if the service refuses or redirects.
    """
    deadline = Deadline(seconds)
    kind = JSON if form is None else FORM
    body = json.dumps(payload) if form is None else urlencode(form, doseq=True)
    target, credentials = _target_of(url, deadline)
    sent = {
        **credentials,
        **(headers or {}),
        "Content-Type": kind,
        "Accept": JSON,
        "User-Agent": user_agent(),
    }
    answer = exchange(
        target,
        method="POST",
        headers=sent,
        body=body.encode(),
        deadline=deadline,
        max_bytes=max_bytes,
        check=lambda answer: 200 <= answer.status < 300,
    )
    if not 200 <= answer.status < 300:
        raise StatusError(answer.status)
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise UnusableAnswerError("The answer is no JSON.") from error


def _target_of(url: str, deadline: Deadline) -> tuple[Target, dict[str, str]]:
    """Return the server of *url*, and the header with the password in the URL."""
    try:
        parts = urlsplit(url)
        port = parts.port or DEFAULT_PORTS[parts.scheme]
        host = (parts.hostname or "").encode("idna").decode()
    except (KeyError, ValueError) as error:
        raise RefusedURLError("The URL of the service is invalid.") from error
    addresses = tuple(resolve(host, port, deadline.left()))
    credentials = {}
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        credentials["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, path, addresses), credentials
