"""How often one address may ask: counted by the trusted proxies alone, open where the cache is down."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured

from directory import environment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_a_day(settings):
    """A window that no test outlives."""
    settings.API_RATE = (2, 86_400)


def statuses(client, *forwarded: str, address: str = "203.0.113.7") -> list[int]:
    return [
        client.get("/api/v1/credentials/", headers={"X-Forwarded-For": each}, REMOTE_ADDR=address).status_code
        for each in forwarded
    ]


def test_one_too_many_is_told_when_to_go_on(client):
    assert statuses(client, "", "") == [200, 200]
    answer = client.get("/api/v1/schools/", REMOTE_ADDR="203.0.113.7")
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 86_400
    assert answer["Content-Type"] == "application/json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json()["detail"]
    assert statuses(client, "", address="203.0.113.8") == [200]
    assert client.get("/schools/", REMOTE_ADDR="203.0.113.7").status_code == 200


def test_the_export_counts_too(client):
    assert statuses(client, "", "") == [200, 200]
    assert client.get("/schools/export.csv", REMOTE_ADDR="203.0.113.7").status_code == 429


def test_a47_an_invented_hop_changes_nothing(client, settings):
    assert statuses(client, "127.0.0.1", "198.51.100.1", "198.51.100.2") == [200, 200, 429]
    settings.TRUSTED_PROXIES = 1
    own = "198.51.100.9"
    invented = [f"{hop}, {own}" for hop in ("127.0.0.1", ", ".join(["10.0.0.1"] * 50), "x" * 500)]
    assert statuses(client, *invented, address="10.0.0.1") == [200, 200, 429]


def test_a47_a_household_of_ipv6_is_one_address(client):
    asked = [statuses(client, "", address=f"2001:db8:1:1::{host}")[0] for host in (1, 2, 3)]
    assert asked == [200, 200, 429]
    assert statuses(client, "", address="2001:db8:1:2::1") == [200]


def test_everybody_may_read_while_the_cache_is_down(client, monkeypatch):
    def fails(*args, **kwargs):
        raise ConnectionError("the cache is down")

    monkeypatch.setattr(cache, "add", fails)
    monkeypatch.setattr(cache, "incr", fails)
    assert statuses(client, *[""] * 5) == [200] * 5


@pytest.mark.parametrize(
    ("text", "rate"), [("60/min", (60, 60)), ("1000000/min", (1_000_000, 60)), ("5/day", (5, 86_400))]
)
def test_a_rate_is_read(monkeypatch, text, rate):
    monkeypatch.setenv("API_RATE", text)
    assert environment.rate("API_RATE", default="60/min") == rate


@pytest.mark.parametrize("text", ["60", "0/min", "-1/min", "60/year", "lots", "1e3/min", "٣/min"])
def test_a_rate_that_is_none_ends_the_start_with_a_sentence(monkeypatch, text):
    monkeypatch.setenv("API_RATE", text)
    with pytest.raises(ImproperlyConfigured, match=r"API_RATE: write a number of requests.*60/min"):
        environment.rate("API_RATE", default="60/min")
