"""Signal handlers that update search when people, places or other entities change."""

from collections.abc import Callable
from typing import Any

from django.db.models.signals import ModelSignal, post_delete, post_save, pre_delete

from newsroom.articles.index_documents import articles_about, rename, synchronise
from newsroom.articles.models import (
    ArticlePage,
    Organisation,
    Person,
    Place,
    Topic,
)
from newsroom.articles.models.entities import Entity

Handler = Callable[..., None]


def from_entities(signal: ModelSignal) -> Callable[[Handler], Handler]:
    """Return a decorator that connects a handler to *signal* of every entity model."""

    def connect(handler: Handler) -> Handler:
        for model in (Person, Organisation, Place, Topic):
            signal.connect(handler, sender=model)
        return handler

    return connect


@from_entities(post_save)
def synchronise_renamed_entity(instance: Entity, raw: bool, **kwargs: Any) -> None:
    if not raw:
        rename(instance)
        synchronise(articles_about(instance))


@from_entities(pre_delete)
def remember_articles_about_entity(instance: Any, **kwargs: Any) -> None:
    instance.articles_about = list(
        articles_about(instance).values_list("pk", flat=True)
    )


@from_entities(post_delete)
def synchronise_deleted_entity(instance: Any, **kwargs: Any) -> None:
    rename(instance)
    synchronise(ArticlePage.objects.filter(pk__in=instance.articles_about))
