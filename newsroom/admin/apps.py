from django.apps import AppConfig


class AdminConfig(AppConfig):
    name = "newsroom.admin"
    label = "newsroom_admin"

    def ready(self) -> None:
        from newsroom.admin.menus import build_menus_in_each_language
        from newsroom.admin.spreadsheets import guard_csv_exports
        from newsroom.admin.widget_starts import start_choosers_without_scripts

        build_menus_in_each_language()
        guard_csv_exports()
        start_choosers_without_scripts()
