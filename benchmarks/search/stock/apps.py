"""The app configuration."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "benchmarks.search.stock"
    label = "stock"
    default_auto_field = "django.db.models.BigAutoField"
