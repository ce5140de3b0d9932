from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PicturesConfig(AppConfig):
    name = "newsroom.pictures"
    label = "newsroom_pictures"
    verbose_name = _("Pictures")

    def ready(self) -> None:
        from newsroom.pictures import signal_handlers  # noqa: F401
        from newsroom.pictures.forms import check_avatars
        from newsroom.pictures.operations import (
            choose_broken_originals,
            keep_size_of_broken_originals,
            report_broken_originals,
        )

        check_avatars()
        report_broken_originals()
        choose_broken_originals()
        keep_size_of_broken_originals()
