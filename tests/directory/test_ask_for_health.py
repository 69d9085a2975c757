"""`/healthz`, as a load balancer asks for it."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from tasks.models import JobRun

pytestmark = pytest.mark.django_db


def test_a_site_that_works_says_so_without_a_cookie(client, django_assert_num_queries):
    with django_assert_num_queries(2):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": "ok", "jobs": "ok"})
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_jobs_that_nobody_runs_are_said_and_are_no_failure(client):
    JobRun.objects.create(job="purge", slot=timezone.now(), asked=timezone.now() - timedelta(minutes=6))
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["jobs"]) == (200, "1 late")


def test_a_database_that_does_not_answer_is_503(client):
    def down(*arguments):
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(down):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["database"]) == (503, "does not answer")
    assert "server closed" not in answer.text


def test_only_reading_is_allowed(client):
    assert client.head("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405
