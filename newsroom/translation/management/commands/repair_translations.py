"""Command that finds translations with other synchronised fields than the original."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from wagtail_localize.models import TranslationSource

from newsroom.articles.models import ArticlePage
from newsroom.articles.models.localized_page import LocalizedPage
from newsroom.translation.status.counting import count, counted_once
from newsroom.translation.synchronisation.following import carry_over, out_of_step
from newsroom.translation.synchronisation.source_snapshots import remember_published


class Command(BaseCommand):
    help = (
        "Copy dates, topics and other synchronised fields of published originals to "
        "their translations; mark translations as outdated whose originals have other "
        "changes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Only list the differences."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = repaired = 0
        sources = TranslationSource.objects.filter(translations__enabled=True)
        for pk in sources.order_by("pk").values_list("pk", flat=True).distinct():
            source = TranslationSource.objects.get(pk=pk)
            model = source.specific_content_type.model_class()
            if model is None or not issubclass(model, LocalizedPage):
                continue
            page = model.objects.filter(
                translation_key=source.object_id, locale=source.locale_id, live=True
            ).first()
            for target, names in out_of_step(page) if page else ():
                found += 1
                self.stdout.write(f"{target.pk} {target}: {', '.join(names)}")
            if options["check"]:
                continue
            # One transaction per original, so that a large archive does not lock out
            # other writers.
            with transaction.atomic(), counted_once():
                repaired += carry_over(page) if page else 0
                if model is ArticlePage:
                    remember_published(source)
                    count(source.object_id)
        if options["verbosity"]:
            self.stdout.write(f"Different: {found}; repaired: {repaired}.")
