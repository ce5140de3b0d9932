"""Receivers that count what happens."""

from typing import Any

from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.dispatch import receiver
from wagtail.models import Page

from newsroom.articles.models import ArticlePage
from newsroom.observability.metrics import (
    FAILED_SIGN_INS,
    PUBLICATIONS,
    REFUSED_REQUESTS,
    SEARCH_SECONDS,
)
from newsroom.web.limits.middleware import limited
from search.signals import answered


def count_publication(page: Page) -> None:
    """Count the publication of *page* once the transaction is committed.

    A page that is only scheduled is counted when its time has come.
    """
    if page.live:
        kind = getattr(page, "kind", None)
        if kind not in ArticlePage.Kind.values:  # of the page, or of an import
            kind = page._meta.model_name
        transaction.on_commit(lambda: PUBLICATIONS.labels(kind).inc())


@receiver(answered)
def count_answer(engine: str, seconds: float, **kwargs: Any) -> None:
    SEARCH_SECONDS.labels(engine).observe(seconds)


@receiver(user_login_failed)
def count_failed_sign_in(**kwargs: Any) -> None:
    FAILED_SIGN_INS.inc()


@receiver(limited)
def count_refused_request(scope: str, **kwargs: Any) -> None:
    REFUSED_REQUESTS.labels(scope).inc()
