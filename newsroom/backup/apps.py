from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackupConfig(AppConfig):
    name = "newsroom.backup"
    label = "newsroom_backup"
    verbose_name = _("Backup")

    def ready(self) -> None:
        from newsroom.backup.schedule import PAUSE_SECONDS, back_up_daily
        from newsroom.worker import schedule

        job = schedule.PeriodicJob(back_up_daily, PAUSE_SECONDS)
        schedule.register(job)
