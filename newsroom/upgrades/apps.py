from django.apps import AppConfig


class UpgradesConfig(AppConfig):
    name = "newsroom.upgrades"
    label = "newsroom_upgrades"
