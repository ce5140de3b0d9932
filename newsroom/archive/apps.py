from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    name = "newsroom.archive"
    verbose_name = _("Archive")

    def ready(self) -> None:
        from newsroom.archive.publishing_steps import number_article
        from newsroom.archive.templatetags.archive import parts_of_permalink
        from newsroom.articles import page_rows
        from newsroom.articles.publishing import Event, register

        page_rows.register(parts_of_permalink)
        register(Event.SAVED, "permanent_number", number_article)
