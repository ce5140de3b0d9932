from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SecondFactorsConfig(AppConfig):
    name = "newsroom.access.second_factors"
    label = "second_factors"
    verbose_name = _("Second factors")

    def ready(self) -> None:
        from newsroom.access.second_factors import checks, signal_handlers  # noqa: F401
