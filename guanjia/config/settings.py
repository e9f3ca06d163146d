"""Settings: from the environment only. Starts on SQLite with nothing set; a bad value stops it loudly."""

import os
import secrets
from pathlib import Path

from environs import Env

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.str("GUANJIA_VAR", str(Path.cwd() / "var"))).resolve()
DEBUG = env.bool("GUANJIA_DEBUG", False)
TESTING = env.bool("GUANJIA_TESTING", "PYTEST_VERSION" in os.environ)


def _secret(path: Path) -> str:
    """Return the site's secret, made on first use with mode 0600."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        return path.read_text().strip()


SECRET_KEY = env.str("GUANJIA_SECRET_KEY", "") or _secret(VAR / "secret")
GUANJIA_KEYS = env.str("GUANJIA_KEYS", "")
GUANJIA_KEY_FILE = str(VAR / "keys")

ALLOWED_HOSTS = env.list("GUANJIA_HOSTS", ["127.0.0.1", "localhost", "testserver"])
CSRF_FAILURE_VIEW = "guanjia.faces.kit.errors.no_token"
GUANJIA_SUPPORT = env.str("GUANJIA_SUPPORT", "")  # the telephone that error pages name
CSRF_TRUSTED_ORIGINS: list[str] = env.list("GUANJIA_ORIGINS", [])
HTTPS = env.bool("GUANJIA_HTTPS", False)
PROXIES = env.int("GUANJIA_PROXIES", 0)  # how many reverse proxies of ours stand before us; each adds one X-Forwarded-For

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "guanjia.domain.trail",
    "guanjia.domain.accounts",
    "guanjia.domain.files",
    "guanjia.domain.estate",
    "guanjia.domain.staff",
    "guanjia.domain.parties",
    "guanjia.domain.standards",
    "guanjia.domain.shifts",
    "guanjia.domain.notify",
    "guanjia.domain.workorders",
    "guanjia.domain.requests",
    "guanjia.domain.intake",
    "guanjia.faces.kit",
    "guanjia.faces.cli",
]

MIDDLEWARE = [
    "guanjia.faces.kit.middleware.Headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "guanjia.faces.kit.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "guanjia.faces.kit.sessions.Limits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "guanjia.config.urls"
WSGI_APPLICATION = "guanjia.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [BASE_DIR / "faces" / face / "templates" for face in ("kit", "console", "field", "portal")],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "guanjia.faces.kit.environment.build",
            "context_processors": ["guanjia.faces.kit.shell.context"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.Jinja2"

DATABASES = {"default": env.dj_db_url("GUANJIA_DATABASE_URL", f"sqlite:///{VAR / 'guanjia.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "guanjia.config.sqlite"
    # pytest-django knows only Django's own engine as one whose tests run in memory
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA busy_timeout=20000;PRAGMA synchronous=FULL;PRAGMA cache_size=-20000;"
        "PRAGMA mmap_size=134217728;PRAGMA temp_store=MEMORY;PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["OPTIONS"] = {"pool": env.bool("GUANJIA_DATABASE_POOL", False)}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/sign-in/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("GUANJIA_STATIC_ROOT", str(VAR / "static")))
STATICFILES_DIRS = [BASE_DIR / "faces" / "kit" / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = DEBUG or TESTING
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["jpg", "jpeg", "png", "gif", "webp", "zip", "gz", "br", "ttf", "woff2", "wasm"]
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(VAR / "files")}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "guanjia.faces.kit.storage.HashedStaticFiles"
    },
}

# What goes wrong is said on stderr; Django alone would only mail it. Logs carry ids, never names, phones or plates.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}

SESSION_ENGINE = "guanjia.config.sessions"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_AGE = 90 * 24 * 3600  # the longest of all doors; each door's own limits are in accounts.rules
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]  # asked from inside, by machines
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and PROXIES else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
