"""The first sentence tells the field groups apart."""

import pytest
from django.test import Client

from tests.build import make_school
from tests.listings.reading import get, texts

pytestmark = pytest.mark.django_db

CODING, RECORDS, OFFICE = {"cip": "51.0713"}, {"cip": "51.0707"}, {"cip": "51.0710"}


@pytest.fixture
def schools() -> None:
    make_school("A", programs=[CODING, OFFICE])
    make_school("B", programs=[{"cip": "51.0714"}], state="TX")
    make_school("C", programs=[RECORDS])
    make_school("D", programs=[OFFICE])
    make_school("E", programs=[{"cip": "51.0799"}])


@pytest.mark.usefixtures("schools")
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (
            "",
            "2 schools report 2 programs in billing and coding, "
            "3 more in records, office work or administration only.",
        ),
        (
            "?state=OH",
            "1 school in Ohio reports 1 program in billing and coding, "
            "3 more in records, office work or administration only.",
        ),
        ("?state=TX", "1 school in Texas reports 1 program in billing and coding."),
        ("?field=billing-coding", "2 schools report 2 programs in billing and coding."),
        (
            "?field=51.0714",
            "1 school reports 1 program in Medical Insurance Specialist/Medical Biller (51.0714).",
        ),
        (
            "?field=medical-office",
            "2 schools report 2 programs in medical office, 1 of the schools in billing and coding too.",
        ),
        ("?field=health-records", "1 school reports 1 program in health records."),
        (
            "?field=health-records&field=billing-coding&state=OH&state=TX",
            "3 schools in Ohio and Texas report 3 programs in billing and coding or health records, "
            "2 of the schools in billing and coding too.",
        ),
        (
            "?award=under-1-year&q=records",
            "1 school reports 1 program in records, office work or administration only, "
            "none in billing and coding.",
        ),
        ("?state=UT", "No school in Utah matches these choices."),
    ],
)
def test_first_sentence(client: Client, query: str, sentence: str) -> None:
    page = get(client, query)
    assert texts(page, ".lede") == [sentence]
    assert (page.css_first("meta[name=description]").attributes["content"] or "").startswith(sentence)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?delivery=online", "1 matches by what is stated; 2 did not say."),
        ("?delivery=hybrid", "None of them states what you ask for: 2 did not say."),
        ("?delivery=online&include_unknown=0", "2 did not say and are left out."),
    ],
)
def test_how_many_did_not_say(client: Client, query: str, sentence: str) -> None:
    make_school("Online", programs=[{"delivery": ["online"]}])
    make_school("Silent 1")
    make_school("Silent 2")
    assert texts(get(client, query), "header .meta") == [sentence]


def test_schools_are_counted_for_the_programs_that_bring_them_here(client: Client) -> None:
    online = {"delivery": ["online"]}
    make_school("A", programs=[CODING | {"delivery": ["campus"]}, RECORDS | online])
    make_school("B", programs=[CODING | {"delivery": ["campus"]}, OFFICE | online])
    make_school("C", programs=[CODING | online])
    assert texts(get(client, "?delivery=online&include_unknown=0"), ".lede") == [
        "1 school reports 1 program in billing and coding, 2 more in records, office work or administration."
    ]
