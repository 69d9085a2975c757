"""The environment: right values are taken, wrong ones end the start with a sentence that helps."""

import os
import subprocess
import sys

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from directory import environment as env
from directory.deploy import variables
from directory.deploy.variables import BASE

STARRED = [
    "SECRET_KEY",
    "SITE_URL",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "REDIS_URL",
    "CACHE_URL",
    "EMAIL_URL",
    "MAIL_FROM",
]
SAFE = {
    "PRODUCTION": "1",
    "SECRET_KEY": "0123456789abcdef" * 4,
    "SITE_URL": "https://superbill.example",
    "ALLOWED_HOSTS": "superbill.example",
    "DATABASE_URL": "postgres://superbill:secret@db.example/superbill",
    "REDIS_URL": "redis://broker.example:6379/0",
    "CACHE_URL": "redis://cache.example:6379/0",
    "EMAIL_URL": "smtp+tls://user:p%40ss@mail.example:587",
    "MAIL_FROM": "desk@superbill.example",
}


@pytest.fixture
def settings_of(tmp_path):
    """Reads the settings in a process of their own; gives what it prints, or the last line of its error."""
    kept = {name: value for name, value in os.environ.items() if name not in variables.names()}

    def read(expression, **values):
        environment = {**kept, "VAR_DIR": str(tmp_path), **values}
        code = f"from directory import settings as s; print({expression})"
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=BASE,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return (done.stdout if done.returncode == 0 else done.stderr).strip().rpartition("\n")[2]

    return read


def test_production_starts_with_every_starred_variable(settings_of):
    shown = settings_of("s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.REQUIRE_SECOND_PERSON", **SAFE)
    assert shown == "True True True"


@pytest.mark.slow
@pytest.mark.parametrize("name", STARRED)
def test_production_refuses_to_start_without(settings_of, name):
    said = settings_of("1", **{**SAFE, name: ""})
    assert f"ImproperlyConfigured: {name}: " in said
    assert "PRODUCTION=1 forbids the embedded default" in said


def test_production_refuses_sqlite_and_a_short_secret(settings_of):
    assert "DATABASE_URL: name a PostgreSQL database" in settings_of(
        "1", **{**SAFE, "DATABASE_URL": "sqlite:////x"}
    )
    assert "SECRET_KEY: use at least 32 characters" in settings_of("1", **{**SAFE, "SECRET_KEY": "short"})


def test_the_embedded_secret_is_made_once_and_for_its_owner_alone(settings_of, tmp_path):
    first = settings_of("s.SECRET_KEY")
    assert len(first) > 50
    assert settings_of("s.SECRET_KEY") == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda: env.flag("X", default=False), "perhaps"),
        (lambda: env.number("X", default=1, low=1, high=9), "10"),
        (lambda: env.number("X", default=1, low=1, high=9), "-1"),
        (lambda: env.site_url("X", default="", demanded=False), "superbill.example"),
        (lambda: env.site_url("X", default="", demanded=False), "https://superbill.example/path"),
        (lambda: env.time_zone("X", default="UTC"), "Mars/Olympus"),
        (lambda: env.database("X", default="", demanded=False), "mysql://root:secret@host/name"),
        (lambda: env.cache("X", demanded=False), "memcached://secret@host"),
        (lambda: env.redis_url("X", demanded=False), "amqp://secret@host"),
        (lambda: env.mail("X", folder=BASE, demanded=False), "mailto:secret@host"),
        (lambda: env.logging("X", default="text"), "xml"),
    ],
)
def test_a_wrong_value_is_named_and_never_repeated(monkeypatch, read, value):
    monkeypatch.setenv("X", value)
    with pytest.raises(ImproperlyConfigured) as refused:
        read()
    assert str(refused.value).startswith("X: ")
    assert "secret" not in str(refused.value)


def test_a_database_on_a_socket_keeps_its_folder(monkeypatch):
    monkeypatch.setenv("X", "postgres://superbill@/site?host=/var/run/postgresql")
    found = env.database("X", default="", demanded=False)
    assert (found["HOST"], found["NAME"], found["USER"]) == ("/var/run/postgresql", "site", "superbill")


def test_a_mail_server_is_read_with_its_password(monkeypatch):
    monkeypatch.setenv("X", SAFE["EMAIL_URL"])
    options = env.mail("X", folder=BASE, demanded=True)["OPTIONS"]
    assert (options["host"], options["port"], options["password"], options["use_tls"]) == (
        "mail.example",
        587,
        "p@ss",
        True,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("timeout", "refused"), [(299, True), (300, False)])
def test_f30_messages_outlive_their_tasks(settings, timeout, refused):
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": timeout}
    found = [message for message in run_checks() if message.id == "directory.E005"]
    assert bool(found) == refused
