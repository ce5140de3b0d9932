"""Settings of the test suite: fast passwords, a separate database and media folder."""

import tempfile
from pathlib import Path

from newsroom.settings.base import *  # noqa: F403
from newsroom.settings.base import env

DEBUG = False
SECRET_KEY = "for tests only"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
INSTALLED_APPS += ["newsroom.demo"]
DEMO_IS_ALLOWED = True
# If there are several database servers, distribute the workers of pytest-xdist to them.
SERVERS = env.list("TEST_DATABASE_URLS", default=[])
WORKER = env.str("PYTEST_XDIST_WORKER", default="gw0").removeprefix("gw")
if SERVERS and WORKER.isdigit():
    DATABASES["default"] = env.db_url_config(SERVERS[int(WORKER) % len(SERVERS)])
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["NAME"] = ":memory:"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Deleted when the process ends.
TEMPORARY_MEDIA = tempfile.TemporaryDirectory(
    prefix="newsroom-media-", ignore_cleanup_errors=True
)
# Processes of one run share no files: neither counters nor locks.
VAR_DIR = Path(TEMPORARY_MEDIA.name)
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_MEDIA_ROOT = VAR_DIR / "private"
BACKUP_DIR = VAR_DIR / "backups"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# pytest captures what is logged.
LOGGING = {}
# The browser tests set the variable: Playwright's event loop stays in their thread.
SILENCED_SYSTEM_CHECKS = ["async.E001"]
# Tests ask more often than people; those of the limits set their own.
RATE_LIMITS = {}
