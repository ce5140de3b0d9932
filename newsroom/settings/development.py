"""Settings for a local machine: debug pages, the demo, e-mail to the console."""

from newsroom.settings.base import *  # noqa: F403

DEBUG = True
SECRET_KEY = "for development only, never for a site that others can reach"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INSTALLED_APPS += ["newsroom.demo"]
DEMO_IS_ALLOWED = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# Serve static files from the source tree, with any server.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
