"""Walks the clock day by day: the purge takes each personal field on its day, not earlier and not later."""

from datetime import timedelta

import pytest
from django.apps import apps

from content.lib.clock import database_now
from listings.models import Submission
from listings.submissions import drafts, privacy
from listings.submissions.register import REGISTER
from tests.directory.privacy.canaries import DAY, PLANTED, Garden
from tests.listings.submissions.sent import make_mailbox
from tests.proof import PROOF

pytestmark = pytest.mark.django_db

# Days after which the register says that it is gone; what is not here goes with its row.
DAYS = {
    "attempts": 1,
    "sessions": 14,
    "unconfirmed": 30,
    "networks": 30,
    "sheets": 30,
    "sheet_lines": 30,
    "unsaved_texts": 30,
    "mail_keys": 31,  # the link ended after a day
    "drafts": 90,
    "evidence": 90,
    "logins": 90,
    "failed_logins": 90,
    "lockouts": 90,
    "notes": 365,
    "answers": 365,
    "unpublished": 365,
    "senders_of_reports": 365,
    "letters": 400,
    "mailboxes": 730,
    "looks": 730,
}
# Every day for two years, or the days on which something goes and those beside.
WALKED = range(800) if PROOF else sorted({max(0, day + n) for day in DAYS.values() for n in (-1, 0, 1)})


@pytest.fixture
def garden(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    return Garden()


def test_a_day_is_known_for_whatever_is_forgotten_by_time():
    assert set(DAYS) == {kept.name for kept in REGISTER if kept.over}


def test_each_goes_on_its_day(garden, django_capture_on_commit_callbacks):
    assert garden.found() == set(garden.words)
    gone = {}
    before = garden.found()
    for day in WALKED:
        with django_capture_on_commit_callbacks(execute=True):
            counts = privacy.purge(lambda: None, PLANTED + day * DAY + timedelta(hours=1))
        if not any(counts.values()):
            continue
        for name, field in before - (after := garden.found()):
            # The reason of a decision on a claim goes with the person.
            if (name, field) != ("evidence", "reason"):
                gone.setdefault(name, set()).add(day)
        before = after
    expected = {name: {day} for name, day in DAYS.items() if name != "unconfirmed"}
    assert gone == expected
    lasting = {kept.name for kept in REGISTER if not kept.over}
    assert {name for name, _ in garden.found()} == lasting & {name for name, _ in garden.words}


def test_what_nobody_confirmed_goes_whole_after_thirty_days(garden):
    def is_there(day):
        privacy.purge(lambda: None, PLANTED + day * DAY + timedelta(hours=1))
        return Submission.objects.filter(pk=garden.unconfirmed.pk).exists()

    assert [is_there(day) for day in (0, 29, 30)] == [True, True, False]


def test_a_second_run_finds_nothing(garden):
    late = PLANTED + 800 * DAY
    assert any(privacy.purge(lambda: None, late).values())
    assert not any(privacy.purge(lambda: None, late).values())


def test_every_field_of_the_register_has_its_word(garden):
    told = {
        (kept.name, field)
        for kept in REGISTER
        for field in kept.fields
        if not (column := apps.get_model(kept.model)._meta.get_field(field)).is_relation
        and not column.choices
    }
    assert told - set(garden.words) == {("evidence", "letter")}  # a random name; the file itself has a word


def test_a_draft_that_is_saved_while_old_ones_are_chosen_stays():
    late, kind = database_now() + timedelta(days=91), Submission.Kind.NEW_SCHOOL
    draft = drafts.save({"s-name": ["A"]}, mailbox=make_mailbox(), kind=kind, school=None)

    def meanwhile() -> None:
        drafts.save(
            {"s-name": ["B"]}, mailbox=draft.mailbox, kind=kind, school=None, draft=draft, version=1, at=late
        )

    assert privacy.purge(meanwhile, at=late)["drafts"] == 0
    assert Submission.objects.get().draft == {"s-name": ["B"]}
