"""Whatever stands in an address of the school list, the answer is a page that names what it could not use."""

import random
import string
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client

from listings.filters import SchoolFilter
from tests.build import make_credential, make_school
from tests.listings.reading import get, names, organic, texts
from tests.proof import count

pytestmark = pytest.mark.django_db

HOSTILE = [
    "\0",
    "OH\0",
    "'",
    '"',
    "''; DROP TABLE listings_school; --",
    "<script>alert(1)</script>",
    "%",
    "_",
    "\\",
    "{{7*7}}",
    "{% debug %}",
    "%s%n",
    "-id",
    "password",
    "a.b",
    "-1",
    "1e9",
    "NaN",
    "0x10",
    "99999999999999999999",
    "٣",
    "\uff11\uff12",
    "1_0",
    "!!&|:*",
    "AND OR NOT NEAR( : * ^ {}",
    "(a+)+$",
    "\u202etxt",
    "\ud800",
    "🏥",
    "x" * 100_000,
    " ".join("word" for _ in range(5000)),
    "../../etc/passwd",
    "\r\nSet-Cookie: x=1",
]
KEYS = list(SchoolFilter.base_filters)


def encoded(value: str) -> str:
    return quote(value.encode("utf-8", "surrogatepass"))


@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS)
def test_hostile_values_are_answered_with_a_page(client: Client, key: str) -> None:
    make_school("Greenwood")
    for value in HOSTILE:
        response = client.get(f"/schools/?{key}={encoded(value)}")
        assert response.status_code in {200, 302}, (key, value[:40])
        assert b"<script>alert" not in response.content


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?state=ZZ", "“ZZ” is no state or territory, so it does not filter."),
        ("?delivery=post", "“post” is no way of teaching that is listed here, so it does not filter."),
        ("?award=phd", "“phd” is no award level that is listed here, so it does not filter."),
        ("?field=51.9999", "“51.9999” is no field that is listed here, so it does not filter."),
        ("?credential=zzz", "“zzz” is no credential that is listed here, so it does not filter."),
        ("?control=royal", "“royal” is no kind of school that is listed here, so it does not filter."),
        ("?max_tuition=cheap", "“cheap” is no amount in whole dollars, such as 5000, so it does not filter."),
        ("?max_tuition=-5", "“-5” is no amount in whole dollars, such as 5000, so it does not filter."),
        ("?max_tuition=٣", "“٣” is no amount in whole dollars, such as 5000, so it does not filter."),
        (
            "?max_tuition=99999999",
            "“99999999” is no amount in whole dollars, such as 5000, so it does not filter.",
        ),
        ("?max_months=0", "“0” is no number of months, such as 12, so it does not filter."),
        ("?sort=-id", "“-id” is no order that this list knows, so it stands in the usual one."),
        ("?include_unknown=2", "“2” is neither 1 nor 0, so schools that did not say are shown."),
        ("?q=%21%21%26", "“!!&” has no letter or digit to search for."),
    ],
)
def test_a_bad_value_is_named_and_does_not_filter(client: Client, query: str, sentence: str) -> None:
    make_school("Greenwood")
    page = get(client, query)
    assert sentence in texts(page, ".notice p")
    assert organic(page) == ["Greenwood"]
    assert page.css_first("meta[name=robots]").attributes["content"] == "noindex, follow"


def test_the_good_value_beside_it_still_filters(client: Client) -> None:
    make_school("Ohio", state="OH")
    make_school("Texas", state="TX")
    page = get(client, "?state=OH&state=ZZ&delivery=%00")
    assert organic(page) == ["Ohio"]
    assert len(texts(page, ".notice p")) == 2


def test_a_long_row_of_bad_values_is_not_repeated(client: Client) -> None:
    page = get(client, "?" + urlencode([("state", f"Z{number}") for number in range(500)]))
    notes = texts(page, ".notice p")
    assert len(notes) == 6
    assert notes[-1] == "495 more values do not filter either."


def test_a_long_value_is_shown_in_part(client: Client) -> None:
    page = get(client, f"?state={'Z' * 5000}")
    assert texts(page, ".notice p") == [f"“{'Z' * 40}…” is no state or territory, so it does not filter."]


def test_a_long_search_says_that_it_was_cut(client: Client) -> None:
    make_school("one two three four five six seven eight")
    page = get(client, "?q=one+two+three+four+five+six+seven+eight+nine")
    assert organic(page) == ["one two three four five six seven eight"]
    assert texts(page, ".notice p") == ["A search reads the first 8 words; the rest of yours was left out."]


def test_more_fields_than_a_form_has_are_refused(client: Client) -> None:
    assert client.get("/schools/?" + "&".join(f"a{number}=1" for number in range(3000))).status_code == 400


@pytest.mark.slow
def test_random_addresses_are_answered(client: Client) -> None:
    make_credential("CPC")
    make_school("Greenwood", programs=[{"delivery": ["online"], "tuition": 100}])
    chance = random.Random(46)
    letters = string.printable + "éÅ\0\u200b\u0301漢"
    good: dict[str, Any] = {"state": "OH", "delivery": "online", "award": "associate", "field": "51.0713"}
    for _ in range(count(1000)):
        pairs = []
        for key in chance.sample(KEYS, chance.randint(1, 5)):
            noise = "".join(chance.choice(letters) for _ in range(chance.randint(0, 12)))
            pairs.append((key, good[key] if key in good and chance.random() < 0.5 else noise))
        response = client.get(f"/schools/?{urlencode(pairs)}")
        assert response.status_code in {200, 302}, pairs


def test_accepting_other_spellings_of_a_value(client: Client) -> None:
    make_school("Greenwood")
    assert names(client, "?state=%20oh&control=PUBLIC") == ["Greenwood"]
