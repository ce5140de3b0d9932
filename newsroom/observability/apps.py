from django.apps import AppConfig


class ObservabilityConfig(AppConfig):
    name = "newsroom.observability"

    def ready(self) -> None:
        from newsroom.articles.publishing import Event, register
        from newsroom.observability import task_log  # noqa: F401
        from newsroom.observability.counting import count_publication

        register(Event.PUBLISHED, "metrics", count_publication)
