from django.apps import AppConfig


class SanitisingConfig(AppConfig):
    name = "newsroom.sanitising"

    def ready(self) -> None:
        from newsroom.sanitising import signal_handlers  # noqa: F401
