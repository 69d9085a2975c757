"""System checks: what must be true before the site may start in production.

Those that ask a server run with `manage.py check --deploy` alone; the deployment runs that before each start.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connection

from listings.models import School

if TYPE_CHECKING:
    import redis

# Seconds between the hard limit of a task and the moment its message is delivered again.
MARGIN = 30
# Connections for commands, backups and a person with a console.
SPARE = 5

Apps = Sequence[AppConfig] | None


def wrong(number: int, what: str, how: str) -> Error:
    return Error(what, hint=how, id=f"directory.E{number:03}")


@register(Tags.security)
def settings_fit_production(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if not settings.PRODUCTION:
        return found
    if not settings.SITE_URL.startswith("https://"):
        found.append(
            wrong(1, "SITE_URL is not https.", "Write https://, and let the proxy hold the certificate.")
        )
    if settings.DEBUG:
        found.append(wrong(2, "DEBUG is on.", "Unset DEBUG: its error pages show settings and data."))
    if "*" in settings.ALLOWED_HOSTS:
        found.append(wrong(3, "ALLOWED_HOSTS allows every host.", "Name the site's own host names."))
    if same_address(settings.REDIS_URL, settings.CACHES["default"]["LOCATION"]):
        found.append(
            wrong(
                4,
                "CACHE_URL and REDIS_URL name the same Redis.",
                "Start a second one: eviction is per instance.",
            )
        )
    return found


@register()
def messages_outlive_their_tasks(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """A task that runs beyond the visibility timeout is delivered a second time while it runs."""
    timeout = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("visibility_timeout")
    least = settings.CELERY_TASK_TIME_LIMIT + MARGIN
    if timeout is None or timeout >= least:
        return []
    return [
        wrong(
            5,
            f"visibility_timeout is {timeout} s.",
            f"Make it at least {least} s: the hard limit and a margin.",
        )
    ]


@register(Tags.security, deploy=True)
def redis_is_fit(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """The broker must never drop a message, and the cache must be another server."""
    if not settings.PRODUCTION:
        return []
    import redis  # noqa: PLC0415  # 5 MB that a web process without it does not need

    try:
        broker, cache = server(settings.REDIS_URL), server(settings.CACHES["default"]["LOCATION"])
        same = broker.info("server")["run_id"] == cache.info("server")["run_id"]
        policy = broker.info("memory")["maxmemory_policy"]
        durable = broker.info("persistence")["aof_enabled"]
    except redis.RedisError as error:
        return [
            wrong(6, f"Redis does not answer ({type(error).__name__}).", "Look at REDIS_URL and CACHE_URL.")
        ]
    found: list[CheckMessage] = []
    if same:
        found.append(
            wrong(
                7,
                "Broker and cache are one Redis server.",
                "Another database number is not enough: start a second.",
            )
        )
    if policy != "noeviction":
        found.append(wrong(8, f"The broker's policy is {policy}.", "Set maxmemory-policy noeviction there."))
    if not durable:
        text, hint = (
            "The broker keeps nothing on disk.",
            "Set appendonly yes; without it a restart costs a delay.",
        )
        found.append(Warning(text, hint=hint, id="directory.W001"))
    return found


@register(Tags.security, deploy=True)
def database_is_fit(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """Connections for every thread, and no invented school."""
    if not settings.PRODUCTION:
        return []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW max_connections")
            most = int(cursor.fetchone()[0])
            cursor.execute("SHOW superuser_reserved_connections")
            most -= int(cursor.fetchone()[0])
        samples = (
            "listings_school" in connection.introspection.table_names() and School.objects.samples().exists()
        )
    except DatabaseError as error:
        return [wrong(9, f"The database does not answer ({type(error).__name__}).", "Look at DATABASE_URL.")]
    found: list[CheckMessage] = []
    needed = settings.WEB_PROCESSES * settings.WEB_THREADS + settings.CELERY_WORKER_CONCURRENCY + SPARE
    if needed > most:
        how = "Lower GRANIAN_WORKERS or GRANIAN_BLOCKING_THREADS, or raise max_connections."
        found.append(wrong(10, f"{needed} connections are needed and {most} allowed.", how))
    if samples:
        found.append(
            wrong(11, "Sample schools are on the site.", "Remove them: manage.py sample_schools --remove")
        )
    return found


def same_address(broker: str, cache: str) -> bool:
    """Whether both name one server, whatever the database number or password."""
    one, other = urlsplit(broker), urlsplit(cache)
    places = [(part.hostname, part.port or 6379) if part.hostname else part.path for part in (one, other)]
    return places[0] == places[1]


def server(address: str) -> "redis.Redis":
    import redis  # noqa: PLC0415  # as above

    # Celery spells a socket's address differently than its client.
    plain = address.replace("redis+socket://", "unix://").partition("?")[0]
    client: redis.Redis = redis.Redis.from_url(plain, socket_timeout=3, socket_connect_timeout=3)
    return client
