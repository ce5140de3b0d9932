from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BinConfig(AppConfig):
    name = "newsroom.bin"
    label = "newsroom_bin"
    verbose_name = _("Bin")

    def ready(self) -> None:
        from newsroom.articles.publishing import Event, register
        from newsroom.bin.publishing_steps import keep_deleted_page
        from newsroom.bin.restoring import empty_old
        from newsroom.worker import schedule

        register(Event.DELETING, "bin", keep_deleted_page)
        schedule.register(schedule.PeriodicJob(empty_old, schedule.MINUTE))
