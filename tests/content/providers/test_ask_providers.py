"""What the network providers bring, and what becomes of it when they fail."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from content.lib import http
from content.models import Observation, ProviderState, Statistic
from content.providers import bls, scorecard
from content.refreshing import CIRCUIT, ask_providers, due_keys
from content.statistics import refuse
from tests.build import make_statistic
from tests.content.providers.double import KEY, SCHOOL_FAULTS, WAGE_FAULTS, double

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOW = datetime(2026, 9, 1, 6, tzinfo=UTC)
LAST = datetime(2025, 8, 1, 6, tzinfo=UTC)
MEDIAN = "oews.29-2072.us.median-annual"
KEYS = [MEDIAN, *(f"oews.29-2072.us.{part}-annual" for part in ("mean", "p10", "p25", "p75", "p90"))]
SCHOOLS = scorecard.SCHOOLS


def look(at=NOW):
    return ask_providers(lambda: None, at)


def shown(key=MEDIAN):
    return Statistic.objects.with_current().get(key=key).current


def trouble(name="bls-api"):
    return ProviderState.objects.of(name).trouble


@pytest.fixture
def api(monkeypatch, settings):
    """The double, set by the operator; six series of May 2025 that are due."""
    monkeypatch.setattr(http, "SECONDS_A_HOST", 0.0)
    monkeypatch.setattr(http, "DEADLINE", 1.0)
    settings.NETWORK = True
    with double() as answers:
        settings.BLS_API_URL = f"{answers.url}wages/"
        settings.SCORECARD_API_URL = f"{answers.url}schools"
        settings.OPERATOR_ADDRESSES = [settings.BLS_API_URL, settings.SCORECARD_API_URL]
        settings.BLS_API_KEY = KEY
        settings.SCORECARD_API_KEY = ""
        for key in KEYS:
            make_statistic(key, {2025: 51140}, at=LAST, measure=key.split(".")[-1])
        yield answers


@pytest.fixture
def schools(api, settings):
    """The schools API has been read a month ago; the wages are not due."""
    settings.SCORECARD_API_KEY = KEY
    Statistic.objects.update(refresh_at=NOW + timedelta(days=99))
    look(NOW - timedelta(days=31))
    assert shown(SCHOOLS).value == 120
    return api


def test_small_changes_are_taken_by_rule_with_their_receipt(api):
    api.pay = "52900"
    assert look() == {"asked": 6, "new values": 6, "failed": 0}
    current = shown()
    assert (current.value, current.period, current.release) == (52900, "May 2026", "OEWS May 2026")
    assert (current.retrieved_at, current.decided_by) == (NOW, None)
    assert "Public Data API, OEUN000000000000029207213" in current.source.title
    assert trouble() == ""
    assert Statistic.objects.due(NOW).count() == 0


def test_the_same_answer_twice_is_stored_once(api):
    look()
    Statistic.objects.update(refresh_at=NOW)
    assert look(NOW + timedelta(days=1))["new values"] == 0
    assert Observation.objects.filter(period="May 2026").count() == 6


def test_a_series_has_its_name_at_the_publisher():
    assert bls.series_id("oews.29-2072.us.median-annual") == "OEUN000000000000029207213"
    assert bls.series_id("oews.15-1252.us.mean-hourly") == "OEUN000000000000015125203"
    assert bls.series_id("oews.29-2072.pr.p10-annual") == "OEUS720000000000029207211"
    assert bls.series_id("oews.29-2072.0010180.employment") == "OEUM001018000000029207201"


@pytest.mark.parametrize(
    ("key", "offered"),
    [
        (MEDIAN, True),
        ("oews.29-2071.us.median-annual", False),
        ("oews.x", False),
        ("ep.29-2072.us.openings", False),
    ],
)
def test_series_that_ended_are_not_asked_for(key, offered):
    assert bls.offers(key) is offered


def test_marks_of_the_survey_are_kept_apart_from_numbers(api):
    api.values = {bls.series_id(MEDIAN): "-", bls.series_id(KEYS[5]): "#"}
    look()
    assert (shown().missing, shown().value) == ("not-available", None)
    assert shown(KEYS[5]).missing == "top"


def add_areas(count):
    for number in range(count):
        key = f"oews.29-2072.00{number + 10180}.mean-annual"
        make_statistic(key, {2025: 51140}, at=LAST, area=f"Area {number}")


def test_what_it_says_beside_the_values_is_told(api, settings):
    add_areas(20)
    settings.BLS_API_KEY = ""
    api.gone = bls.series_id(KEYS[1])
    look()
    assert shown().period == "May 2026"
    assert shown(KEYS[1]).period == "May 2025"
    assert trouble() == f"It says: Series does not exist for Series {api.gone}"


@pytest.mark.parametrize("fault", WAGE_FAULTS)
def test_a_fault_publishes_nothing_and_is_told_in_one_sentence(api, fault):
    api.pay, api.fault = "52900", fault
    look()
    for key in KEYS:
        current = shown(key)
        assert (current.value, current.period) == (51140, "May 2025")
    said = trouble()
    assert said
    assert KEY not in said
    assert said.count(". ") <= 2
    state = ProviderState.objects.of("bls-api")
    assert KEY not in state.sample
    assert len(state.sample) <= 1000


@pytest.mark.parametrize("fault", SCHOOL_FAULTS)
def test_a_fault_of_the_schools_api_publishes_nothing(schools, fault):
    schools.fault = fault
    before = Observation.objects.accepted().filter(statistic__provider="scorecard-api").count()
    Statistic.objects.filter(key__startswith="scorecard.").update(refresh_at=NOW)
    look()
    wrong = Observation.objects.accepted().filter(statistic__provider="scorecard-api", retrieved_at=NOW)
    assert {each.value for each in wrong} <= {Decimal(120)}
    assert shown(SCHOOLS).value == 120
    assert shown("scorecard.51.07.us.certificate-earnings-1yr").value == 34_000
    assert trouble("scorecard-api")
    assert before == 3


@pytest.mark.parametrize("fault", ["429", "garbage-html", "partial"])
def test_the_next_look_heals(api, fault):
    api.pay, api.fault = "52900", fault
    look()
    api.fault = ""
    look(NOW + timedelta(days=1))
    assert shown().value == 52900
    assert trouble() == ""


def test_a_failed_provider_is_left_alone_for_a_while(api):
    api.fault = "429"
    look()
    asked = len(api.asked)
    look(NOW + timedelta(seconds=50))
    assert len(api.asked) == asked
    look(NOW + timedelta(hours=1))
    assert len(api.asked) == asked + 1


def test_it_waits_as_long_as_it_is_asked_to(api):
    api.fault = "429-later"
    look()
    assert ProviderState.objects.of("bls-api").rests_until >= NOW + timedelta(seconds=7200)


def test_after_five_failures_it_rests_for_hours(api):
    api.fault = "500"
    for attempt in range(CIRCUIT):
        look(NOW + timedelta(days=attempt))
    state = ProviderState.objects.of("bls-api")
    assert state.failures == CIRCUIT
    assert state.rests_until >= NOW + timedelta(days=CIRCUIT - 1, hours=6)


def test_the_quota_is_kept_in_the_database(api, settings):
    settings.BLS_API_KEY = ""
    state = ProviderState.objects.of("bls-api")
    ProviderState.objects.update(day=NOW.date(), calls=25)
    look()
    assert api.asked == []
    assert not state.take_call(25, on=NOW.date())
    look(NOW + timedelta(days=1))
    assert len(api.asked) == 1
    assert ProviderState.objects.of("bls-api").calls == 1


@pytest.mark.parametrize(("key", "batches"), [(KEY, [50, 16]), ("", [25, 25, 16])])
def test_batches_are_as_large_as_the_key_allows(api, settings, key, batches):
    settings.BLS_API_KEY = key
    add_areas(60)
    look()
    assert [len(each["seriesid"]) for each in api.asked] == batches
    assert all(each.get("registrationkey", "") == key for each in api.asked)


def test_one_odd_value_in_many_waits_and_the_others_are_taken(api):
    add_areas(30)
    api.pay, api.values = "52000", {bls.series_id(MEDIAN): "255700"}
    look()
    assert shown().value == 51140
    assert shown(KEYS[1]).value == 52000
    waiting = Observation.objects.waiting().get()
    assert (waiting.value, waiting.statistic.key) == (255700, MEDIAN)
    assert "wait for you" in trouble()


def test_what_was_decided_does_not_hold_up_the_next_look(api, admin_user):
    api.pay, api.values = "52000", {bls.series_id(MEDIAN): "255700"}
    look()
    assert shown(KEYS[1]).value == 51140
    refuse(Observation.objects.waiting().get(), by=admin_user, why="A slip of the publisher.")
    look(NOW + timedelta(days=1))
    assert shown(KEYS[1]).value == 52000
    assert shown().value == 51140


def test_schools_are_read_page_by_page(schools):
    assert len(schools.asked) == 2
    assert all("page=" in path and KEY not in path for path in schools.asked)
    current = shown("scorecard.51.07.us.associate-earnings-1yr")
    assert (current.value, current.period) == (34_000, "as published in August 2026")


@pytest.mark.parametrize("suppressed", [0, None])
def test_a_suppressed_number_is_never_a_zero(api, settings, suppressed):
    settings.SCORECARD_API_KEY = KEY
    api.earnings = suppressed
    look()
    assert not Observation.objects.filter(statistic__provider="scorecard-api").exists()
    assert "a person has to look" in trouble("scorecard-api")


def test_without_a_key_the_schools_are_not_asked_for(api):
    look()
    assert not ProviderState.objects.filter(name="scorecard-api").exists()


def test_with_the_network_off_nothing_is_asked(api, settings):
    settings.NETWORK = False
    with pytest.raises(http.NetworkOff):
        look()
    assert api.asked == []


def test_the_nation_comes_first(api):
    make_statistic("oews.29-2072.al.mean-annual", {2025: 51140}, at=LAST, area="Alabama")
    assert due_keys(bls, NOW)[-1] == "oews.29-2072.al.mean-annual"
