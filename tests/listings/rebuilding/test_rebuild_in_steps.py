"""Rebuilding one school after each statement comes to what a rebuild of all comes to."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listings.loading import expire_due, rebuild_listing
from listings.models import ListingRow, Program, School, Statement
from tests.build import make_school, make_statement
from tests.proof import count

AT = datetime(2026, 3, 12, 15, tzinfo=UTC)
VALUES = {
    "delivery": st.lists(st.sampled_from(["campus", "online", "hybrid"]), unique=True, min_size=1),
    "credentials": st.lists(st.sampled_from(["cpc", "ccs", "rhit"]), unique=True),
    "tuition": st.builds(
        lambda amount, year: {"amount": amount, "year": year}, st.integers(1, 90_000), st.integers(2019, 2026)
    ),
    "months": st.integers(1, 60),
}
FIELDS = st.sampled_from(sorted(VALUES)).flatmap(lambda field: st.tuples(st.just(field), VALUES[field]))
STEPS = st.tuples(
    st.integers(0, 5),
    FIELDS,
    st.one_of(st.none(), st.integers(-3, 40)),
    st.sampled_from(Statement.By.values),
)


@pytest.mark.django_db
@settings(
    max_examples=count(100),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(STEPS, max_size=12))
def test_steps_and_one_rebuild_agree(steps: list[Any]) -> None:
    School.objects.all().delete()
    for name in ("Ash College", "Birch College"):
        make_school(name, programs=[{"cip": cip} for cip in ("51.0713", "51.0707", "51.0716")])
    programs = list(Program.objects.order_by("pk"))
    for hour, (which, (field, value), days, by) in enumerate(steps):
        now = AT + timedelta(hours=hour)
        program = programs[which]
        program.statements.filter(field=field, replaced_at=None).update(replaced_at=now)
        until = None if days is None else now + timedelta(days=days)
        make_statement(program, field, value, by=by, valid_until=until)
        rebuild_listing(1, [program.school_id], at=now)
    later = AT + timedelta(days=30)
    expire_due(later)
    stepwise = _everything()
    assert rebuild_listing(1, at=later) == 0
    for school in School.objects.all():
        rebuild_listing(1, [school.pk], at=later)
    assert _everything() == stepwise


def _everything() -> list[Any]:
    rows = ListingRow.objects.order_by("pk").values_list()
    credentials = ListingRow.objects.order_by("pk", "credentials__credential")
    schools = School.objects.order_by("pk").values_list("text", "rank_key", "status")
    return [*rows, *credentials.values_list("pk", "credentials__credential"), *schools]
