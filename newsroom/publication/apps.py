from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    name = "newsroom.publication"
    verbose_name = _("Publication")

    def ready(self) -> None:
        from newsroom.publication.holdings import register_holdings
        from newsroom.publication.schedule import publish_scheduled
        from newsroom.worker import schedule

        # After the releases, which publish their versions together.
        job = schedule.PeriodicJob(publish_scheduled, schedule.PROMPT, order=2)
        schedule.register(job)
        register_holdings()
