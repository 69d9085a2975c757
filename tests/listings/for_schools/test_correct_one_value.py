"""A school corrects one value: the shortest page of the site, and what comes of it."""

from datetime import timedelta

import pytest

from content.lib.clock import database_now
from listings.models import Letter, Mailbox, Statement, Submission
from listings.statements import state
from tests.build import make_credential, make_school
from tests.listings.for_schools.filled import ADDRESS, controls, problems, send, visiting
from tests.reading import Page

pytestmark = pytest.mark.django_db
KEY = "51.0713.21"
TUITION = f"?field=tuition&program={KEY}"
AMOUNT, YEAR = f"p{KEY}-tuition-amount", f"p{KEY}-tuition-year"


@pytest.fixture
def school():
    return make_school(programs=[{"cip": "51.0713", "award_level": 21}], slug="greenwood")


def address(query: str = TUITION) -> str:
    return f"/schools/greenwood/correct/{query}"


def test_one_value_waits_for_its_mail_and_then_for_an_editor(client, school):
    page = Page(client, address())
    assert "Correct this: tuition" in page.text()
    assert "Medical Insurance Coding Specialist" in page.text()
    assert page.response["Referrer-Policy"] == "strict-origin"
    assert "no-store" in page.response["Cache-Control"]
    assert page.attribute("meta[name=robots]", "content") == "noindex"
    answer = send(client, address(), **{AMOUNT: "$4,500", YEAR: "2026", "note": "On our page of fees."})
    sent = Submission.objects.get()
    assert answer["Location"] == f"/schools/greenwood/correct/?sent={sent.reference}"
    assert (sent.kind, sent.state, sent.note) == ("correction", "unconfirmed", "On our page of fees.")
    assert sent.mailbox.address == ADDRESS
    [field] = sent.fields.all()
    assert (field.program_key, field.field) == (KEY, "tuition")
    assert field.value == {"amount": 4500, "year": 2026}
    assert Letter.objects.get().event.startswith(f"submission:{sent.pk}:confirm")
    received = Page(client, answer["Location"]).text()
    assert "press the button in our mail" in received
    assert sent.reference in received
    assert not Statement.objects.exists()


def test_an_open_page_needs_neither_address_nor_mail(client, school):
    mailbox = visiting(client)
    assert not Page(client, address()).tree.css("input[name=address]")
    answer = send(client, address(), **{AMOUNT: "4500", YEAR: "2026"})
    sent = Submission.objects.get()
    assert (sent.state, sent.mailbox) == ("waiting", mailbox)
    assert answer["Location"] == f"/for-schools/my/sent/{sent.reference}/"
    assert sent.reference in Page(client, answer["Location"]).text()


def test_the_form_begins_with_what_stands_and_says_who_stated_it(client, school):
    program = school.programs.get()
    state(school=school, program=program, field="tuition", value={"amount": 4000, "year": 2025}, by="school")
    page = Page(client, address())
    assert "$4,000 (2025)" in page.text("dl")
    assert "stated by the school" in page.text("dl")
    assert controls(page)[AMOUNT] == ["4000"]
    assert problems(send(client, address())) == [
        "Nothing differs from what we hold. Change a value, then send it."
    ]
    assert not Submission.objects.exists()


def test_what_is_stated_is_taken_back_only_when_that_is_said(client, school):
    program = school.programs.get()
    state(school=school, program=program, field="months", value=9, by="school")
    asked, name = address(f"?field=months&program={KEY}"), f"p{KEY}-months"
    [said] = problems(send(client, asked, **{name: ""}))
    assert "tick “not stated any more”" in said
    [said] = problems(send(client, asked, **{name: "10", f"{name}-gone": "yes"}))
    assert "Choose one" in said
    send(client, asked, **{name: "", f"{name}-gone": "yes"})
    [field] = Submission.objects.get().fields.all()
    assert (field.value, field.was) == (None, 9)


@pytest.mark.parametrize(
    ("amount", "year", "faulty"),
    [
        ("free", "2026", AMOUNT),
        ("4500", "", YEAR),
        ("4500", "last year", YEAR),
        ("", "2026", AMOUNT),
        ("-1", "2026", AMOUNT),
        ("9" * 400, "2026", AMOUNT),
        ("1e400", "2026", AMOUNT),
        ("4500", "1890", YEAR),
        ("<script>alert(1)</script>", "2026", AMOUNT),
    ],
)
def test_a_mistake_is_named_beside_its_own_control_and_nothing_is_lost(client, school, amount, year, faulty):
    answer = send(client, address(), **{AMOUNT: amount, YEAR: year, "note": "My words"})
    [said] = problems(answer)
    assert said.startswith("Tuition: Give ")
    page = Page.of(answer)
    assert page.attribute(".faults a", "href") == f"#{faulty}"
    assert page.attribute(f"[name='{faulty}']", "aria-invalid") == "true"
    again = controls(page)
    assert (again[AMOUNT], again[YEAR], again["note"]) == ([amount], [year], ["My words"])
    assert again["address"] == [ADDRESS]
    assert not Submission.objects.exists()


