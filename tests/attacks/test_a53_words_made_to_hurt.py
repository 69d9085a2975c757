"""A53: whatever is searched for, the answer is a page or a sentence, and the words go no further."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.attacks.ground import corpus, make_one_of_each

pytestmark = pytest.mark.django_db
LONGEST = 1000  # bytes of a search that may reach the database: 200 characters in UTF-8, quoted


@pytest.fixture(autouse=True)
def no_limit(settings):
    settings.API_RATE = (1_000_000, 60)
    make_one_of_each()


def words_of(payload: str) -> str:
    return quote(payload.encode("utf-8", "surrogatepass"))


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/schools/", "/search/", "/search/suggest/", "/statistics/"])
def test_a53_hostile_words_are_answered_by_pages(client, address):
    for payload in corpus("a53_words"):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(f"{address}?q={words_of(payload)}", follow=True)
        assert answer.status_code == 200, payload[:40]
        assert len(answer.content) < 60_000
        assert b"<script>alert" not in answer.content
        assert all(payload not in query["sql"] for query in asked if len(payload) > LONGEST)


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/api/v1/schools/", "/api/v1/programs/", "/schools/export.csv"])
def test_a53_hostile_words_are_answered_or_refused_by_the_api(client, address):
    for payload in corpus("a53_words"):
        answer = client.get(f"{address}?q={words_of(payload)}")
        assert answer.status_code in ((400,) if "\0" in payload else (200, 400)), payload[:40]
        assert answer["Content-Type"].startswith(("application/json", "text/csv"))


@pytest.mark.parametrize("sign", ["%", "_", "*", "?", ":*", ".*"])
def test_a53_no_sign_stands_for_every_word(client, sign):
    for address in ("/api/v1/schools/", "/api/v1/programs/"):
        answer = client.get(address, {"q": f"gr{sign}zzz"})
        assert answer.json()["count"] == 0
