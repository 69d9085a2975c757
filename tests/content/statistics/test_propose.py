"""Figures are proposed: accepted by rule or waiting for an editor, and none is overwritten."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.lib.figures import Break, Origin
from content.models import Observation, Statistic
from content.statistics import propose
from tests.build import make_figure, make_statistic
from tests.content.statistics.loads import history
from tests.proof import count

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SEEDED = settings(
    max_examples=count(300),
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def shown() -> Observation | None:
    return Statistic.objects.with_current().get(key="oews.29-2072.us.median-annual").current


def test_the_first_value_is_accepted_by_rule_and_says_so():
    outcome = propose([make_figure(51140)], at=NOW)
    current = shown()
    assert (outcome.created, outcome.accepted, outcome.waiting) == (1, 1, 0)
    assert (current.value, current.status, current.decided_by) == (51140, "accepted", None)
    assert current.decided_at == current.accepted_at == current.retrieved_at == NOW
    assert current.decided_why == "The first value of this series."


def test_a_small_change_is_accepted_and_says_how_small():
    make_statistic(values={2024: 50000})
    propose([make_figure(51140)])
    assert shown().value == 51140
    assert shown().decided_why == "May 2024 says $50,000 a year, a difference of +2.3 percent."


def test_a_large_change_waits_and_the_last_good_value_stays():
    make_statistic(values={2024: 50000})
    outcome = propose([make_figure(90000)])
    waiting = Observation.objects.waiting().get()
    assert (outcome.accepted, outcome.waiting) == (0, 1)
    assert (shown().value, shown().period) == (50000, "May 2024")
    assert waiting.decided_why == (
        "May 2024 says $50,000 a year, a difference of +80.0 percent. The rule accepts up to 20 a year."
    )
    assert (waiting.decided_at, waiting.accepted_at) == (None, None)


def test_a_change_may_be_larger_over_more_years():
    make_statistic(values={2021: 40000})
    assert propose([make_figure(60000)]).accepted == 1


def test_an_older_year_adds_history_and_moves_nothing_back():
    make_statistic(values={2025: 51140})
    propose([make_figure(47180, year=2022)])
    assert shown().period == "May 2025"
    assert Observation.objects.accepted().count() == 2


def test_percentages_are_compared_in_points():
    columns = {"unit": "percent", "per": "", "lowest": Decimal(-90), "max_change_percent": 10}
    make_statistic(values={2024: "0.5"}, **columns)
    assert propose([make_figure("9.5", year=2025, **columns)]).accepted == 1
    assert propose([make_figure("25", year=2026, **columns)]).waiting == 1


def test_a_change_of_sign_is_compared_with_the_larger_size():
    columns = {"unit": "people", "per": "", "lowest": None, "highest": None, "max_change_percent": 200}
    make_statistic(values={2024: -1000}, **columns)
    assert propose([make_figure(1000, year=2025, **columns)]).accepted == 1
    assert propose([make_figure(-2000, year=2026, **columns)]).accepted == 1
    Statistic.objects.update(max_change_percent=50)
    assert propose([make_figure(2000, year=2027, **columns)]).waiting == 1


def test_a_series_without_a_limit_always_asks_an_editor():
    make_statistic(values={2024: 50000}, max_change_percent=None)
    assert propose([make_figure(50000, max_change_percent=None)]).waiting == 1


def test_what_an_editor_set_on_the_statistic_counts_not_what_the_file_says():
    make_statistic(values={2024: 50000})
    Statistic.objects.update(max_change_percent=1, highest=55000)
    assert propose([make_figure(51140)]).waiting == 1
    assert propose([make_figure(56000, year=2026)]).refused[0].reason.endswith("plausible for the series.")


@pytest.mark.parametrize(("missing", "waits"), [("not-available", 0), ("top", 0), ("not-published", 1)])
def test_a_mark_in_place_of_a_value_is_taken_and_a_blank_waits(missing, waits):
    make_statistic(values={2024: 50000})
    outcome = propose([make_figure(None, missing=missing)])
    assert outcome.waiting == waits
    assert shown().period == ("May 2024" if waits else "May 2025")
    assert (shown().value is None) == (not waits)


def test_a_value_after_a_mark_is_compared_with_the_last_value():
    make_statistic(values={2023: 50000, 2024: None})
    assert propose([make_figure(95000)]).waiting == 1


def test_a_released_figure_is_never_overwritten():
    make_statistic(values={2025: 51140})
    outcome = propose([make_figure(51150, line=7, column="A_MEDIAN")], file="again.csv")
    assert (shown().value, outcome.created) == (51140, 0)
    refusal = outcome.refused[0]
    assert (refusal.file, refusal.line, refusal.column, refusal.value) == (
        "again.csv",
        7,
        "A_MEDIAN",
        "51150",
    )
    assert "OEWS May 2025 is stored with $51,140 a year for May 2025" in refusal.reason


def test_a_later_release_of_the_same_period_is_a_value_of_its_own():
    make_statistic(values={2025: 51140}, at=NOW)
    propose([make_figure(51200, release="OEWS May 2025, revised")], at=NOW.replace(month=9))
    assert Observation.objects.accepted().count() == 2
    assert shown().value == 51200


def test_the_same_figure_twice_in_one_load_is_one():
    outcome = propose([make_figure(51140), make_figure("51140.00")])
    assert (outcome.created, outcome.unchanged) == (1, 1)


def test_two_answers_in_one_load_keep_the_first_and_say_so():
    outcome = propose([make_figure(51140), make_figure(51150)])
    assert (outcome.created, len(outcome.refused)) == (1, 1)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"unit": "percent"}, "It is in percent year, the series is in USD year."),
        ({"per": "hour"}, "It is in USD hour, the series is in USD year."),
        ({"value": Decimal(3000)}, "plausible"),
        ({"value": Decimal("NaN")}, "not a number"),
        ({"value": Decimal("Infinity")}, "not a number"),
        ({"value": Decimal("1e30")}, "not a number"),
        ({"missing": "not-available"}, "either a value or one of"),
        ({"value": None, "missing": ""}, "either a value or one of"),
        ({"value": None, "missing": "lost"}, "either a value or one of"),
        ({"period_start": date(2025, 6, 2)}, "ends before it starts"),
    ],
)
@pytest.mark.parametrize("known", [True, False])
def test_what_cannot_be_is_refused_with_its_reason(columns, reason, known):
    if known:
        make_statistic(values={2024: 50000})
    elif "unit" in columns or "per" in columns:
        make_statistic(values={2021: 46660})
    outcome = propose([make_figure(**{"value": 51140} | columns)])
    assert outcome.created == 0
    assert reason in outcome.refused[0].reason
    assert not Observation.objects.filter(period="May 2025").exists()


@pytest.mark.parametrize(
    "columns",
    [
        {"key": "<script>alert(1)</script>"},
        {"key": "../../etc/passwd"},
        {"key": "oews.29-2072.us.median-annual\n"},
        {"key": "OEWS.us"},
        {"key": "x" * 200},
        {"key": "."},
        {"label": "x" * 300},
        {"area": "x" * 300},
        {"label": "nul\x00byte"},
        {"key": "oews.\x00"},
        {"period": "May 2025 " * 9},
        {"release": "x" * 200},
        {"source": Origin("BLS", "half a pair \ud800")},
        {"source": Origin("BLS", "x" * 400)},
    ],
)
def test_a_series_that_does_not_fit_is_refused(columns):
    outcome = propose([make_figure(51140, **columns), make_figure(46660, year=2021, key="good.key")])
    assert [each.reason.split(": ")[0] for each in outcome.refused] == [columns.get("key", make_figure().key)]
    assert list(Statistic.objects.values_list("key", flat=True)) == ["good.key"]


def test_a_break_is_linked_in_whatever_order_its_sides_come():
    change = Break("old.key", "new.key", "It counts otherwise.")
    for keys in (["old.key", "new.key"], ["new.key", "old.key"]):
        Statistic.objects.update(current=None, predecessor=None)
        Observation.objects.all().delete()
        Statistic.objects.all().delete()
        for key in keys:
            propose([make_figure(51140, key=key, breaks=(change,))])
        new = Statistic.objects.get(key="new.key")
        assert (new.predecessor.key, new.break_reason) == ("old.key", "It counts otherwise.")
        assert new.predecessor.stale_at is None
        assert new.stale_at is not None


def test_values_are_never_compared_across_a_break():
    change = Break("old.key", "new.key", "It counts otherwise.")
    propose([make_figure(20000, year=2024, key="old.key", breaks=(change,))])
    assert propose([make_figure(51140, key="new.key", breaks=(change,))]).accepted == 1


yearly = st.lists(st.integers(-19, 19), min_size=1, max_size=8)


@SEEDED
@given(changes=yearly, chance=st.randoms(use_true_random=False), start=st.integers(30_000, 60_000))
def test_a_plausible_history_is_the_same_in_any_order_and_in_any_portions(changes, chance, start):
    figures, value = [], Decimal(start)
    for year, change in enumerate(changes, 2015):
        value = (value * (100 + change) / 100 if change > 0 else value * 100 / (100 - change)).quantize(
            Decimal(1)
        )
        figures.append(make_figure(str(value), year=year))
    with transaction.atomic():
        assert propose(figures, at=NOW).waiting == 0
        expected = history()
        transaction.set_rollback(True)
    with transaction.atomic():
        shuffled = chance.sample(figures, len(figures))
        while shuffled:
            portion = chance.randint(1, len(shuffled))
            propose([*shuffled[:portion], *chance.sample(figures, 1)], at=NOW)
            shuffled = shuffled[portion:]
        assert history() == expected
        transaction.set_rollback(True)


@SEEDED
@given(
    values=st.lists(
        st.tuples(
            st.integers(2015, 2030), st.none() | st.integers(1, 3_000_000), st.sampled_from(["", " rev."])
        ),
        max_size=12,
    )
)
def test_whatever_comes_the_newest_accepted_period_is_shown(values):
    with transaction.atomic():
        for year, value, tail in values:
            propose([make_figure(value, year=year, release=f"OEWS May {year}{tail}")], at=NOW)
        accepted = Observation.objects.accepted()
        for statistic in Statistic.objects.with_current():
            assert statistic.current.status == "accepted"
            assert statistic.current.period_end == max(each.period_end for each in accepted)
            assert all(each.value is None or 4000 <= each.value <= 2_000_000 for each in accepted)
        transaction.set_rollback(True)
