"""F03, F04, F05: whatever becomes of Redis, the rows hold the work."""

import signal
import subprocess

import pytest

from tests.proof import count
from tests.services.jobs import STEPS
from tests.services.site import START, wait_for

pytestmark = [pytest.mark.services, pytest.mark.slow]

BACK = 15  # seconds for beat and worker to find Redis again


def all_done(site, job, times):
    return [state for state, _attempts, _outcome in site.runs(job)] == ["done"] * times


def test_f03_a_run_asked_for_while_redis_is_dead_is_done_when_it_is_back(on_redis, broker):
    site = on_redis
    site.environment["TEST_JOBS"] = "slow quick"
    site.ask("slow")
    worker = site.worker("-B")
    wait_for(lambda: len(site.effects()) >= 3, seconds=START + 5)
    broker.stop(signal.SIGKILL)
    site.ask("quick")
    wait_for(lambda: all_done(site, "slow", 1), seconds=STEPS)
    broker.start()
    wait_for(lambda: all_done(site, "quick", 1), seconds=BACK)
    assert site.runs("slow") == [("done", 1, "done")]
    assert site.effects() == list(range(STEPS + 1))
    assert worker.poll() is None


def test_f04_an_idle_worker_survives_restarts_of_redis(on_redis, broker):
    site = on_redis
    site.environment["TEST_JOBS"] = "quick"
    worker = site.worker("-B")
    for restart in range(count(50)):
        broker.stop(signal.SIGTERM)
        broker.start()
        site.ask("quick")
        wait_for(lambda times=restart + 1: all_done(site, "quick", times), seconds=START + BACK)
    assert site.effects() == list(range(count(50)))
    assert worker.poll() is None


def test_f05_nothing_is_in_redis_that_is_not_in_rows(on_redis, broker):
    site = on_redis
    site.environment["TEST_JOBS"] = "quick"
    site.ask("quick")
    site.manage("shell", "-c", "from tasks.runs import dispatch; dispatch()")
    subprocess.run(broker.client("FLUSHALL"), check=True, capture_output=True)
    site.worker("-B")
    wait_for(lambda: all_done(site, "quick", 1), seconds=START + 5)
    assert site.effects() == [0]


MAKE_DUE = """
from django.utils import timezone
from content.models import Article, Revision
from tasks.runs import dispatch
Article.objects.bulk_create(Article(slug=f"article-{n}") for n in range(500))
Revision.objects.bulk_create(Revision(article=each, number=1, title="Due") for each in Article.objects.all())
for revision in Revision.objects.all():
    due = Article.objects.filter(pk=revision.article_id)
    due.update(next_revision=revision, next_publish_at=timezone.now())
dispatch()
"""


def test_f05_five_hundred_due_articles_are_published_though_redis_lost_all(on_redis, broker):
    site = on_redis
    site.manage("shell", "-c", MAKE_DUE)
    subprocess.run(broker.client("FLUSHALL"), check=True, capture_output=True)
    site.start("celery", "-A", "tasks", "worker", "-B")
    wait_for(lambda: all_done(site, "publish_due", 1), seconds=START + 20)
    assert site.query("SELECT counts::text FROM tasks_jobrun WHERE job = 'publish_due'") == [
        ('{"published": 500}',)
    ]
    assert site.query("SELECT status, count(*) FROM content_article GROUP BY status") == [("published", 500)]


@pytest.mark.parametrize("content", [b"", b'{"body": "eyJ'])
def test_an_empty_or_torn_message_file_does_not_end_the_worker(on_files, content):
    site = on_files
    site.environment["TEST_JOBS"] = "quick"
    inbox = site.var / "broker" / "in"
    inbox.mkdir(parents=True)
    torn = inbox / "000000000000001_planted.celery.msg"
    torn.write_bytes(content)
    site.ask("quick")
    worker = site.worker("-B")
    wait_for(lambda: all_done(site, "quick", 1), seconds=START + 5)
    assert worker.poll() is None
    assert not torn.exists()
