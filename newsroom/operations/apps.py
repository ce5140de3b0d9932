from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    name = "newsroom.operations"
    verbose_name = _("Operations")

    def ready(self) -> None:
        from newsroom.operations.alphabetical_lists import sort_lists_by_alphabet
        from newsroom.operations.late_translation import translate_late
        from newsroom.operations.list_counts import count_without_declining
        from newsroom.operations.local_time import accept_every_local_time
        from newsroom.operations.shown_names import show_names
        from newsroom.operations.unmarked import (
            mark_dates,
            mark_forms,
            mark_models,
        )

        mark_models()
        mark_forms()
        mark_dates()
        translate_late()
        show_names()
        accept_every_local_time()
        sort_lists_by_alphabet()
        count_without_declining()
