from django.apps import AppConfig


class ObservabilityConfig(AppConfig):
    name = "newsroom.observability"

    def ready(self) -> None:
        from newsroom.observability import task_log  # noqa: F401
