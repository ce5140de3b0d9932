"""Information about a request from the headers of a proxy."""

from collections.abc import Callable
from typing import Any

from granian.utils.proxies import wrap_wsgi_with_proxy_headers

Application = Callable[..., Any]


def behind_proxies(application: Application, trusted: str) -> Application:
    """Return *application* wrapped to read client IP and protocol from trusted proxies.

    Args:
        application: A WSGI application.
        trusted: IP addresses and networks, separated by commas, such as
            ``127.0.0.1,10.0.0.0/8``. ``X-Forwarded-For`` and ``X-Forwarded-Proto`` from
            any other client are ignored.

    Returns:
        A WSGI application that sets ``REMOTE_ADDR`` and ``wsgi.url_scheme``.
    """
    wrapped = wrap_wsgi_with_proxy_headers(application, trusted)

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        # granian reads the protocol only together with X-Forwarded-For, and only in
        # this spelling: a proxy that omits X-Forwarded-For must not cause endless
        # redirects.
        environ.setdefault("HTTP_X_FORWARDED_FOR", environ.get("REMOTE_ADDR", ""))
        if protocols := environ.get("HTTP_X_FORWARDED_PROTO"):
            first = protocols.partition(",")[0].strip().lower()
            environ["HTTP_X_FORWARDED_PROTO"] = first
        return wrapped(environ, start_response)

    return serve
