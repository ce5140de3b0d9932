"""A journalist's laptop: debug pages, the demo, e-mail to the console."""

from newsroom.settings.base import *  # noqa: F403

DEBUG = True
SECRET_KEY = "for development only, never for a site that others can reach"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INSTALLED_APPS += ["newsroom.demo"]
DEMO_IS_ALLOWED = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# Static files come straight from the source tree, whatever server runs.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
