from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchAnalyticsConfig(AppConfig):
    name = "newsroom.search_analytics"
    label = "insight"  # of its table
    verbose_name = _("Search insight")

    def ready(self) -> None:
        from newsroom.search_analytics import signal_handlers  # noqa: F401
        from newsroom.search_analytics.recording import purge
        from newsroom.worker import schedule

        schedule.register(schedule.PeriodicJob(purge, schedule.HOUR))
