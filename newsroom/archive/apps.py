from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    name = "newsroom.archive"
    verbose_name = _("Archive")

    def ready(self) -> None:
        from newsroom.archive import signal_handlers  # noqa: F401
