"""A reader filters the school list."""

import pytest
from django.test import Client

from tests.build import CLOSED, make_credential, make_school
from tests.listings.reading import get, names, parts, texts

pytestmark = pytest.mark.django_db

CERTIFICATE, ASSOCIATE = 21, 3
CODING, RECORDS, OFFICE = "51.0713", "51.0707", "51.0710"


def test_one_program_must_meet_all_choices(client: Client) -> None:
    make_school("Both", programs=[{"award_level": ASSOCIATE, "delivery": ["online"]}])
    make_school(
        "Divided",
        programs=[
            {"award_level": ASSOCIATE, "delivery": ["campus"]},
            {"award_level": CERTIFICATE, "delivery": ["online"]},
        ],
    )
    assert names(client, "?award=associate&delivery=online") == ["Both"]
    assert set(names(client, "?award=associate")) == {"Both", "Divided"}
    assert set(names(client, "?delivery=online")) == {"Both", "Divided"}


def test_values_of_a_key_are_or_ed_and_keys_are_and_ed(client: Client) -> None:
    make_school("Ohio public", state="OH")
    make_school("Texas public", state="TX")
    make_school("Texas private", state="TX", directory={"control": "forprofit"})
    make_school("Utah public", state="UT")
    assert set(names(client, "?state=OH&state=TX")) == {"Ohio public", "Texas public", "Texas private"}
    assert set(names(client, "?state=OH&state=TX&control=public")) == {"Ohio public", "Texas public"}


def test_field_is_a_group_or_a_code(client: Client) -> None:
    make_school("Coding", programs=[{"cip": CODING}])
    make_school("Billing", programs=[{"cip": "51.0714"}])
    make_school("Records", programs=[{"cip": RECORDS}])
    assert set(names(client, "?field=billing-coding")) == {"Coding", "Billing"}
    assert names(client, "?field=51.0714") == ["Billing"]
    assert set(names(client, "?field=51.0714&field=health-records")) == {"Billing", "Records"}


def test_those_that_did_not_say_follow_under_a_heading(client: Client) -> None:
    make_school("Campus", programs=[{"delivery": ["campus"]}])
    make_school("Hybrid too", programs=[{"delivery": ["campus", "hybrid"]}])
    make_school("Silent")
    page = get(client, "?delivery=hybrid")
    assert parts(page) == (["Hybrid too"], ["Silent"])
    assert "They did not say" in texts(page, "h2")
    assert "1 matches by what is stated; 1 did not say." in texts(page, "header p")


def test_those_that_did_not_say_can_be_left_out(client: Client) -> None:
    make_school("Online", programs=[{"delivery": ["online"]}])
    make_school("Silent")
    page = get(client, "?delivery=online&include_unknown=0")
    assert parts(page) == (["Online"], [])
    assert "1 did not say and is left out." in texts(page, "header p")


def test_a_program_that_states_otherwise_is_no_maybe(client: Client) -> None:
    """The one that did not say its tuition is taught on campus only; the other says it costs too much."""
    make_school(
        "Neither",
        programs=[
            {"award_level": CERTIFICATE, "delivery": ["campus"]},
            {"award_level": ASSOCIATE, "delivery": ["online"], "tuition": 9000},
        ],
    )
    make_school("Perhaps", programs=[{"delivery": ["online"]}])
    assert parts(get(client, "?delivery=online&max_tuition=5000")) == ([], ["Perhaps"])


def test_a_control_that_was_not_reported_is_not_said(client: Client) -> None:
    make_school("Public")
    make_school("Unreported", directory={"control": ""})
    assert parts(get(client, "?control=public")) == (["Public"], ["Unreported"])


def test_credential(client: Client) -> None:
    make_credential("CPC")
    make_credential("CCS")
    make_school("Both", programs=[{"credentials": ["ccs", "cpc"]}])
    make_school("Other", programs=[{"credentials": ["ccs"]}])
    make_school("None", programs=[{"credentials": []}])
    make_school("Silent")
    assert parts(get(client, "?credential=cpc")) == (["Both"], ["Silent"])
    stated, unsaid = parts(get(client, "?credential=cpc&credential=ccs"))
    assert (set(stated), unsaid) == ({"Both", "Other"}, ["Silent"])


@pytest.mark.parametrize("amount", ["5000", "5,000", "$5000", "$5,000"])
def test_tuition_at_most(client: Client, amount: str) -> None:
    make_school("Just", programs=[{"tuition": 5000}])
    make_school("Over", programs=[{"tuition": 5001}])
    make_school("Silent")
    assert parts(get(client, f"?max_tuition={amount}")) == (["Just"], ["Silent"])


def test_months_at_most(client: Client) -> None:
    make_school("Just", programs=[{"months": 12}])
    make_school("Over", programs=[{"months": 13}])
    make_school("Silent")
    assert parts(get(client, "?max_months=12")) == (["Just"], ["Silent"])


def test_schools_that_are_not_listed_stay_out(client: Client) -> None:
    make_school("Closed", directory=CLOSED)
    make_school("Open")
    assert names(client) == ["Open"]


def test_the_form_shows_what_is_chosen(client: Client) -> None:
    make_credential("CPC")
    make_school()
    page = get(
        client,
        "?q=green&state=OH&state=TX&delivery=online&field=51.0714&credential=cpc&max_tuition=5000&max_months=9"
        "&include_unknown=0&sort=name",
    )
    checked = {node.attributes["value"] for node in page.css("form.filters input[checked]")}
    chosen = {node.attributes["value"] for node in page.css("form.filters option[selected]")}
    typed = {
        name: page.css_first(f"#{name}").attributes["value"] for name in ("q", "max_tuition", "max_months")
    }
    assert checked == {"TX", "online", "51.0714", "cpc"}
    assert chosen == {"OH", "50", "0", "name"}
    assert typed == {"q": "green", "max_tuition": "5000", "max_months": "9"}


def test_a_chip_takes_one_filter_off(client: Client) -> None:
    make_school()
    page = get(client, "?state=OH&state=TX&max_tuition=5000&include_unknown=0")
    chips = {
        " ".join(node.text(deep=False).split()): node.attributes["href"] for node in page.css(".chips a")
    }
    assert chips == {
        "Ohio": "/schools/?state=TX&max_tuition=5000&include_unknown=0",
        "Texas": "/schools/?state=OH&max_tuition=5000&include_unknown=0",
        "Up to $5,000": "/schools/?state=OH&state=TX&include_unknown=0",
        "Clear all": "/schools/",
    }


def test_a_credential_without_a_code_is_offered_by_its_name(client: Client) -> None:
    make_credential("", slug="remote-coder", name="Certified Remote Coder")
    make_school("Greenwood", programs=[{"credentials": ["remote-coder"]}])
    page = get(client, "?credential=remote-coder")
    assert "Certified Remote Coder" in texts(page, "label:has([value=remote-coder])")[0]
    assert "Certified Remote Coder" in " ".join(texts(page, ".chip"))
