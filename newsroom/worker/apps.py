from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkerConfig(AppConfig):
    name = "newsroom.worker"
    label = "newsroom_jobs"
    verbose_name = _("Background work")
