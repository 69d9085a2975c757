"""What a card in the school list says."""

import pytest
from django.test import Client
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from tests.build import make_credential, make_school
from tests.listings.reading import get, texts

pytestmark = pytest.mark.django_db

EVERYTHING = {
    "awards": 1234,
    "delivery": ["hybrid", "online"],
    "tuition": 4500,
    "months": 9,
    "credentials": ["cpc", "ccs"],
}


def details(page: LexborHTMLParser) -> list[str]:
    """What is said of each program behind its name."""
    names = texts(page, ".card-programs strong")
    lines = texts(page, ".card-programs li:has(strong)")
    return [line.removeprefix(name).strip() for name, line in zip(names, lines, strict=True)]


def test_programs_of_the_nearest_field_come_first(client: Client) -> None:
    make_school(
        programs=[
            {"cip": "51.0701", "award_level": 5, "awards": 400},
            {"cip": "51.0710", "award_level": 21},
            {"cip": "51.0707", "award_level": 3},
            {"cip": "51.0713", "award_level": 2, "awards": 1},
        ]
    )
    page = get(client)
    assert texts(page, ".card-programs strong") == [
        "Medical Insurance Coding Specialist/Coder",
        "Health Information/Medical Records Technology/Technician",
        "Medical Office Assistant/Specialist",
    ]
    assert details(page)[0] == "Certificate of 1 to 2 years · 1 award in 2022-23"
    assert texts(page, ".card-programs li")[-1] == "and 1 more program"


def test_programs_that_meet_the_filters_come_before_them(client: Client) -> None:
    make_school(programs=[{"cip": "51.0713"}, {"cip": "51.0701", "award_level": 5, "delivery": ["online"]}])
    assert texts(get(client, "?delivery=online"), ".card-programs strong") == [
        "Health/Health Care Administration/Management",
        "Medical Insurance Coding Specialist/Coder",
    ]


def test_everything_that_is_stated(client: Client) -> None:
    make_school(programs=[EVERYTHING])
    page = get(client)
    year = timezone.now().year
    assert details(page) == [
        "Certificate of 12 weeks to 1 year · 1,234 awards in 2022-23 · online, hybrid"
        f" · $4,500 ({year}) · 9 months · prepares for CCS, CPC"
    ]
    assert texts(page, ".card-missing") == []
    assert texts(page, ".school-card .source-note") == ["Awards: IPEDS completions, 2022-23."]


def test_what_is_not_known_is_said_as_such(client: Client) -> None:
    make_school(programs=[{"awards": 0}, {"cip": "51.0714", "awards": None, "tuition": 900}])
    page = get(client)
    assert details(page) == [
        f"Certificate of 12 weeks to 1 year · awards not reported · $900 ({timezone.now().year})",
        "Certificate of 12 weeks to 1 year · 0 awards in 2022-23",
    ]
    assert texts(page, ".card-missing") == [
        "Not collected: how it is taught, length, credential prepared for. Ask the school."
    ]


def test_place_and_control(client: Client) -> None:
    make_school(city="Dayton", state="OH", directory={"control": "nonprofit"})
    assert texts(get(client), ".school-card .meta") == ["Dayton, OH · Private, not for profit"]


def test_a_sample_says_that_it_is_invented(client: Client) -> None:
    make_school("Invented College", is_sample=True, unitid=None)
    make_school("Real College")
    page = get(client)
    assert texts(page, ".school-card h3") == ["Invented College Sample \u2013 invented", "Real College"]
    assert "Invented figures, to show how the list works." in texts(page, ".school-card .source-note")


def test_it_says_why_it_stands_there(client: Client) -> None:
    make_school("First", programs=[{"awards": 70, "tuition": 900}])
    make_school("Second", programs=[{"awards": None}])
    usual = [
        "Billing and coding, 1 of 4 facts stated, confirmed by the school, 64 to 127 awards, then the name.",
        "Billing and coding, 0 of 4 facts stated, not confirmed by the school, no number of awards reported, "
        "then the name.",
    ]
    lead = "Why it stands here"
    assert texts(get(client), ".school-card .why") == [f"{lead}{words}" for words in usual]
    by_tuition = f"{lead}By \u201cLowest tuition\u201d, then: "
    assert texts(get(client, "?sort=tuition"), ".school-card .why") == [by_tuition + words for words in usual]
    assert texts(get(client, "?sort=distance"), ".school-card .why")[0].startswith(f"{lead}Billing")


@pytest.mark.parametrize(
    "name",
    [
        '"><script>alert(1)</script>',
        "{{7*7}}",
        "{% debug %}",
        "</h3><img src=x onerror=alert(1)>",
        "%s%n",
        "a & b",
    ],
)
def test_a_name_is_text(client: Client, name: str) -> None:
    make_school(name, city=name[:90])
    response = client.get("/schools/")
    page = get(client)
    assert texts(page, ".school-card h3 a") == [name]
    assert page.css("main script:not([src]), main img") == []
    assert b"<script>" not in response.content


def test_a_credential_without_a_code_goes_by_its_name(client: Client) -> None:
    make_credential("", slug="medical-coding-specialist", name="Medical Coding Specialist")
    make_school("Ada", programs=[{"credentials": ["medical-coding-specialist", "ccs-p"]}])
    assert "prepares for CCS-P, Medical coding specialist" in texts(get(client), ".card-programs li")[0]
