from django.apps import AppConfig


class AdminConfig(AppConfig):
    name = "newsroom.admin"
    label = "newsroom_admin"
