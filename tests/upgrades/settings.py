"""Settings of the sites that are kept, and of their upgrade."""

from newsroom.settings.development import *  # noqa: F403

DEBUG = False  # error pages are answers, not exceptions in HTML
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
