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
