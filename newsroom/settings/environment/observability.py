"""The rate limits and the reports of errors."""

from collections.abc import Iterator, Mapping

from django.utils.translation.trans_null import gettext_noop as _

from newsroom.settings.environment.problems import Problem
from newsroom.web.limits.quotas import MAX_WINDOW, quota_of

RATE_LIMITS = ("API", "EXPORTS", "FEEDS", "SEARCH", "SUGGESTIONS")


def observability_problems(environ: Mapping[str, str]) -> list[Problem]:
    return [*_rate_limits(environ), *_sentry(environ)]


def _rate_limits(environ: Mapping[str, str]) -> Iterator[Problem]:
    for name in (f"RATE_LIMIT_{scope}" for scope in RATE_LIMITS):
        value = environ.get(name)
        try:
            if value is not None:
                quota_of(value)
        except ValueError:
            yield Problem(
                name,
                _("“%(value)s” is no number of requests in a number of seconds."),
                _("Write 300/60 (at most %(most)d seconds), or 0 for no limit."),
                {"value": value, "most": MAX_WINDOW},
            )


def _sentry(environ: Mapping[str, str]) -> Iterator[Problem]:
    value = environ.get("SENTRY_DSN")
    if not value:
        return
    from sentry_sdk.utils import BadDsn, Dsn

    try:
        Dsn(value)
    except (BadDsn, ValueError):  # not repeated: it holds a key
        yield Problem(
            "SENTRY_DSN",
            _("It is no address of a Sentry project."),
            _("Copy it from the settings of the project: https://key@sentry.example/1"),
        )
