"""Settings common to all environments, which import all of this module."""

from datetime import timedelta
from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

from newsroom.access.second_factors.configuration import passkey_domain, passkey_origins
from newsroom.localisation.languages import choices
from newsroom.observability.shared_metrics import default_folder
from newsroom.settings.observability import *  # noqa: F403
from newsroom.translation.machine.configuration import machine_translator
from newsroom.web.security_contact import security_contact

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

# The only folder to which the running site writes.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "home",
    "newsroom.articles",
    "newsroom.archive",
    "newsroom.publication",
    "newsroom.corrections",
    "newsroom.translation",
    "newsroom.bin",
    "newsroom.observability",
    "newsroom.backup",
    "newsroom.worker",
    "newsroom.doctor",
    "newsroom.upgrades",
    "newsroom.search_analytics",
    "newsroom.accounts",
    "newsroom.sanitising",
    "newsroom.pictures",
    "newsroom.files",
    "newsroom.transliteration",
    "newsroom.admin",
    "newsroom.localisation",
    "newsroom.gazetteer",
    "newsroom.access.second_factors",
    "search",
    # wagtail_localize.locales is excluded: it would offer tree synchronisation, which
    # fills a language with alias pages.
    "wagtail_localize",
    "wagtail.contrib.redirects",
    "wagtail.contrib.table_block",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_otp_webauthn",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # its templates, for FORM_RENDERER
    "django.contrib.humanize",  # its catalogues: Wagtail uses it for relative times
]

MIDDLEWARE = [
    # First: balancers ask by IP address, without HTTPS, and while the database is down.
    "newsroom.observability.middleware.MonitoringMiddleware",
    # Next, so that its line has the time and the status of all other middleware.
    "newsroom.observability.request_log.RequestLogMiddleware",
    # Outermost and innermost: the metrics of requests.
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "newsroom.access.current_request.CurrentRequestMiddleware",
    # Sets headers of every response, also of those by the middleware below.
    "newsroom.web.security_headers.SecurityHeadersMiddleware",
    # Before all middleware that reads the request.
    "newsroom.web.text_guard.TextGuardMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Middleware that changes the text of pages must follow this one.
    "newsroom.web.compression.TextCompressionMiddleware",
    # Before all middleware that reads the path; a page cache would precede this one.
    "newsroom.transliteration.middleware.ScriptEditionMiddleware",
    # After the conversion: a page that the browser has cached need not be converted
    # again.
    "django.middleware.http.ConditionalGetMiddleware",
    "newsroom.articles.middleware.EditorBarMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "newsroom.web.text_guard.FormGuardMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Before all middleware that reads the user: a password alone is no sign-in.
    "django_otp.middleware.OTPMiddleware",
    "newsroom.access.second_factors.middleware.SecondFactorMiddleware",
    # After sessions: signed-in users may ask more.
    "newsroom.web.limits.middleware.RateLimitMiddleware",
    "newsroom.accounts.audit.files.FileAuditMiddleware",
    "newsroom.accounts.sessions.tracking.SessionTrackingMiddleware",
    "newsroom.accounts.lockout.middleware.KnownBrowserMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "newsroom.web.kept_text.KeptTextMiddleware",
    # After messages and sessions, which it uses to show why nothing was published.
    "newsroom.publication.middleware.RefusalMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    # Last, to handle exceptions of views.
    "newsroom.web.error_pages.DatabaseAwayMiddleware",
    "newsroom.web.impossible_values.ImpossibleValuesMiddleware",
    "newsroom.observability.request_metrics.RequestMetricsMiddleware",
    # Replaces the response of a view that has locked the client out.
    "axes.middleware.AxesMiddleware",
]

CSRF_FAILURE_VIEW = "newsroom.web.kept_text.csrf_failure"

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Characters of rendered pages that a process keeps in memory, at most two bytes each:
# some 1,300 articles. See newsroom/articles/kept_pages.py.
KEPT_TEXT_CHARACTERS = env.int("KEPT_TEXT_CHARACTERS", default=40_000_000)

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "newsroom.localisation.unmarked.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Fields of forms use these templates too: templates/wagtailadmin/widgets.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Options of SQLite, which is used without DATABASE_URL. A writer does not block readers
# (WAL). It takes its lock at the start of the transaction (IMMEDIATE) and waits for
# other writers (timeout), instead of failing later with "database is locked".
SQLITE_BUSY_TIMEOUT_SECONDS = 20
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "timeout": SQLITE_BUSY_TIMEOUT_SECONDS,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }

