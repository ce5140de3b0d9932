"""The line that each request writes to the log, and the id of the request."""

import re
import time
import uuid

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware

from newsroom.access.users import AnyUser
from newsroom.observability.log_settings import HIDDEN
from newsroom.web.clients import FULL, network_of
from newsroom.web.database_errors import is_database_away
from newsroom.web.proxies import IS_TRUSTED

logger = structlog.get_logger(__name__)

HEADER = "X-Request-ID"
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
# Arguments of URLs that act as passwords, such as those of password resets.
_SECRET_ARGUMENT = re.compile("token|secret|signature|uidb64|^key$", re.IGNORECASE)
MAX_PATH_LENGTH = 300


class RequestLogMiddleware(RequestMiddleware):
    """Middleware that binds a request id to the log and writes one line per request.

    The id is that of the trusted proxy in ``X-Request-ID``, or a new one; the response
    has it too. The line has method, path, status, duration and the user's primary key.
    It has no query string, no user name, no cookie and no full IP address
    (``LOG_IP_ADDRESSES``). An unhandled exception is written once, with its traceback.
    """

    def prepare(self, request: HttpRequest) -> None:
        structlog.contextvars.clear_contextvars()
        request.started_at = time.perf_counter()  # type: ignore[attr-defined]
        request.request_id = _id_of(request)  # type: ignore[attr-defined]
        context = {"request_id": request.request_id}  # type: ignore[attr-defined]
        if settings.LOG_IP_ADDRESSES != "none":
            is_full = settings.LOG_IP_ADDRESSES == FULL
            context["ip"] = network_of(request, is_full=is_full)
        structlog.contextvars.bind_contextvars(**context)

    def handle_response(self, request: HttpRequest, response: HttpResponse) -> None:
        # The exception has been logged; this line has the status that the client got.
        request.__dict__.pop("_raised_exception", None)
        seconds = time.perf_counter() - request.started_at  # type: ignore[attr-defined]
        structlog.contextvars.bind_contextvars(duration_ms=round(seconds * 1000, 1))
        response[HEADER] = request.request_id  # type: ignore[attr-defined]
        super().handle_response(request, response)

    def _process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, (Http404, PermissionDenied)):
            return
        request._raised_exception = exception  # type: ignore[attr-defined]
        self.bind_user_id(request)
        asked = self.format_request(request)
        if is_database_away(exception):
            # The same for every request: the database's own log has the details.
            logger.error(
                "database_unavailable", request=asked, error=type(exception).__name__
            )
        else:
            logger.exception("request_failed", request=asked)

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Return method and path, without the query string and without secrets."""
        return f"{str(request.method)[:20]} {path_of(request)[:MAX_PATH_LENGTH]}"

    @staticmethod
    def bind_user_id(request: HttpRequest) -> None:
        """Bind the user's primary key if the request has looked the user up already."""
        user: AnyUser | None = getattr(request, "_cached_user", None)
        if user is not None and user.pk is not None:
            structlog.contextvars.bind_contextvars(user_id=user.pk)


def _id_of(request: HttpRequest) -> str:
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    if request.META.get(IS_TRUSTED) and _WELL_FORMED.fullmatch(given):
        return given
    return uuid.uuid4().hex


def path_of(request: HttpRequest) -> str:
    """Return the path of *request* without its secret parts."""
    path = request.path_info
    match = request.resolver_match
    for name, value in (match.kwargs if match else {}).items():
        if _SECRET_ARGUMENT.search(name) and value and str(value) in path:
            path = path.replace(str(value), HIDDEN)
    return path
