from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorrectionsConfig(AppConfig):
    name = "newsroom.corrections"
    verbose_name = _("Corrections")

    def ready(self) -> None:
        from newsroom.articles import page_rows
        from newsroom.articles.models.sub_urls import below_article
        from newsroom.corrections import signal_handlers  # noqa: F401
        from newsroom.corrections.addresses import urlpatterns
        from newsroom.corrections.publishing_steps import register_steps
        from newsroom.corrections.reading import parts_of_corrections

        register_steps()
        page_rows.register(parts_of_corrections)
        below_article.extend(urlpatterns)
