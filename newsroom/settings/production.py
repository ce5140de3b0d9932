"""Settings of a public site, which requires its secrets and host names to start."""

import logging
import os

from newsroom.settings.environment import require_valid

# Before any variable is read: the operator gets one list of all errors.
ENVIRONMENT_WARNINGS = require_valid(os.environ)

from newsroom.access.second_factors.configuration import (  # noqa: E402
    passkey_domain,
    passkey_origins,
)
from newsroom.observability.sentry import start_sentry, version  # noqa: E402
from newsroom.settings.base import *  # noqa: E402, F403
from newsroom.settings.base import LOG_LEVEL, env, log_settings  # noqa: E402

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
WAGTAILADMIN_BASE_URL = env.str(
    "SITE_URL", default=f"https://{ALLOWED_HOSTS[0]}"
).rstrip("/")
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]

# TLS ends at the proxy, which sets X-Forwarded-Proto: newsroom/wsgi.py trusts the
# header from the IP addresses in TRUSTED_PROXIES only.
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
# Both concern other sites of the domain, and browsers remember them: only the operator
# can know whether they are right.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

EMAIL_CONFIG = env.email_url("EMAIL_URL")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL")
# Seconds: without a limit, a mail server that does not answer holds up a request.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)
# The outer backend sends nothing while a restored site is on hold; the inner one sends
# by SMTP and counts the mails for /metrics.
EMAIL_BACKEND = "newsroom.worker.mail.HeldEmailBackend"
SENDING_EMAIL_BACKEND = "newsroom.observability.mail.EmailBackend"

STORAGES["staticfiles"] = {
    "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
}

# Seconds: without a limit, a command or the worker waits minutes for a server whose
# network does not answer.
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 10)
# Connections to PostgreSQL of one process of the web server (newsroom/web/pooling.py).
DATABASE_POOL = {
    "min_size": env.int("DATABASE_POOL_MIN", default=0),
    "max_size": env.int("DATABASE_POOL_MAX", default=8),
    "timeout": env.int("DATABASE_POOL_TIMEOUT", default=5),
}

# One JSON object per line: see docs/observability.md.
LOGGING = log_settings(LOG_LEVEL, is_json=True)
logging.captureWarnings(True)

# Cookies that only this host can set, and only over TLS; readers get none.
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"

# Second factors: see docs/sign-in.md.
SECOND_FACTOR_REQUIRED = env.str("SECOND_FACTOR_REQUIRED", default="publishers")
OTP_WEBAUTHN_RP_ID = env.str(
    "PASSKEY_DOMAIN", default=passkey_domain(WAGTAILADMIN_BASE_URL)
)
OTP_WEBAUTHN_ALLOWED_ORIGINS = env.list(
    "PASSKEY_ORIGINS", default=passkey_origins(WAGTAILADMIN_BASE_URL)
)
OTP_TOTP_ISSUER = OTP_WEBAUTHN_RP_ID

# Errors are reported to this server, if there is one: docs/observability.md.
start_sentry(
    env.str("SENTRY_DSN", default=""),
    environment=env.str("SENTRY_ENVIRONMENT", default="production"),
    release=env.str("SENTRY_RELEASE", default=version(BASE_DIR / "pyproject.toml")),
)
