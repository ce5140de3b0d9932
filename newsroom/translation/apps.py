from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "newsroom.translation"
    # The label "translation" alone would read like one of wagtail-localize's models.
    label = "newsroom_translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        from newsroom.articles import page_rows
        from newsroom.translation import (  # noqa: F401
            draft_saves,
            signal_handlers,
            status_handlers,
        )
        from newsroom.translation.headline_triggers import (
            HEADLINE_TRIGGERS,
            rebuild_headline_index,
        )
        from newsroom.translation.holdings import register_holdings
        from newsroom.translation.inline_tags import extend_localize
        from newsroom.translation.machine import reading  # noqa: F401
        from newsroom.translation.publishing_steps import register_steps
        from newsroom.translation.releases.due import publish_due
        from newsroom.translation.templatetags.translations import parts_of_status
        from newsroom.worker import schedule
        from search import triggers

        register_steps()
        page_rows.register(parts_of_status)
        draft_saves.extend_localize()
        extend_localize()
        triggers.register(HEADLINE_TRIGGERS, rebuild_headline_index)
        schedule.register(schedule.PeriodicJob(publish_due, schedule.PROMPT, order=1))
        register_holdings()
