from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "newsroom.files"
    label = "newsroom_files"
    verbose_name = _("Files")

    def ready(self) -> None:
        from newsroom.files import checks, signal_handlers  # noqa: F401
        from newsroom.files.visibility import settle
        from newsroom.worker import schedule

        job = schedule.PeriodicJob(settle, schedule.SECOND, while_held=True)
        schedule.register(job)
