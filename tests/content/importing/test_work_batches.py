"""Hundreds of pages, a worker that is killed, one that does not work at all: every page gets its result."""

import random
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from content import importing
from content.models import Article, BatchPage, ImportBatch, ImportedPage, Revision
from tasks.models import ClaimLost
from tests.content.importing.uploading import html, newest, run, states, upload, zipped
from tests.content.workflow.people import logged_in, make_editor
from tests.proof import count

pytestmark = pytest.mark.django_db
BROKEN = (b"\0\0", b"%PDF-1.7", b"", b"\xff\xfe\x00", b"PK\x03\x04")


class Killed(BaseException):
    """As a signal ends a worker: nothing of ours sees it coming."""


@pytest.fixture
def author() -> Client:
    return logged_in(make_editor("Author"))


def shown(client: Client) -> str:
    return client.get(reverse("admin:content_importbatch_change", args=[newest().pk])).content.decode()


def pages(good: int, broken: int) -> list[tuple[str, bytes]]:
    files = [(f"good-{number}.html", html(f"Page {number}")) for number in range(good)]
    files += [(f"broken-{number}.html", BROKEN[number % 5]) for number in range(broken)]
    random.Random(7).shuffle(files)
    return files


@pytest.mark.slow
def test_of_five_hundred_pages_the_broken_ones_are_told_and_the_others_made(author):
    upload(author, ("pages.zip", zipped(pages(480, 20))), wants_draft="on")
    done = [importing.progress(newest()).done]

    def look() -> None:
        done.append(importing.progress(newest()).done)

    while importing.work(look):
        pass
    look()
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, 500)
    found = states()
    assert found.count("made") == 480
    assert len(found) - found.count("made") == 20
    assert Article.objects.count() == Revision.objects.count() == 480
    told = newest().pages.exclude(state="made")
    assert all(page.sentence for page in told)
    assert {page.name for page in told} == {f"broken-{number}.html" for number in range(20)}


def test_f24_a_worker_killed_between_and_in_pages_costs_nothing(author, monkeypatch):
    chance = random.Random(11)
    for _ in range(count(40)):
        for model in (ImportBatch, ImportedPage, Article):
            model.objects.all().delete()
        upload(author, ("pages.zip", zipped(pages(8, 2))), wants_draft="on")
        at = timezone.now()
        for _ in range(3):
            die_at = chance.randrange(1, 8)
            calls = iter(range(1, 1000))

            def dying(*given, _inner=importing.structure, _calls=calls, _at=die_at, **named):
                if next(_calls) == _at:
                    raise Killed
                return _inner(*given, **named)

            with monkeypatch.context() as patch:
                patch.setattr(importing, "structure", dying)
                with pytest.raises(Killed):
                    importing.work(lambda: None, at)
            at += timedelta(minutes=3)
        importing.work(lambda: None, at)
        importing.work(lambda: None, at)
        assert not BatchPage.objects.unfinished().exists()
        kept = BatchPage.objects.filter(sentence=importing.BROKE_OFF).count()
        assert BatchPage.objects.filter(state="made").count() == 8 - kept
        assert Article.objects.count() == Revision.objects.count() == 8 - kept


def test_a_page_that_ends_every_worker_is_told_and_the_others_are_worked(author, monkeypatch):
    upload(author, ("a.html", html("A")), ("poison.html", html("Poison")), ("c.html", html("C")))
    inner = importing.structure

    def poisoned(data: bytes, name: str, **named):
        if name == "poison.html":
            raise Killed
        return inner(data, name, **named)

    monkeypatch.setattr(importing, "structure", poisoned)
    at = timezone.now()
    for _ in range(2):
        with pytest.raises(Killed):
            importing.work(lambda: None, at)
        at += timedelta(minutes=3)
    importing.work(lambda: None, at)
    assert states() == ["read", "refused", "read"]
    assert "broke off the worker" in newest().pages.get(name="poison.html").sentence


def test_a_page_that_raises_is_told_and_the_others_are_worked(author, monkeypatch):
    def raising(data: bytes, name: str, *, _inner=importing.structure, **named):
        if name == "b.html":
            raise RecursionError
        return _inner(data, name, **named)

    monkeypatch.setattr(importing, "structure", raising)
    upload(author, ("a.html", html("A")), ("b.html", html("B")), ("c.html", html("C")))
    run()
    assert states() == ["read", "refused", "read"]


def test_two_workers_at_once_make_one_draft_each(author):
    upload(author, *pages(6, 0), wants_draft="on")
    taken = []

    def other() -> None:
        if not taken:
            taken.append(importing.work(lambda: None))

    importing.work(other)
    assert states() == ["made"] * 6
    assert Article.objects.count() == 6


def test_a_job_whose_claim_is_lost_stops_and_leaves_whole_pages(author):
    upload(author, *pages(3, 0))
    calls = iter([None, ClaimLost(1)])

    def renew() -> None:
        if trouble := next(calls):
            raise trouble

    with pytest.raises(ClaimLost):
        importing.work(renew)
    assert sorted(states()) == ["read", "waiting", "waiting"]
    run()
    assert states() == ["read"] * 3


def test_f33_without_a_worker_the_page_says_so_and_how_long(author):
    upload(author, ("coder.html", html()))
    assert "follows by itself" in shown(author)
    ImportBatch.objects.update(created_at=timezone.now() - timedelta(minutes=7))
    late = shown(author)
    assert "1 page waits for a worker" in late
    assert "nothing was worked for 7 minutes" in late
    assert "manage.py run_job import_pages" in late
    call_command("run_job", "import_pages", verbosity=0)
    assert states() == ["read"]
    assert "for a worker" not in shown(author)


def test_an_upload_whose_storing_broke_off_says_so(author, monkeypatch):
    chunks = iter([None, None, Killed()])
    inner = BatchPage.objects.bulk_create

    def dying(rows):
        if trouble := next(chunks):
            raise trouble
        return inner(rows)

    monkeypatch.setattr(BatchPage.objects, "bulk_create", dying)
    with pytest.raises(Killed):
        upload(author, ("pages.zip", zipped(pages(30, 0))))
    run()
    assert states() == ["read"] * 20
    assert "20 of 30 pages are here" in shown(author)


def test_the_page_of_an_upload_asks_no_more_for_many_pages(author):
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            shown(author)
        return len(captured)

    upload(author, *pages(2, 1))
    run()
    few = asked()
    upload(author, ("pages.zip", zipped(pages(60, 10))))
    run()
    assert asked() == few


def test_uploads_past_their_time_are_purged_with_their_pages(author):
    upload(author, ("old.html", html("Old")), wants_draft="on")
    run()
    ImportBatch.objects.update(created_at=timezone.now() - timedelta(days=91))
    upload(author, ("new.html", html("New")))
    call_command("run_job", "purge", verbosity=0)
    assert list(BatchPage.objects.values_list("name", flat=True)) == ["new.html"]
    assert ImportBatch.objects.count() == 1
    assert Article.objects.count() == 1
    assert ImportedPage.objects.count() == 1
