"""An editor accepts or refuses a value; readers see the outcome at once."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.urls import reverse

from content.models import Observation, Statistic
from content.statistics import AlreadyDecided, accept, propose, refuse
from tests.build import make_figure, make_statistic

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
RECEIPT = "/statistics/oews.29-2072.us.median-annual/"


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("zyxx-login", is_staff=True)


@pytest.fixture
def waiting() -> Observation:
    make_statistic(values={2024: 50000})
    propose([make_figure(90000)])
    return Observation.objects.waiting().get()


def test_a_waiting_value_is_not_shown_until_it_is_accepted(client, editor, waiting):
    assert "$90,000" not in client.get(RECEIPT).text
    assert "90000" not in client.get(reverse("statistic-data", args=[waiting.statistic.key])).text
    accept(waiting, by=editor, at=NOW)
    assert (waiting.status, waiting.decided_by, waiting.decided_at) == ("accepted", editor, NOW)
    page = client.get(RECEIPT).text
    assert "$90,000 a year" in page
    assert "June 1, 2026, by an editor" in page
    assert "zyxx-login" not in page


def test_an_editor_with_a_public_name_is_named(client, editor, waiting):
    User.objects.update(first_name="Ida", last_name="Wells")
    accept(waiting, by=editor)
    assert "by Ida Wells" in client.get(RECEIPT).text


def test_a_refused_value_leaves_the_last_good_one(client, editor, waiting):
    refuse(waiting, by=editor, why="A digit too many.")
    assert (waiting.status, waiting.decided_why) == ("refused", "A digit too many.")
    assert "$50,000 a year" in client.get(RECEIPT).text


def test_an_accepted_value_may_be_taken_back(editor, waiting):
    accept(waiting, by=editor, at=NOW)
    refuse(waiting, by=editor, why="The publisher withdrew it.", at=NOW.replace(month=9))
    assert (waiting.accepted_at, waiting.decided_at) == (NOW, NOW.replace(month=9))
    assert Statistic.objects.with_current().get().current.value == 50000


def test_taking_back_the_only_value_leaves_none(client, editor):
    make_statistic()
    refuse(Observation.objects.get(), by=editor, why="Read from the wrong table.")
    assert Statistic.objects.get().current is None
    assert "No value is accepted yet" in client.get(RECEIPT).text


def test_a_refused_figure_is_not_proposed_again_but_its_correction_is(editor, waiting):
    refuse(waiting, by=editor, why="A digit too many.")
    assert propose([make_figure(90000)]).unchanged == 1
    assert propose([make_figure(51140)]).accepted == 1
    assert not Observation.objects.waiting().exists()


def test_a_reason_is_asked_for(editor, waiting):
    with pytest.raises(ValidationError, match="Say why"):
        refuse(waiting, by=editor, why="  ")
    waiting.refresh_from_db()
    assert waiting.status == "proposed"


def test_the_second_of_two_editors_hears_who_was_first(editor, waiting):
    second = Observation.objects.get(pk=waiting.pk)
    refuse(waiting, by=editor, why="No.", at=NOW)
    other = User.objects.create_user("bob", is_staff=True)
    with pytest.raises(AlreadyDecided, match="refused by zyxx-login on 1 June 2026"):
        accept(second, by=other)
    assert Observation.objects.get(pk=waiting.pk).decided_by == editor


def test_a_value_accepted_by_rule_is_not_accepted_again(editor):
    make_statistic()
    with pytest.raises(AlreadyDecided, match="accepted by a rule"):
        accept(Observation.objects.get(), by=editor)


def test_a_value_that_is_gone_says_so(editor, waiting):
    Observation.objects.filter(pk=waiting.pk).delete()
    with pytest.raises(AlreadyDecided, match="not there any more"):
        accept(waiting, by=editor)
