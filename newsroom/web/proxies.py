"""Information about a request from the headers of a proxy."""

from collections.abc import Callable
from typing import Any

from granian.utils.proxies import _Forwarders, wrap_wsgi_with_proxy_headers

Application = Callable[..., Any]

# Key of the WSGI environment that says that the request came through a trusted proxy.
# Clients can set keys that begin with HTTP_ only.
IS_TRUSTED = "newsroom.is_trusted_proxy"


def behind_proxies(application: Application, trusted: str) -> Application:
    """Return *application* wrapped to read client IP and protocol from trusted proxies.

    Args:
        application: A WSGI application.
        trusted: IP addresses and networks, separated by commas, such as
            ``127.0.0.1,10.0.0.0/8``. ``X-Forwarded-For`` and ``X-Forwarded-Proto`` from
            any other client are ignored.

    Returns:
        A WSGI application that sets ``REMOTE_ADDR``, ``wsgi.url_scheme`` and
        :data:`IS_TRUSTED`.
    """
    proxies = _Forwarders(trusted)
    wrapped = wrap_wsgi_with_proxy_headers(application, trusted)

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        environ[IS_TRUSTED] = environ.get("REMOTE_ADDR") in proxies
        # granian reads the protocol only together with X-Forwarded-For, and only in
        # this spelling: a proxy that omits X-Forwarded-For must not cause endless
        # redirects.
        environ.setdefault("HTTP_X_FORWARDED_FOR", environ.get("REMOTE_ADDR", ""))
        if protocols := environ.get("HTTP_X_FORWARDED_PROTO"):
            first = protocols.partition(",")[0].strip().lower()
            environ["HTTP_X_FORWARDED_PROTO"] = first
        return wrapped(environ, start_response)

    return serve
