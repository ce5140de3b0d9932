"""Assignment of a number to each article in the transaction that first saves it."""

from typing import Any

from django.dispatch import receiver

from newsroom.archive.models import Permalink
from newsroom.articles.models import ArticlePage
from newsroom.articles.signals import version_saved


@receiver(version_saved, sender=ArticlePage)
def number_article(instance: ArticlePage, **kwargs: Any) -> None:
    Permalink.objects.get_or_create(translation_key=instance.translation_key)
