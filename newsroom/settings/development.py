"""Settings for a local machine: debug pages, the demo, e-mail to the console."""

from newsroom.observability.log_settings import log_settings
from newsroom.settings.base import *  # noqa: F403
from newsroom.settings.base import env

DEBUG = True
SECRET_KEY = "for development only, never for a site that others can reach"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INSTALLED_APPS += ["newsroom.demo"]
DEMO_IS_ALLOWED = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# Serve static files from the source tree, with any server.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# LOG_LEVEL=INFO shows each request and publication as well.
LOGGING = log_settings(env.str("LOG_LEVEL", default="WARNING"), is_json=False)
