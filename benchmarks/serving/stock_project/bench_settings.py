"""Production settings of the stock site, with its languages and database."""

import os

import environ
from stock.settings.production import *  # noqa: F403

SECRET_KEY = os.environ["SECRET_KEY"]
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS += ["news", "wagtail.locales", "wagtail.contrib.simple_translation"]  # noqa: F405
INSTALLED_APPS += ["wagtail.contrib.table_block"]
MIDDLEWARE.insert(2, "django.middleware.locale.LocaleMiddleware")  # noqa: F405
ROOT_URLCONF = "bench_urls"
LANGUAGE_CODE = "kk"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("kk", "Қазақша"),
    ("ru", "Русский"),
    ("en", "English"),
]
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Asia/Almaty"
DATABASES = {"default": environ.Env().db_url("DATABASE_URL")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # The same as those of the archive.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
