"""The nightly purge."""

from datetime import UTC, datetime, timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session

from content.models import ErrorReport
from listings.models import Attempt, Sheet
from listings.submissions.sheets import keeping
from tasks import upkeep
from tasks.models import JobRun
from tests.build import make_report, make_school
from tests.listings.submissions.sent import make_mailbox

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
OLD, YOUNG = NOW - timedelta(days=91), NOW - timedelta(days=89)


@pytest.fixture(autouse=True)
def own_media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def purge(renew=lambda: None):
    return upkeep.purge(renew, NOW)


def test_old_runs_go_and_open_ones_stay():
    for number, ended in enumerate((OLD, YOUNG)):
        JobRun.objects.create(job=f"job{number}", slot=ended, state="done", ended=ended)
    waiting = JobRun.objects.create(job="waiting", slot=OLD, asked=OLD)
    assert purge()["runs"] == 1
    assert set(JobRun.objects.values_list("job", flat=True)) == {"job1", waiting.job}


def test_sessions_go_when_they_have_ended():
    Session.objects.create(session_key="ended", session_data="", expire_date=NOW - timedelta(seconds=1))
    Session.objects.create(session_key="open", session_data="", expire_date=NOW + timedelta(seconds=1))
    assert purge()["sessions"] == 1
    assert Session.objects.get().session_key == "open"


@pytest.mark.parametrize("model", [AccessLog, AccessAttempt, AccessFailureLog])
def test_login_records_go_after_ninety_days(model):
    required = {"get_data": "", "post_data": "", "failures_since_start": 1} if model is AccessAttempt else {}
    for name, when in (("old", OLD), ("young", YOUNG)):
        model.objects.create(
            username=name, ip_address="127.0.0.1", user_agent="", http_accept="", path_info="", **required
        )
        model.objects.filter(username=name).update(attempt_time=when)
    purge()
    assert model.objects.get().username == "young"


def test_spreadsheets_that_nobody_touched_go_after_thirty_days():
    for days in (29, 31):
        school, mailbox = make_school(), make_mailbox(f"{days}@school.edu")
        keeping.store(
            mailbox, school, b"Program,Length\nCoding,soon\n", f"{days}.csv", at=NOW - timedelta(days=days)
        )
    counts = purge()
    assert (counts["sheet_lines"], counts["sheets"]) == (1, 1)
    assert Sheet.objects.get().name == "29.csv"


def test_what_networks_tried_is_forgotten_after_a_day():
    for hours in (23, 25):
        Attempt.objects.create(kind="key", network=f"{hours}", at=NOW - timedelta(hours=hours))
    assert purge()["attempts"] == 1
    assert Attempt.objects.get().network == "23"


def test_who_sent_a_report_is_forgotten_and_what_it_said_stays():
    sender = {"email": "a@example.org", "network": "code"}
    year = NOW - timedelta(days=366)
    answered = {"state": "not-an-error", "answer": "It is right."}
    make_report("Answered long ago", sent_at=OLD, answered_at=OLD, **answered, **sender)
    make_report("Answered lately", sent_at=year + timedelta(days=2), answered_at=YOUNG, **answered, **sender)
    make_report("Never answered", sent_at=year, **sender)
    make_report("Waiting", sent_at=OLD, **sender)
    assert purge()["senders_of_reports"] == 2
    assert purge()["senders_of_reports"] == 0
    known = ErrorReport.objects.exclude(email="").exclude(network="").order_by("text")
    assert list(known.values_list("text", flat=True)) == ["Answered lately", "Waiting"]
    assert ErrorReport.objects.count() == 4


def test_it_works_in_batches_and_holds_its_claim_before_each(monkeypatch):
    monkeypatch.setattr(upkeep, "BATCH", 10)
    JobRun.objects.bulk_create(
        JobRun(job="old", slot=OLD + timedelta(seconds=n), state="done", ended=OLD) for n in range(25)
    )
    renewed = []
    assert purge(lambda: renewed.append(1))["runs"] == 25
    assert len(renewed) == 3


def test_doing_it_again_finds_nothing():
    JobRun.objects.create(job="old", slot=OLD, state="done", ended=OLD)
    purge()
    assert set(purge().values()) == {0}
