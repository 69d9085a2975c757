"""Reads the environment for `settings`; a wrong value raises with a sentence that says how to mend it."""

import contextlib
import os
import re
import secrets
import zoneinfo
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

EMBEDDED = "(PRODUCTION=1 forbids the embedded default.)"
SECONDS = {"sec": 1, "min": 60, "hour": 3600, "day": 86400}
SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000; PRAGMA cache_size=-16000;"
    " PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=27103364;"
)
# The last is `content.lib.fulltext.NEAR_ENOUGH`, which PostgreSQL's `<%` takes from the session alone.
POSTGRES_SETTINGS = (
    "statement_timeout=60000",
    "lock_timeout=5000",
    "pg_trgm.word_similarity_threshold=0.4",
)


def refuse(name: str, how: str) -> ImproperlyConfigured:
    """The error for a wrong value; values are never repeated, they may be secrets."""
    return ImproperlyConfigured(f"{name}: {how}")


def text(name: str, *, default: str, demanded: bool = False) -> str:
    value = os.environ.get(name, "").strip()
    if not value and demanded:
        raise refuse(name, f"set it. {EMBEDDED}")
    return value or default


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in ("", "1", "0", "true", "false", "yes", "no", "on", "off"):
        return value in ("1", "true", "yes", "on") if value else default
    raise refuse(name, "write 1 or 0.")


def number(name: str, *, default: int, low: int, high: int) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", value) or not low <= int(value) <= high:
        raise refuse(name, f"write a whole number from {low} to {high}.")
    return int(value)


def words(name: str, *, default: list[str] | None = None, demanded: bool = False) -> list[str]:
    """A list, comma-separated in the environment."""
    found = [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]
    if not found and demanded:
        raise refuse(name, f"set it, several values with commas between them. {EMBEDDED}")
    return found or default or []


def folder(name: str, *, default: Path) -> Path:
    """A folder that exists and can be written, made when missing."""
    path = Path(os.environ.get(name, "").strip() or default).expanduser().absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        how = f"the folder cannot be made ({error.strerror}); name one that can be written."
        raise refuse(name, how) from None
    return path


def secret(name: str, *, kept_in: Path, demanded: bool) -> str:
    """The secret key; embedded mode makes one and keeps it in a file that its owner alone reads."""
    value = os.environ.get(name, "").strip()
    if value:
        if demanded and len(value) < 32:
            raise refuse(name, "use at least 32 characters, such as the output of `openssl rand -hex 32`.")
        return value
    if demanded:
        raise refuse(name, f"set it, for example to the output of `openssl rand -hex 32`. {EMBEDDED}")
    # Two processes may start at once: the file appears whole, and only once.
    draft = kept_in.with_name(f"{kept_in.name}.{secrets.token_hex(4)}")
    if not kept_in.exists():
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(draft, kept_in)
        draft.unlink()
    return kept_in.read_text().strip()


def site_url(name: str, *, default: str, demanded: bool) -> str:
    """The site's public address, without a slash at the end."""
    value = text(name, default=default, demanded=demanded).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise refuse(name, "write scheme and host alone, for example https://superbill.example.")
    return value


def addresses(*names: str) -> list[str]:
    """The http addresses that these variables were set to; those that are not set are left out."""
    found = {name: value for name in names if (value := text(name, default=""))}
    for name, value in found.items():
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            raise refuse(
                name, "write a web address without a user name, for example https://api.example/v2/."
            )
    return list(found.values())


def rate(name: str, *, default: str) -> tuple[int, int]:
    """Requests and the seconds that they are counted in: `60/min` is (60, 60)."""
    most, _, unit = text(name, default=default).partition("/")
    if not re.fullmatch(r"[1-9][0-9]{0,8}", most) or unit not in SECONDS:
        raise refuse(name, "write a number of requests and sec, min, hour or day, for example 60/min.")
    return int(most), SECONDS[unit]


def time_zone(name: str, *, default: str) -> str:
    value = text(name, default=default)
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        raise refuse(name, "write the name of a time zone, for example America/New_York.") from None
    return value


def database(name: str, *, default: str, demanded: bool) -> dict[str, Any]:
    """`sqlite:////file` or `postgres://user:password@host/name` (`?host=/folder` for a socket)."""
    address = text(name, default=default, demanded=demanded)
    if not address.startswith(("sqlite:///", "postgres://", "postgresql://")):
        raise refuse(name, "write sqlite:////file or postgres://user:password@host/name.")
    if address.startswith("sqlite") and demanded:
        raise refuse(name, f"name a PostgreSQL database, postgres://user:password@host/name. {EMBEDDED}")
    found: dict[str, Any] = environ.Env.db_url_config(address)
    options = found.setdefault("OPTIONS", {})
    if found["ENGINE"].endswith("sqlite3"):
        options |= {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START}
        return found
    found["HOST"] = options.pop("host", "") or found.get("HOST", "")
    options |= {"pool": {"min_size": 0, "max_size": 8, "timeout": 2}} if demanded else {}
    options |= {"options": " ".join(f"-c {each}" for each in POSTGRES_SETTINGS), "connect_timeout": 3}
    return found


def cache(name: str, *, demanded: bool) -> dict[str, Any]:
    address = text(name, default="", demanded=demanded)
    if not address:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "superbill"}
    if not address.startswith(("redis://", "rediss://", "unix://")):
        raise refuse(name, "write redis://host:6379/0, of another Redis than the broker's.")
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": address,
        "KEY_PREFIX": "superbill1",
        "OPTIONS": {"socket_timeout": 0.3, "socket_connect_timeout": 0.3},
    }


def redis_url(name: str, *, demanded: bool) -> str:
    address = text(name, default="", demanded=demanded)
    if address and not address.startswith(("redis://", "rediss://", "redis+socket://")):
        raise refuse(name, "write redis://host:6379/0.")
    return address


def mail(name: str, *, folder: Path, demanded: bool) -> dict[str, Any]:
    """One of Django's MAILERS; embedded mode writes mails as files into the folder."""
    address = text(name, default="", demanded=demanded)
    if not address:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"BACKEND": backend, "OPTIONS": {"file_path": str(folder)}}
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps", "smtp+tls", "smtp+ssl") or not parts.hostname:
        raise refuse(name, "write smtp+tls://user:password@host:587.")
    options = {
        "host": parts.hostname,
        "port": parts.port or 25,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme in ("smtps", "smtp+ssl"),
        "timeout": 20,
    }
    return {"BACKEND": "content.lib.careful_smtp.EmailBackend", "OPTIONS": options}


def logging(name: str, *, default: str) -> dict[str, Any]:
    """Logs to standard error: `text` for a person, `json` for a machine."""
    kind = text(name, default=default)
    if kind not in ("text", "json"):
        raise refuse(name, "write text or json.")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"directory.logs.{kind.title()}Lines"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            "axes": {"level": "WARNING"},
            "httpx": {"level": "WARNING"},
            # A tick every ten seconds is no news, and the broker of files has no host.
            "celery.beat": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            "kombu.connection": {"level": "ERROR"},
        },
    }
