"""The site's own jobs, as the timetable runs them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from content import publishing
from content.models import Article
from tasks import runs
from tasks.models import JobRun
from tasks.schedule import JOBS, TIMETABLE
from tests.build import make_article, make_revision

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)


def tick(at):
    """Plans and works off what is due; gives the runs by job."""
    return {run.job: run for run in (runs.execute(pk, at=at) for pk in runs.plan(at=at)) if run}


def reads_alone(execute, sql, params, many, context):
    assert sql.startswith("SELECT"), sql
    return execute(sql, params, many, context)


def test_no_two_jobs_have_one_name():
    assert [job.name for job in TIMETABLE] == list(JOBS)


@pytest.mark.parametrize("name", list(JOBS))
def test_every_job_ends_well_on_an_empty_site(name):
    run = runs.execute(JobRun.objects.ask(name, at=NOON).pk, at=NOON)
    assert (run.state in ("done", "skipped"), run.error) == (True, "")
    assert all(isinstance(count, int) for count in run.counts.values())


def test_after_the_night_a_quiet_site_writes_nothing():
    tick(NOON)
    with connection.execute_wrapper(reads_alone):
        for minutes in (1, 2, 61):
            assert runs.plan(at=NOON + timedelta(minutes=minutes)) == []


def test_f33_a_scheduled_article_is_settled_within_a_minute():
    article = make_article("cpc")
    revision = make_revision(article, title="A newer text")
    publishing.schedule(revision, publish_at=NOON, by=None, at=NOON - timedelta(days=1))
    assert "publish_due" not in tick(NOON - timedelta(seconds=1))
    ran = tick(NOON + timedelta(minutes=1))
    assert ran["publish_due"].counts == {"published": 1}
    article = Article.objects.get(pk=article.pk)
    assert (article.published_revision, article.next_publish_at) == (revision, None)
    assert "publish_due" not in tick(NOON + timedelta(minutes=2))
