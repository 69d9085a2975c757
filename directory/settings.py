"""Settings, read from the environment alone.

Without any variable the site runs in embedded mode: SQLite, files as broker and mail folder, all in VAR_DIR.
`PRODUCTION=1` forbids those defaults. A wrong value ends the start with a sentence that says how to mend it.
`directory/docs/operations.md` lists every variable.
"""

from pathlib import Path
from typing import Any

import django_stubs_ext
from django.utils.csp import CSP

from directory import environment as env

django_stubs_ext.monkeypatch()  # generic Django classes take their type in brackets at run time

BASE_DIR = Path(__file__).resolve().parent.parent

PRODUCTION = env.flag("PRODUCTION", default=False)
DEBUG = env.flag("DEBUG", default=False)
VAR_DIR = env.folder("VAR_DIR", default=BASE_DIR / "var")

SECRET_KEY = env.secret("SECRET_KEY", kept_in=VAR_DIR / "secret-key", demanded=PRODUCTION)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
SITE_NAME = env.text("SITE_NAME", default="Superbill")
PORT = env.number("PORT", default=8000, low=1, high=65535)
SITE_URL = env.site_url("SITE_URL", default=f"http://127.0.0.1:{PORT}", demanded=PRODUCTION)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"], demanded=PRODUCTION)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", default=0, low=0, high=10)
NETWORK = env.flag("NETWORK", default=False)
REQUIRE_SECOND_PERSON = env.flag("REQUIRE_SECOND_PERSON", default=PRODUCTION)
CIP_PREFIXES = env.words("CIP_PREFIXES", default=["51.07"])
API_RATE = env.rate("API_RATE", default="60/min")
REFERENCE_DATA = env.text("REFERENCE_DATA", default="")
BLS_API_URL = env.text("BLS_API_URL", default="https://api.bls.gov/publicAPI/v2/timeseries/data/")
BLS_API_KEY = env.text("BLS_API_KEY", default="")
SCORECARD_API_URL = env.text(
    "SCORECARD_API_URL", default="https://api.data.gov/ed/collegescorecard/v1/schools"
)
SCORECARD_API_KEY = env.text("SCORECARD_API_KEY", default="")
LINK_CONTROL_URL = env.text("LINK_CONTROL_URL", default="")
# Where outgoing calls may go though it be a private address: what the operator set, never a default.
OPERATOR_ADDRESSES = env.addresses("BLS_API_URL", "SCORECARD_API_URL", "LINK_CONTROL_URL")

INSTALLED_APPS = [
    "directory",
    "tasks",
    "listings",
    "content",
    "directory.apps.SiteAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_filters",
    "django_linear_migrations",
    "import_export",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "simple_history",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Around everything that may answer early, static files and refused hosts among them.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "content.lib.verbs.KnownVerbs",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "directory.urls"
WSGI_APPLICATION = "directory.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
LOADERS = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "directory" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "directory.chrome.site",
            ],
            "loaders": LOADERS if DEBUG else [("directory.unindented.Loader", LOADERS)],
        },
    }
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.database(
        "DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'superbill.sqlite3'}", demanded=PRODUCTION
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache("CACHE_URL", demanded=PRODUCTION)}

EMAIL_FOLDER = VAR_DIR / "mail"
MAILERS: dict[str, dict[str, Any]] = {
    "default": env.mail("EMAIL_URL", folder=EMAIL_FOLDER, demanded=PRODUCTION)
}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("MAIL_FROM", default="superbill@localhost", demanded=PRODUCTION)

REDIS_URL = env.redis_url("REDIS_URL", demanded=PRODUCTION)
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any]
if REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        # Above the hard time limit, so that no running task is delivered a second time.
        "visibility_timeout": 300,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": 5,
        "socket_connect_timeout": 1,
        "socket_keepalive": True,
    }
else:
    BROKER_FOLDER = VAR_DIR / "broker"
    CELERY_BROKER_TRANSPORT = "tasks.broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_FOLDER / "in"),
        "data_folder_out": str(BROKER_FOLDER / "in"),
        "processed_folder": str(BROKER_FOLDER / "processed"),
        "control_folder": str(BROKER_FOLDER / "control"),
        "store_processed": False,
        "polling_interval": 0.5,
    }
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
# A message only says "look at the rows", so it is acknowledged when taken, as with files. Late ones
# would bring nothing back that the rows do not, and with them a busy worker ends when Redis dies (kombu 5.7).
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 240, 270
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CONCURRENCY = env.number("JOB_PROCESSES", default=2, low=1, high=64)
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 500_000  # kilobytes; then a fresh process takes its place
JOB_LEASE = env.number("JOB_LEASE", default=120, low=2, high=240)  # seconds; then a claim is free

# The web server reads these two itself; here they are counted against the database's connections.
WEB_PROCESSES = env.number("GRANIAN_WORKERS", default=2, low=1, high=64)
WEB_THREADS = env.number("GRANIAN_BLOCKING_THREADS", default=4, low=1, high=64)

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_HANDLER = "directory.lockout.LoginGuard"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_IPWARE_PROXY_COUNT = TRUSTED_PROXIES or None
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
# What was typed before an expired login travels through the form, and is not to be kept with a failed try.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "kept"]
LOGIN_URL = "admin:login"
CSRF_FAILURE_VIEW = "directory.kept.csrf_failure"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en-us"
TIME_ZONE = env.time_zone("TIME_ZONE", default="America/New_York")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],
    "microphone": [],
    "payment": [],
    "usb": [],
    "geolocation": ["self"],
    "browsing-topics": [],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
if SITE_URL.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1_200  # somewhat more pages than an upload may have: its form then says so
FILE_UPLOAD_PERMISSIONS = 0o640

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_THROTTLE_CLASSES": ["directory.rate.AddressRate"],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": f"{SITE_NAME} API",
    "VERSION": "1",
    "DESCRIPTION": "Schools, programs, credentials, articles and statistics; read-only.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVERS": [{"url": SITE_URL}],
}

LOGGING = env.logging("LOG_FORMAT", default="json" if PRODUCTION else "text")
