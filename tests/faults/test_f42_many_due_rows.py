"""F42: a worker that was dead for days finds many rows due, and works them off at once."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import OuterRef, Subquery

from content.models import Article, Revision
from tasks import runs
from tasks.models import JobRun
from tests.proof import count

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
DUE = count(20_000)


@pytest.fixture
def due():
    """Articles whose moment came while no worker worked."""
    Article.objects.bulk_create([Article(slug=f"article-{n}") for n in range(DUE)], batch_size=1000)
    Revision.objects.bulk_create(
        [Revision(article=article, number=1, title=article.slug) for article in Article.objects.all()],
        batch_size=1000,
    )
    first = Revision.objects.filter(article=OuterRef("pk")).values("pk")[:1]
    Article.objects.update(next_revision=Subquery(first), next_publish_at=NOON - timedelta(days=3))


def test_five_hundred_a_second_are_settled_and_nothing_is_left(due):
    (pk,) = [pk for pk in runs.plan(at=NOON) if JobRun.objects.get(pk=pk).job == "publish_due"]
    began = time.monotonic()
    run = runs.execute(pk, at=NOON)
    seconds = time.monotonic() - began
    assert run.counts == {"published": DUE}
    assert DUE / seconds >= 500
    assert not Article.objects.filter(next_publish_at__isnull=False).exists()
    assert Article.objects.filter(status="published").count() == DUE


def test_work_that_nobody_takes_up_is_told_after_five_minutes(due):
    runs.plan(at=NOON)
    assert JobRun.objects.late(at=NOON + timedelta(minutes=4)).count() == 0
    assert JobRun.objects.late(at=NOON + timedelta(minutes=6)).filter(job="publish_due").count() == 1
