from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "newsroom.articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        from newsroom.articles import checks, facets, page_rows  # noqa: F401
        from newsroom.articles.atomic_actions import make_actions_atomic
        from newsroom.articles.editor.creation import remove_old_creations
        from newsroom.articles.kept_pages import served
        from newsroom.articles.models import ArticlePage
        from newsroom.articles.page_parts import parts_of_article
        from newsroom.articles.publishing_steps import register_steps
        from newsroom.articles.signal_handlers import (  # noqa: F401
            entities,
            pages,
            pictures,
        )
        from newsroom.worker import schedule

        make_actions_atomic()
        page_rows.register(parts_of_article)
        ArticlePage.serve_kept = staticmethod(served)
        register_steps()
        schedule.register(schedule.PeriodicJob(remove_old_creations, schedule.MINUTE))
