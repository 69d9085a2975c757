"""What is due stays due until its provider answered; what comes from files is only dated."""

from datetime import UTC, datetime, timedelta

import pytest

from content.models import Statistic
from content.statistics import refresh_due
from tasks.schedule import JOBS
from tests.build import make_statistic

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 1, 6, tzinfo=UTC)


@pytest.mark.parametrize(("network", "due"), [(True, 1), (False, 0)])
def test_a_series_that_can_be_asked_for_stays_due(settings, network, due):
    settings.NETWORK = network
    make_statistic(at=NOW - timedelta(days=99))
    make_statistic("ep.29-2072.us.openings", at=NOW - timedelta(days=99), provider="projections")
    refresh_due(at=NOW)
    assert Statistic.objects.due(NOW).count() == due


def test_the_timetable_looks_every_night():
    names = ("ask_providers", "refresh_statistics")
    assert [JOBS[name].when() for name in names] == ["nightly at 02:00", "nightly at 02:30"]
