from django.apps import AppConfig


class LocalisationConfig(AppConfig):
    name = "newsroom.localisation"

    def ready(self) -> None:
        from newsroom.localisation import checks  # noqa: F401
        from newsroom.localisation.alphabetical_lists import sort_lists_by_alphabet
        from newsroom.localisation.late_translation import translate_late
        from newsroom.localisation.list_counts import count_without_declining
        from newsroom.localisation.local_time import accept_every_local_time
        from newsroom.localisation.shown_names import show_names
        from newsroom.localisation.unmarked import (
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
