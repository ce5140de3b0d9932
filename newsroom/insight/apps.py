from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightConfig(AppConfig):
    name = "newsroom.insight"
    verbose_name = _("Search insight")

    def ready(self) -> None:
        from newsroom.insight import signal_handlers  # noqa: F401
