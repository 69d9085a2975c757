"""An editor states, replaces and withdraws a field of a program; the listing follows at once."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from listings.models import ListingRow, Program, Sponsorship, Statement
from tests.build import make_credential, make_school, make_sponsorship

pytestmark = pytest.mark.django_db
ADD = "admin:listings_statement_add"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("editor", password=None))
    return client


def sent(program: Program, field: str, **values: Any) -> dict[str, Any]:
    return {"program": program.pk, "field": field, "valid_until_0": "", "valid_until_1": ""} | values


def test_it_shows_the_stated_field_in_the_list_at_once(editor: Client) -> None:
    program = make_school().programs.get()
    editor.post(reverse(ADD), sent(program, "delivery", delivery=["online", "hybrid"]))
    assert ListingRow.objects.get().delivery == ListingRow.ONLINE + ListingRow.HYBRID
    stated = Statement.objects.get()
    assert (stated.by, stated.editor, stated.value) == ("editor", User.objects.get(), ["online", "hybrid"])
    assert "Greenwood College" in editor.get("/schools/?delivery=online&include_unknown=0").content.decode()


def test_it_replaces_the_last_statement_and_keeps_it_on_record(editor: Client) -> None:
    program = make_school().programs.get()
    for months in ("9", "12"):
        editor.post(reverse(ADD), sent(program, "months", months=months))
    assert ListingRow.objects.get().months == 12
    stated = Statement.objects.order_by("pk")
    assert [(one.value, one.replaced_at is None) for one in stated] == [(9, False), (12, True)]


def test_it_stores_credentials_by_slug_and_tuition_with_its_year(editor: Client) -> None:
    program = make_school().programs.get()
    editor.post(reverse(ADD), sent(program, "credentials", credentials=[make_credential("CPC").pk]))
    editor.post(reverse(ADD), sent(program, "tuition", tuition="4200", tuition_year="2026"))
    values = dict(Statement.objects.values_list("field", "value"))
    assert values == {"credentials": ["cpc"], "tuition": {"amount": 4200, "year": 2026}}


@pytest.mark.parametrize(
    ("field", "values", "says"),
    [
        ("months", {}, "Fill this in"),
        ("tuition", {"tuition": "4200"}, "Give the year"),
        ("delivery", {"months": "9"}, "Fill this in"),
        ("months", {"months": "-3"}, "as a whole number from 1 to 120"),
    ],
)
def test_it_says_what_is_missing_and_stores_nothing(
    editor: Client, field: str, values: dict[str, str], says: str
) -> None:
    program = make_school().programs.get()
    assert says in editor.post(reverse(ADD), sent(program, field, **values)).content.decode()
    assert not Statement.objects.exists()


def test_it_withdraws_a_statement(editor: Client) -> None:
    program = make_school(programs=[{"months": 9}]).programs.get()
    assert ListingRow.objects.get().months == 9
    chosen = {"action": "withdraw", "_selected_action": [program.statements.get().pk]}
    editor.post(reverse("admin:listings_statement_changelist"), chosen)
    assert ListingRow.objects.get().months is None


def test_it_keeps_the_history_of_an_approval(editor: Client) -> None:
    place = make_sponsorship(make_school(), is_approved=False)
    assert "card-ad" not in editor.get("/schools/").content.decode()
    chosen = {"action": "approve", "_selected_action": [place.pk]}
    editor.post(reverse("admin:listings_sponsorship_changelist"), chosen)
    assert Sponsorship.objects.running().get() == place
    assert [row.is_approved for row in place.history.order_by("history_id")] == [False, True]
    history = editor.get(reverse("admin:listings_sponsorship_history", args=[place.pk]))
    assert history.status_code == 200


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("covers", "books, exam-fee", ["books", "exam-fee"]),
        ("starts", "2027-05-03, 2027-01-11", {"dates": ["2027-01-11", "2027-05-03"]}),
        ("starts", "rolling", {"rolling": True}),
        (
            "curriculum",
            "Anatomy: 60\nCoding I\nTotal hours: 540",
            {
                "courses": [{"title": "Anatomy", "hours": 60}, {"title": "Coding I", "hours": None}],
                "hours": 540,
            },
        ),
        ("prerequisites", "A high-school diploma", "A high-school diploma"),
        ("aid", "none", ["none"]),
        ("externship", "required; 160", {"kind": "required", "hours": 160}),
        ("voucher", "yes; cpc", {"included": True, "credential": "cpc"}),
        (
            "pass_rate",
            "cpc; 87.5%; 2025; ; Annual report",
            {"credential": "cpc", "percent": 87.5, "year": 2025, "takers": None, "source": "Annual report"},
        ),
    ],
)
def test_it_takes_every_field_of_a_program_as_text(
    editor: Client, field: str, typed: str, value: Any
) -> None:
    make_credential("CPC")
    editor.post(reverse(ADD), sent(make_school().programs.get(), field, text=typed))
    assert Statement.objects.get().value == value


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("name", "Greenwood", "Greenwood"),
        (
            "address",
            "12 Main Street; Dayton; OH; 45402",
            {"street": "12 Main Street", "city": "Dayton", "state": "OH", "zip": "45402"},
        ),
        ("phone", "614-555-0123 x45", "614555012345"),
        ("website", "www.school.edu", "https://www.school.edu/"),
        ("closure", "2026-06-30; Ask us", {"closed_on": "2026-06-30", "note": "Ask us"}),
    ],
)
def test_it_takes_every_field_of_a_school_as_text(editor: Client, field: str, typed: str, value: Any) -> None:
    school = make_school()
    given = {"field": field, "text": typed, "valid_until_0": "", "valid_until_1": ""}
    assert "Choose the school" in editor.post(reverse(ADD), given).content.decode()
    of_one = given | {"school": school.pk, "program": school.programs.get().pk}
    assert "Leave the program out" in editor.post(reverse(ADD), of_one).content.decode()
    editor.post(reverse(ADD), given | {"school": school.pk})
    stored = Statement.objects.get()
    assert (stored.value, stored.school, stored.program) == (value, school, None)


def test_what_cannot_be_read_keeps_what_was_typed(editor: Client) -> None:
    given = sent(make_school().programs.get(), "externship", text="perhaps; 160")
    answer = editor.post(reverse(ADD), given).content.decode()
    assert "Choose whether there is an externship: required, optional or none." in answer
    assert "perhaps; 160</textarea>" in answer
