"""What attackers send: other hosts, strange paths, floods of keys, words made to be slow."""

import json
import logging
import time

import pytest

from directory.logs import JsonLines
from tests.build import make_school

pytestmark = pytest.mark.django_db

HOSTILE_WORDS = [
    "%",
    "_",
    "\\",
    "'",
    '"',
    "!!&|:*",
    "AND OR NOT NEAR(",
    "(a+)+$",
    "\U0001f4a5",
    "\ud800",
    "a" * 64_000,
    "word " * 5_000,
    "' OR 1=1 --",
    "{{7*7}}",
]


@pytest.fixture(autouse=True)
def no_limit(settings):
    settings.API_RATE = (1_000_000, 60)


@pytest.mark.parametrize("words", HOSTILE_WORDS)
def test_hostile_words_are_answered_soon(client, words):
    make_school()
    client.get("/api/v1/schools/")
    began = time.process_time()
    answer = client.get("/api/v1/schools/", {"q": words.encode("utf-8", "surrogatepass")})
    assert time.process_time() - began < 1
    assert answer.status_code in (200, 400)
    assert answer["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "query",
    [
        "name__startswith=a",
        "user__password__regex=.*",
        "_connector=OR 1=1",
        "state[]=OH",
        "&".join(f"key{number}={number}" for number in range(500)),
        "utm_x=<script>",
    ],
)
def test_keys_that_are_none_filter_nothing(client, query):
    make_school()
    assert client.get(f"/api/v1/schools/?{query}").json()["count"] == 1


@pytest.mark.parametrize("sort", ["password", "-id;drop", "a.b", "rank_key", "school__name_key", "-order"])
def test_a_sort_that_is_none_is_refused(client, sort):
    assert client.get("/api/v1/programs/", {"sort": sort}).status_code == 400


def test_another_host_is_refused_and_no_header_makes_an_address(client, settings):
    settings.SITE_URL = "https://superbill.example"
    make_school()
    assert client.get("/api/v1/schools/", headers={"Host": "evil.example"}).status_code == 400
    plain = client.get("/api/v1/schools/?per_page=1").content
    forged = {
        "X-Forwarded-Host": "evil.example",
        "Forwarded": "host=evil.example",
        "X-Original-URL": "/admin/",
    }
    forged |= {"X-Forwarded-Proto": "ftp", "Accept-Language": "xx", "Cookie": "a=b"}
    answer = client.get("/api/v1/schools/?per_page=1", headers=forged)
    assert answer.content == plain
    assert b"evil" not in answer.content


@pytest.mark.parametrize(
    "path",
    [
        "schools/../../admin/",
        "schools/%2e%2e%2fsettings.py/",
        "schools/..%5csettings.py/",
        "schools;x/",
        "schools/x.css/",
        "statistics/%00/",
        "statistics/..../",
        "programs/%00.51.0713.21/",
        "programs/a.51.0713.99999999/",
        "articles/%0a[INFO]%20admin/",
    ],
)
def test_a_strange_path_is_not_found(client, path):
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert answer.json() == {"detail": "There is nothing at this address."}


def test_a_refused_call_writes_one_line_to_the_log(client, caplog):
    with caplog.at_level(logging.WARNING):
        client.get("/api/v1/articles/%0a[INFO]%20admin%20logged%20in%1b[31m/")
    [record] = [each for each in caplog.records if each.name == "django.request"]
    line = JsonLines().format(record)
    assert "\n" not in line
    assert "\x1b" not in line
    assert json.loads(line)
