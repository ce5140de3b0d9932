from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BinConfig(AppConfig):
    name = "newsroom.bin"
    label = "newsroom_bin"
    verbose_name = _("Bin")

    def ready(self) -> None:
        from newsroom.bin import signal_handlers  # noqa: F401
        from newsroom.bin.restoring import empty_old
        from newsroom.worker import schedule

        schedule.register(schedule.PeriodicJob(empty_old, schedule.MINUTE))
