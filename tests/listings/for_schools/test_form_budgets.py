"""Forms for schools ask the database a fixed number of times, whatever a school teaches and has stated."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from listings.fields import AWARD_LEVELS
from tests.build import make_credential, make_school
from tests.listings.for_schools.filled import controls, visiting
from tests.reading import Page

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

STATED = {"delivery": ["online"], "tuition": 4500, "months": 9, "credentials": ["cpc"]}
ONE = "/schools/{}/correct/?field=tuition&program=51.0713.21"
WHOLE = "/schools/{}/correct/"
MOST = 15


@pytest.fixture
def few_and_many() -> tuple[str, str]:
    """A school with one program, and one with ten of which all is stated."""
    make_credential("CPC")
    few = make_school("Few", slug="few", programs=[{}])
    levels = [21, *(level for level in AWARD_LEVELS if level != 21)][:10]
    many = make_school("Many", slug="many", programs=[{"award_level": level, **STATED} for level in levels])
    return few.slug, many.slug


def asked(client: Client, method: str, address: str, sent: dict[str, list[str]] | None = None) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(address, sent) if method == "POST" else client.get(address)
        assert answer.status_code == 200
    return len(captured)


@pytest.mark.parametrize("form", [ONE, WHOLE])
@pytest.mark.parametrize("is_visiting", [False, True])
def test_a_form_asks_as_often_of_ten_programs_as_of_one(
    client: Client, few_and_many: tuple[str, str], form: str, is_visiting: bool
) -> None:
    if is_visiting:
        visiting(client)
    client.get(form.format("few"))
    few, many = (asked(client, "GET", form.format(slug)) for slug in few_and_many)
    assert many <= few + 1
    assert many <= MOST


def test_a_preview_and_a_refusal_ask_as_often_of_ten_programs_as_of_one(
    client: Client, few_and_many: tuple[str, str]
) -> None:
    numbers = []
    for slug in few_and_many:
        address = WHOLE.format(slug)
        sent = controls(Page(client, address)) | {"do": ["send"], "address": ["no address"]}
        numbers.append(asked(client, "POST", address, sent))
    few, many = numbers
    assert many <= few + 1
