"""A figure in a template never stands without its period and its receipt."""

import pytest
from django.db import transaction
from django.template import engines
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.models import Statistic
from content.statistics import propose
from tests.build import make_figure, make_statistic
from tests.proof import count

pytestmark = pytest.mark.django_db


def printed(tag: str, statistic: Statistic) -> str:
    template = engines["django"].from_string("{% load figures %}{% " + tag + " statistic %}")
    return " ".join(template.render({"statistic": statistic}).split())


@settings(
    max_examples=count(200),
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    value=st.none() | st.integers(4000, 2_000_000),
    year=st.integers(2000, 2030),
    tag=st.sampled_from(["figure", "figure_inline"]),
    missing=st.sampled_from(["suppressed", "not-reported", "not-collected", "not-available", "top"]),
    decided=st.booleans(),
)
def test_value_period_and_receipt_come_together(value, year, tag, missing, decided):
    with transaction.atomic():
        propose([make_figure(value, year=year, missing="" if value else missing)])
        if not decided:
            Statistic.objects.update(current=None)
        statistic = Statistic.objects.with_current().get()
        html = printed(tag, statistic)
        assert f'href="/statistics/{statistic.key}/"' in html
        assert (f"May {year}" in html) == decided
        assert ("no value yet" in html) == (not decided)
        if value is None:
            assert "$" not in html
        elif decided:
            assert f"${value:,} a year" in html
        transaction.set_rollback(True)


def test_the_large_form_names_its_source_and_says_mildly_when_it_is_old():
    html = printed("figure", make_statistic(values={2015: 40000}))
    assert "Source: U.S. Bureau of Labor Statistics, Occupational wages, May 2015" in html
    assert "may be out of date" in html


@pytest.mark.parametrize("tag", ["figure", "figure_inline"])
def test_it_asks_the_database_nothing(tag, django_assert_num_queries):
    statistic = make_statistic()
    with django_assert_num_queries(0):
        assert "$51,140 a year" in printed(tag, statistic)