# ELASTICSEARCH_URL contains the URLs of the nodes, separated by commas; without it, the
# database engine is used. See docs/search.md.
SEARCH_ELASTICSEARCH = {
    "urls": tuple(env.list("ELASTICSEARCH_URL", default=[])),
    "index": env.str("ELASTICSEARCH_INDEX", default="newsroom-archive"),
    "shards": env.int("ELASTICSEARCH_SHARDS", default=1),
    "replicas": env.int("ELASTICSEARCH_REPLICAS", default=0),
    "api_key": env.str("ELASTICSEARCH_API_KEY", default=""),
    "basic_auth": env.str("ELASTICSEARCH_BASIC_AUTH", default=""),
    "ca_certs": env.str("ELASTICSEARCH_CA_CERTS", default=""),
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# The languages of the site, of content in the admin and of the catalogues.
LANGUAGE_CODE = "kk"
LANGUAGES = choices("kk", "ru", "en")  # see docs/adding-a-language.md
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {"WIDGET": "newsroom.articles.rich_text.text_area.PassageTextArea"}
}
WAGTAILADMIN_USER_LOGIN_FORM = "newsroom.localisation.login.TranslatedLoginForm"
# locale/admin contains messages that the admin's packages leave untranslated.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "admin"]
FORMAT_MODULE_PATH = ["newsroom.formats"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
USE_TZ = True
TIME_ZONE = "Asia/Almaty"

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
# Only renditions of pictures on public pages: a web server may serve all of it.
MEDIA_ROOT = VAR_DIR / "media"
# All uploads, and renditions of pictures that are not public.
PRIVATE_MEDIA_ROOT = VAR_DIR / "private"
WAGTAILIMAGES_RENDITION_STORAGE = "renditions"
STORAGES = {
    "default": {"BACKEND": "newsroom.files.storages.PrivateStorage"},
    "renditions": {"BACKEND": "newsroom.files.storages.RenditionStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# What sends mail if EMAIL_BACKEND is newsroom.worker.mail.HeldEmailBackend.
SENDING_EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

# Backups (manage.py backup, docs/recovery.md). BACKUP_AT is the time of day, such as
# 03:15, at which the worker takes one; without it, a timer must. BACKUP_RECIPIENTS are
# public keys of age: archives are encrypted if there are any. BACKUP_IDENTITY is a file
# with a private key, which needs not be on this machine.
BACKUP_DIR = Path(env.str("BACKUP_DIR", default=str(VAR_DIR / "backups")))
BACKUP_AT = env.str("BACKUP_AT", default="")
BACKUP_RECIPIENTS = env.list("BACKUP_RECIPIENTS", default=[])
BACKUP_GPG_RECIPIENTS = env.list("BACKUP_GPG_RECIPIENTS", default=[])
BACKUP_IDENTITY = env.str("BACKUP_IDENTITY", default="")
BACKUP_KEEP_DAILY = env.int("BACKUP_KEEP_DAILY", default=7)
BACKUP_KEEP_WEEKLY = env.int("BACKUP_KEEP_WEEKLY", default=4)
BACKUP_KEEP_MONTHLY = env.int("BACKUP_KEEP_MONTHLY", default=12)

# The page editor posts one field for each part of each block: a long report with people
# lists exceeds Django's limit of 1,000.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Wagtail's own small tasks run immediately. Tasks that take longer than a page should
# are queued in the database for `manage.py worker`.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "background": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

# The admin requests nothing from other servers: no check for a newer Wagtail, and no
# link to its release notes.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Sends no e-mail address of an editor, not even as a hash, to an avatar service.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_SITE_NAME = _("News archive")
WAGTAILADMIN_BASE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# Search boxes of the admin find any form of a word, in any script.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "newsroom.admin.search"}}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# No HTML or SVG: scripts in files from the site's origin have its privileges.
WAGTAILDOCS_EXTENSIONS = [
    "pdf",
    "doc",
    "docx",
    "xls",
    "xlsx",
    "ppt",
    "pptx",
    "odt",
    "ods",
    "odp",
    "rtf",
    "txt",
    "csv",
    "epub",
    "zip",
]

# Allows photographs of current cameras, but not huge scans. A decoded pixel takes three
# bytes, twice during encoding: about 400 MB, one picture at a time.
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "newsroom.pictures.forms.PictureForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "newsroom.pictures.forms.DocumentForm"

# A page that is submitted for translation starts as a draft: readers never see source
# text as a translation.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# Machine translation of drafts: libretranslate, deepl, google or none.
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = machine_translator(env)
# Approved pages are published, except translations: they wait for their release.
WAGTAIL_FINISH_WORKFLOW_ACTION = "newsroom.translation.review.finishing.finish_workflow"
# The translated segments of a deleted page are kept for the translation memory.
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True

# Accounts: docs/accounts.md.
# Days after which entries of the audit log are deleted (sign-ins, changes of
# permissions, exports ...; the history of pages is kept). 0 keeps all.
AUDIT_RETENTION_DAYS = env.int("AUDIT_RETENTION_DAYS", default=730)
# Shorter for sign-ins with unknown names, which may be passwords typed as names.
AUDIT_UNKNOWN_NAMES_DAYS = env.int("AUDIT_UNKNOWN_NAMES_DAYS", default=90)

# Security in the browser: docs/security-headers.md. The middleware sets the content
# security policy and Permissions-Policy.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Wagtail's scripts read the token from the page.
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURITY_TXT = security_contact(env)

# No request for videos and posts that an editor names: they are links here
# (docs/decisions/0003-embeds-are-links.md).
WAGTAILEMBEDS_FINDERS: list[dict[str, object]] = []

# Lock-outs. Failed sign-ins within LOCKOUT_MINUTES that lock sign-in for as long: for
# an account from one address, for an address, and for an account from anywhere, which
# does not apply to browsers in which the account has signed in before.
LOCKOUT_MINUTES = env.int("LOCKOUT_MINUTES", default=15)
LOCKOUT_FAILURES = env.int("LOCKOUT_FAILURES", default=5)
LOCKOUT_FAILURES_PER_ADDRESS = env.int("LOCKOUT_FAILURES_PER_ADDRESS", default=30)
LOCKOUT_FAILURES_PER_ACCOUNT = env.int("LOCKOUT_FAILURES_PER_ACCOUNT", default=50)
# Lifetime of the mailed link that releases an account.
LOCKOUT_LINK_SECONDS = 3600
# Mails with a link for a new password in an hour: for an e-mail address, and for the
# address of a client.
PASSWORD_RESETS_PER_ACCOUNT = env.int("PASSWORD_RESETS_PER_ACCOUNT", default=3)
PASSWORD_RESETS_PER_ADDRESS = env.int("PASSWORD_RESETS_PER_ADDRESS", default=20)
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = (
    "newsroom.accounts.resetting.forms.QueuedResetForm"
)
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_HANDLER = "newsroom.accounts.lockout.handler.LockoutHandler"
AXES_CLIENT_IP_CALLABLE = "newsroom.accounts.lockout.clients.client_network"
AXES_LOCKOUT_CALLABLE = "newsroom.accounts.lockout.views.locked_out"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address", "username"]
AXES_COOLOFF_TIME = timedelta(minutes=LOCKOUT_MINUTES)
# A failure during a lock does not prolong it: nobody can be shut out for ever.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Second factors of sign-in: see docs/sign-in.md. Who must have one: "publishers" (with
# administrators), "everyone" or "nobody". The demo, development and tests need none.
SECOND_FACTOR_REQUIRED = env.str("SECOND_FACTOR_REQUIRED", default="nobody")
# A passkey belongs to one domain for ever: a site that moves loses its passkeys.
OTP_WEBAUTHN_RP_ID = passkey_domain("http://localhost:8000")
OTP_WEBAUTHN_ALLOWED_ORIGINS = passkey_origins("http://localhost:8000")
OTP_WEBAUTHN_RP_NAME = "News archive"
OTP_WEBAUTHN_HELPER_CLASS = "newsroom.access.second_factors.passkeys.PasskeyHelper"
OTP_TOTP_ISSUER = OTP_WEBAUTHN_RP_ID

# The web server and the worker share this folder: newsroom/settings/observability.py.
METRICS_DIR = Path(env.str("METRICS_DIR", default=str(default_folder(VAR_DIR))))

# Documents are saved by the browser, never shown in it. Their policy is set by
# SecurityHeadersMiddleware, which is stricter than Wagtail's.
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILDOCS_BLOCK_EMBEDDED_CONTENT = False
