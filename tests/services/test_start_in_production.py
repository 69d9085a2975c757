"""`manage.py check --deploy`, which the deployment runs before each start, against real servers."""

import pytest

from directory.deploy import servers

pytestmark = [pytest.mark.services, pytest.mark.slow]

SAFE = {
    "PRODUCTION": "1",
    "SECRET_KEY": "0123456789abcdef" * 4,
    "SITE_URL": "https://superbill.example",
    "ALLOWED_HOSTS": "superbill.example",
    "EMAIL_URL": "smtp+tls://user:password@mail.example:587",
    "MAIL_FROM": "desk@superbill.example",
}


@pytest.fixture
def cache():
    with servers.redis(port=servers.free_port()) as server:
        yield server


@pytest.fixture
def check(on_redis, cache):
    """Runs the check with these variables changed; gives its code and what it said."""

    def run(**changes):
        values = {**SAFE, "CACHE_URL": f"redis://127.0.0.1:{cache.port}/0", **changes}
        done = on_redis.manage("check", "--deploy", good=False, **values)
        return done.returncode, done.stderr

    return run


def test_a_sound_deployment_starts(check):
    code, said = check()
    assert code == 0, said


def test_f06_one_redis_for_messages_and_cache_is_refused(check, broker):
    code, said = check(CACHE_URL=f"redis://127.0.0.1:{broker.port}/1")
    assert code == 1
    assert "E004" in said
    assert "E007" in said
    code, said = check(CACHE_URL=f"unix://{broker.socket}?db=1")
    assert code == 1
    assert "E004" not in said
    assert "Broker and cache are one Redis server" in said


def test_f06_a_broker_that_may_evict_is_refused(check, broker):
    broker.stop()
    broker.start("--maxmemory", "8mb", "--maxmemory-policy", "allkeys-lru")
    code, said = check()
    assert code == 1
    assert "The broker's policy is allkeys-lru" in said


def test_a_broker_without_a_log_is_warned_of(check, broker):
    broker.stop()
    broker.start("--appendonly", "no")
    code, said = check()
    assert code == 0
    assert "directory.W001" in said


def test_servers_that_do_not_answer_are_named(check, broker, on_redis):
    broker.stop()
    code, said = check(DATABASE_URL=f"postgres://postgres@/none?host={on_redis.var}")
    assert code == 1
    assert "Redis does not answer" in said
    assert "The database does not answer" in said


def test_more_threads_than_connections_are_refused(check):
    code, said = check(GRANIAN_WORKERS="16", GRANIAN_BLOCKING_THREADS="8")
    assert code == 1
    assert "135 connections are needed and 97 allowed" in said


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"SITE_URL": "http://superbill.example"}, "SITE_URL is not https"),
        ({"DEBUG": "1"}, "DEBUG is on"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS allows every host"),
    ],
)
def test_unsafe_settings_are_refused(check, changes, what):
    code, said = check(**changes)
    assert code == 1
    assert what in said


def test_sample_schools_are_refused(check, on_redis):
    on_redis.manage("shell", "-c", "from tests.build import make_school; make_school(is_sample=True)")
    code, said = check()
    assert code == 1
    assert "Sample schools are on the site" in said
