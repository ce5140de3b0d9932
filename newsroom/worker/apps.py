from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkerConfig(AppConfig):
    name = "newsroom.worker"
    label = "newsroom_jobs"
    verbose_name = _("Background work")

    def ready(self) -> None:
        from newsroom.worker import schedule
        from newsroom.worker.holdings import register_holdings
        from newsroom.worker.queue import maintain

        schedule.register(schedule.PeriodicJob(maintain, schedule.FEW_SECONDS))
        register_holdings()