def test_a_field_of_the_school_begins_with_the_federal_value(client):
    directory = {"phone": "6145550123", "website": "https://www.greenwood.edu/"}
    make_school(slug="greenwood", directory=directory)
    asked = address("?field=phone")
    page = Page(client, asked)
    assert controls(page)["s-phone"] == ["(614) 555-0123"]
    assert "IPEDS HD2023" in page.text("dl")
    send(client, asked, **{"s-phone": "614 555 0199 ext. 7"})
    [field] = Submission.objects.get().fields.all()
    assert (field.program_key, field.field, field.value) == ("", "phone", "61455501997")


def test_credentials_are_chosen_from_the_list(client, school):
    make_credential("CPC")
    asked, name = address(f"?field=credentials&program={KEY}"), f"p{KEY}-credentials"
    [said] = problems(send(client, asked, **{name: ["none", "cpc"]}))
    assert "alone" in said
    [said] = problems(send(client, asked, **{name: ["nothing-known"]}))
    assert "No credential here is called" in said
    send(client, asked, **{name: ["cpc"]})
    assert Submission.objects.get().fields.get().value == ["cpc"]


@pytest.mark.parametrize(
    "query",
    [
        "?field=price",
        "?field=tuition",
        f"?field=name&program={KEY}",
        "?field=tuition&program=51.0714.21",
        f"?field=%00&program={KEY}",
        "?field=tuition&program=" + "9" * 3000,
    ],
)
def test_a_value_that_is_not_there_is_said_so(client, school, query):
    assert "nothing by that name" in Page(client, address(query), status=404).text()
    assert client.post(address(query), {}).status_code == 404


def test_a_school_that_is_not_there_is_said_so(client):
    assert "no school at this address" in Page(client, address(), status=404).text()


def test_a_full_trap_is_answered_as_ever_and_nothing_is_stored(client, school):
    answer = send(client, address(), **{AMOUNT: "4500", YEAR: "2026", "website": "https://spam.example"})
    assert answer.status_code == 302
    assert "press the button in our mail" in Page(client, answer["Location"]).text()
    assert not Submission.objects.exists()
    assert not Mailbox.objects.exists()
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        "a@b.c\r\nBcc: x@y.example",
        '"x\n"@b.example',
        "a%0ab@b.example",
        "a@b.example\n",
        "a@b.example, c@d.example",
        "no address",
        "",
    ],
)
def test_an_address_that_would_add_a_line_to_a_mail_is_refused(client, school, typed):
    answer = send(client, address(), **{AMOUNT: "4500", YEAR: "2026", "address": typed})
    if typed == "a@b.example\n":  # a browser's line end behind a sound address is no second line
        assert Mailbox.objects.get().address == "a@b.example"
        return
    [said] = problems(answer)
    assert "as in registrar@school.edu" in said
    assert not Letter.objects.exists()


def test_more_fields_or_text_than_a_form_may_have_get_a_plain_page(client, school):
    many = Page.of(client.post(address(), {f"n0-x{n}": "x" for n in range(5000)}), status=400)
    assert "too much" in many.text()
    long = {"note": "x" * 10_000_000}
    body = Page.of(client.post(address(), long), status=400)
    assert "too much" in body.text()
    assert not Submission.objects.exists()


def test_the_networks_limit_keeps_what_was_typed(client, school):
    for number in range(20):
        send(client, address(), **{AMOUNT: str(4000 + number), YEAR: "2026"})
    answer = send(client, address(), **{AMOUNT: "9000", YEAR: "2026"})
    assert answer.status_code == 429
    page = Page.of(answer, status=429)
    assert "send it tomorrow" in page.text(".faults")
    assert controls(page)[AMOUNT] == ["9000"]
    assert Submission.objects.count() == 20


def test_what_lapsed_is_stated_again_by_sending_it_as_it_is(client):
    school = make_school(slug="greenwood")
    program = school.programs.get()
    old = database_now() - timedelta(days=400)
    state(school=school, program=program, field="months", value=9, by="school", at=old)
    page = "/schools/greenwood/correct/?field=months&program=51.0713.21"
    assert "send it again if it still holds" in Page(client, page).text()
    send(client, page)
    assert Submission.objects.get().fields.get().value == 9


def test_what_still_holds_is_not_sent_again_as_it_is(client):
    school = make_school(slug="greenwood")
    state(school=school, program=school.programs.get(), field="months", value=9, by="school")
    send(client, "/schools/greenwood/correct/?field=months&program=51.0713.21")
    assert not Submission.objects.exists()
