"""Figures go stale by date or by a newer release, and readers are told so mildly."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from content.lib.figures import Break
from content.models import Statistic
from content.statistics import propose, refresh_due
from tests.build import make_figure, make_statistic
from tests.content.statistics.loads import DATA, load

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
RECEIPT = "/statistics/oews.29-2072.us.median-annual/"


def stale_on(key: str = "oews.29-2072.us.median-annual") -> date | None:
    stale_at = Statistic.objects.get(key=key).stale_at
    return stale_at and timezone.localdate(stale_at)


def test_a_value_goes_stale_some_months_after_its_period():
    make_statistic(values={2025: 51140}, stale_months=26, at=NOW)
    assert stale_on() == date(2027, 7, 31)
    propose([make_figure(52000, year=2026)], at=NOW)
    assert stale_on() == date(2028, 7, 31)


def test_an_outlook_goes_stale_from_its_start_not_from_its_end():
    outlook = {"period_start": date(2024, 1, 1), "period_end": date(2034, 12, 31), "stale_months": 36}
    make_statistic(values={2024: 51140}, at=NOW, **outlook)
    assert stale_on() == date(2027, 1, 1)


def test_a_stale_value_is_shown_with_a_mild_word(client):
    make_statistic(values={2020: 44090}, stale_months=24)
    page = client.get(RECEIPT).text
    assert "$44,090 a year" in page
    assert "may be out of date" in page
    assert "A newer value was to be expected by May 2022" in page
    assert "may be out of date" in client.get("/statistics/").text


def test_a_fresh_value_says_nothing_of_dates(client):
    year = timezone.localdate().year
    make_statistic(values={year: 51140}, stale_months=26)
    assert "out of date" not in client.get(RECEIPT).text


def test_a_series_that_ended_is_not_stale_but_ended(client):
    change = Break("oews.29-2072.us.median-annual", "new.key", "It counts otherwise now.")
    make_statistic(values={2018: 40350}, breaks=(change,))
    make_statistic("new.key", {2021: 46660}, breaks=(change,), label="The new series")
    page = client.get(RECEIPT).text
    assert "This series ended with May 2018. It counts otherwise now." in page.replace("\n", " ")
    assert 'href="/statistics/new.key/">The new series</a>' in page
    assert "out of date" not in page
    refresh_due(at=NOW + timedelta(days=4000))
    assert stale_on() is None


def test_a_newer_release_without_a_series_makes_it_stale():
    make_statistic("oews.a.us.employment", {2025: 51140}, at=NOW)
    make_statistic("oews.b.us.employment", {2025: 51140}, at=NOW)
    later = NOW + timedelta(days=9)
    propose([make_figure(52000, year=2026, key="oews.a.us.employment")], at=later)
    refresh_due(at=later)
    assert stale_on("oews.b.us.employment") == timezone.localdate(later)
    assert stale_on("oews.a.us.employment") == date(2028, 12, 1)


def test_figures_of_other_providers_are_left_to_their_dates():
    make_statistic("aapc.exam.us.fee", {2022: 5000}, provider="editor", at=NOW)
    make_statistic("ahima.exam.us.fee", {2025: 5000}, provider="editor", at=NOW)
    refresh_due(at=NOW)
    assert stale_on("aapc.exam.us.fee") == date(2024, 12, 1)


def test_a_look_counts_what_was_due_and_plans_the_next():
    make_statistic(values={2025: 51140}, at=NOW)
    assert refresh_due(at=NOW) == {"looked at": 0, "stale": 0}
    later = NOW + timedelta(days=31)
    assert refresh_due(at=later) == {"looked at": 1, "stale": 0}
    assert Statistic.objects.get().refresh_at == later + timedelta(days=30)


def test_an_editors_new_date_holds_from_the_next_look_on():
    make_statistic(values={2025: 51140}, at=NOW)
    Statistic.objects.update(stale_months=6)
    refresh_due(at=NOW + timedelta(days=31))
    assert stale_on() == date(2025, 12, 1)


def test_a_second_look_changes_nothing(django_assert_max_num_queries):
    load(DATA / "national_M2022_dl.csv", DATA / "oews_2025_national_state_wide.csv")
    later = timezone.now() + timedelta(days=40)
    first = refresh_due(at=later)
    rows = list(Statistic.objects.order_by("pk").values())
    assert first["looked at"] == Statistic.objects.count()
    assert refresh_due(at=later) == {"looked at": 0, "stale": first["stale"]}
    assert list(Statistic.objects.order_by("pk").values()) == rows
