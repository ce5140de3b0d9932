from django.apps import AppConfig


class DoctorConfig(AppConfig):
    name = "newsroom.doctor"
    label = "doctor"

    def ready(self) -> None:
        from newsroom.doctor import system_checks  # noqa: F401
        from newsroom.doctor.checks import register_all

        register_all()
