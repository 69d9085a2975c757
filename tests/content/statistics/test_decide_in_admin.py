"""Editors see old, new, percent and source side by side, and accept, refuse with a reason, or correct."""

from decimal import Decimal

import pytest
from django.urls import reverse

from content.models import Observation
from content.statistics import propose
from tests.build import make_figure, make_statistic

pytestmark = pytest.mark.django_db
RECEIPT = "/statistics/oews.29-2072.us.median-annual/"
WAITING = "/admin/content/observation/?status__exact=proposed"


@pytest.fixture
def waiting():
    make_statistic(values={2024: 50000})
    propose([make_figure(90000)])
    return Observation.objects.waiting().get()


def address(observation):
    return reverse("admin:content_observation_decide", args=[observation.pk])


def decide(client, observation, **sent):
    return client.post(address(observation), sent, follow=True)


def test_the_list_holds_old_new_percent_and_source(admin_client, waiting):
    page = admin_client.get(WAITING).text
    for said in (
        "$50,000 a year (May 2024)",
        "$90,000 a year",
        "+80.0 percent",
        "Occupational wages, May 2025",
    ):
        assert said in page
    assert address(waiting) in page


def test_the_page_holds_both_beside_each_other(admin_client, waiting):
    page = admin_client.get(address(waiting)).text
    for said in (
        "$50,000 a year",
        "$90,000 a year",
        "+80.0 percent",
        "May 2024",
        "May 2025",
        "The rule accepts",
    ):
        assert said in page


def test_accepting_shows_it(client, admin_client, waiting):
    assert "Every page shows it now" in decide(admin_client, waiting, decision="accept").text
    assert "$90,000 a year" in client.get(RECEIPT).text


def test_refusing_needs_a_reason(client, admin_client, waiting):
    assert "Say why." in decide(admin_client, waiting, decision="refuse").text
    assert Observation.objects.waiting().count() == 1
    decide(admin_client, waiting, decision="refuse", why="A digit too many.")
    waiting.refresh_from_db()
    assert (waiting.status, waiting.decided_why) == ("refused", "A digit too many.")
    assert "$90,000" not in client.get(RECEIPT).text


def test_correcting_keeps_what_came_and_shows_what_is_right(client, admin_client, admin_user, waiting):
    decide(admin_client, waiting, decision="correct", value="51140", why="Read from table 1 of the release.")
    waiting.refresh_from_db()
    assert waiting.status == "refused"
    assert waiting.decided_why == "Corrected: Read from table 1 of the release."
    right = Observation.objects.accepted().get(period="May 2025")
    assert (right.value, right.decided_by, right.source) == (Decimal(51140), admin_user, waiting.source)
    assert right.accepted_at == waiting.decided_at
    assert "$51,140 a year" in client.get(RECEIPT).text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"decision": "correct", "why": "It is wrong."}, "Write the right value."),
        ({"decision": "correct", "value": "51140"}, "Say why."),
        ({"decision": "correct", "value": "3", "why": "So."}, "outside what is plausible"),
        ({"decision": "correct", "value": "NaN", "why": "So."}, "Enter a number"),
        ({"decision": "burn"}, "Select a valid choice"),
        ({}, "This field is required"),
    ],
)
def test_what_cannot_be_is_said(admin_client, waiting, sent, said):
    if not sent:
        sent = {"why": "x"}
    assert said in decide(admin_client, waiting, **sent).text
    assert Observation.objects.waiting().count() == 1


def test_the_second_editor_is_told_who_was_first(admin_client, admin_user, waiting):
    decide(admin_client, waiting, decision="accept")
    said = decide(admin_client, waiting, decision="accept").text
    assert f"was accepted by {admin_user.username}" in said


def test_nobody_without_the_right_decides(client, django_user_model, waiting):
    client.force_login(django_user_model.objects.create_user("reader", is_staff=True))
    assert client.get(address(waiting)).status_code == 403
    client.logout()
    assert client.get(address(waiting)).status_code == 302


def test_the_list_of_statistics_says_how_a_text_names_one(admin_client, waiting):
    assert "[[stat:oews.29-2072.us.median-annual]]" in admin_client.get("/admin/content/statistic/").text
