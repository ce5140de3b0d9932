from django.apps import AppConfig


class AdminConfig(AppConfig):
    name = "newsroom.admin"
    label = "newsroom_admin"

    def ready(self) -> None:
        from newsroom.admin.spreadsheets import guard_csv_exports

        guard_csv_exports()
