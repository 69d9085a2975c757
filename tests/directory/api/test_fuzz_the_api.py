"""Calls that are made from the schema: none ends in an error of ours, every answer is as the schema says."""

import pytest
import schemathesis
from django.db import connection
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from directory.wsgi import application
from listings.models import School
from tests.build import CLOSED, make_article, make_credential, make_school, make_statistic, make_topic
from tests.proof import count

CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]
CALLS = 10_000
KEYS = {
    "/schools/{slug}/": {"slug": "greenwood-college-1"},
    "/programs/{key}/": {"key": "greenwood-college-1.51.0713.21"},
    "/credentials/{slug}/": {"slug": "cpc"},
    "/articles/{slug}/": {"slug": "fuzz"},
    "/statistics/{key}/": {"key": "oews.29-2072.us.median-annual"},
}


def fill() -> None:
    make_credential()
    make_school(programs=[{"tuition": 3000, "delivery": ["online"], "credentials": ["cpc"]}])
    make_school("Bare College", programs=[{"awards": None}, {"award_level": 3, "months": 9}])
    make_school("Closed College", directory=CLOSED)
    make_article("fuzz", topic=make_topic(), body="It pays [[stat:oews.29-2072.us.median-annual]].")
    make_statistic(values={2024: 50250, 2025: 51140})
    make_statistic("oews.29-2072.gu.median-annual", {2025: None})


@pytest.fixture
def kept_connection(monkeypatch):
    """The calls see this test's transaction, which ends with its connection; a server would close that."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("kept_connection")
def test_a58_calls_made_from_the_schema_find_no_error_and_no_other_answer(no_limit):
    fill()
    assert School.objects.listed().count() == 2
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", application)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == 11
    answers: dict[int, int] = {}
    for operation in operations:

        @settings(
            max_examples=count(CALLS) // len(operations),
            derandomize=True,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def call(case):
            response = case.call()
            answers[response.status_code] = answers.get(response.status_code, 0) + 1
            case.validate_response(response, checks=CHECKS)

        call()
    for path, keys in KEYS.items():
        case = schema[f"/api/v1{path}"]["GET"].Case(path_parameters=keys)
        response = case.call()
        assert response.status_code == 200, path
        case.validate_response(response, checks=CHECKS)
    assert answers.keys() <= {200, 400, 404}
    assert answers[200] > count(CALLS) // 20
    assert sum(answers.values()) >= count(CALLS) * 0.9


@pytest.fixture
def no_limit(settings):
    settings.API_RATE = (1_000_000, 60)
