"""A reader asks which credential is for them: two questions, and reasons with their sources."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from tests.build import attribute, make_credential, make_setting
from tests.reading import Page

pytestmark = pytest.mark.django_db
LISTS = ("fitting", "unsure", "more")


def answers(client, query):
    page = Page(client, f"/credentials/which/?{query}")
    return page, {
        name: [link.text().split(":")[0] for link in page.tree.css(f'[aria-labelledby="{name}"] h3 a')]
        for name in LISTS
    }


def office(code, **columns):
    credential = make_credential(code, **columns)
    make_setting(credential, "office")
    return credential


@pytest.fixture
def credentials():
    office("OPEN", entry="open")
    office("DIPL", entry="diploma")
    office("WORK", entry="training")
    office("DEGR", entry="studies")
    office("MUTE")
    office("GONE", entry="open", status="retired")
    office("DOUBT", entry="open", status="")
    make_setting(make_credential("STAY", entry="open"), "inpatient")
    make_credential("ANY", entry="open")


@pytest.mark.parametrize(
    ("shown", "fitting", "more"),
    [
        ("nothing", ["OPEN"], ["DEGR", "DIPL", "WORK"]),
        ("diploma", ["DIPL", "OPEN"], ["DEGR", "WORK"]),
        ("training", ["DIPL", "OPEN", "WORK"], ["DEGR"]),
        ("studies", ["DEGR", "DIPL", "OPEN", "WORK"], []),
    ],
)
def test_it_sorts_by_what_somebody_can_show(client, credentials, shown, fitting, more):
    _page, found = answers(client, f"setting=office&shown={shown}")
    assert found == {"fitting": fitting, "unsure": ["ANY", "DOUBT", "MUTE"], "more": more}


def test_without_an_answer_only_what_is_not_recorded_is_in_doubt(client, credentials):
    _page, found = answers(client, "setting=&shown=")
    assert found["fitting"] == ["ANY", "DEGR", "DIPL", "MUTE", "OPEN", "STAY", "WORK"]
    assert found["unsure"] == ["DOUBT"]


def test_each_says_why_and_who_said_so(client):
    credential = office("CPC", entry="open")
    attribute(credential, "entry")
    page, _found = answers(client, "setting=office&shown=nothing")
    assert page.texts("[aria-labelledby=fitting] dd") == [
        "Doctors' offices and clinics AAPC, 2022",
        "No proof asked for AAPC, 2021",
        "Yes",
    ]
    make_credential("CRC", status="")
    page, _found = answers(client, "setting=office&shown=nothing")
    assert page.texts("[aria-labelledby=unsure] dd") == ["not recorded"] * 3


def test_it_leads_to_schools_near_with_the_credentials_that_may_fit(client, credentials):
    page, _found = answers(client, "setting=office&shown=nothing")
    options = page.tree.css("#choice-credential option")
    assert [option.attributes["value"] for option in options] == ["open", "any", "doubt", "mute"]
    assert page.attribute("form[action='/schools/'] #choice-near", "name") == "near"


def test_before_the_questions_are_answered_there_is_no_answer(client, credentials):
    page = Page(client, "/credentials/which/")
    assert page.texts("legend") == ["Where do you want to work?", "What can you show today?"]
    assert page.tree.css("#fitting") == []
    assert "/credentials/which/" in Page(client, "/credentials/").links()
    assert "/credentials/which/" in Page(client, "/").links()


@pytest.mark.parametrize("query", ["setting=moon&shown=diploma", "setting=%00&shown=diploma"])
def test_an_answer_that_is_no_choice_is_said_so(client, credentials, query):
    page, found = answers(client, query)
    assert "has no such choice, so it was left out." in page.text(".notice-warn")
    assert "STAY" in found["fitting"]


def test_no_credential_takes_the_address_of_the_page():
    credential = make_credential("CPC", slug="which")
    with pytest.raises(ValidationError, match="choose another slug"):
        credential.full_clean()


def test_the_starter_content_answers_for_a_doctors_office(client):
    call_command("start_content", verbosity=0)
    _page, found = answers(client, "setting=office&shown=diploma")
    assert found == {
        "fitting": ["CPC", "CCA"],
        "unsure": ["CIRCC", "CRC", "CCS-P", "Medical Coding Specialist"],
        "more": ["RHIT", "CBCS"],
    }
