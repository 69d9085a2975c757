"""Pictures that nothing names go after a day; what is stated, waits or stands in a draft stays."""

import os
from datetime import timedelta

import pytest

from content.lib.clock import database_now
from listings.models import Submission
from listings.statements import state, withdraw
from listings.stating import typed
from listings.submissions import deciding, drafts
from listings.submissions.sending import Entry
from tasks import upkeep
from tests.build import make_school
from tests.listings.logos import make_logo, stored
from tests.listings.submissions.sent import make_mailbox, make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def mark(value):
    return f"{typed.write('logo', value)}.webp"


def sweep(days=2):
    """The nightly job, so many days from now."""
    return upkeep.purge(lambda: None, database_now() + timedelta(days=days))["logo_files"]


def send(school, value):
    return make_submission(school, given=(Entry("", "logo", value),))


def decide(sent, *, accept):
    pk = sent.fields.get().pk
    given = {"accept": frozenset({pk})} if accept else {"give_back": {pk: "It is blurred."}}
    deciding.decide(sent, deciding.Decision(sent.version, **given), by=None)


def test_a_picture_that_was_never_sent_goes_after_a_day():
    make_logo()
    assert sweep(days=0) == 0
    assert sweep() == 1
    assert (stored(), sweep()) == ([], 0)


def test_nothing_was_ever_uploaded():
    assert sweep() == 0


def test_what_waits_is_returned_or_accepted_stays_and_what_is_withdrawn_goes():
    values = [make_logo(colour=colour) for colour in ("red", "green", "blue", "navy")]
    waits, returned, accepted, withdrawn = (send(make_school(), value) for value in values)
    decide(returned, accept=False)
    decide(accepted, accept=True)
    deciding.withdraw(withdrawn)
    assert sweep() == 1
    assert stored() == sorted(map(mark, values[:3]))
    assert waits.state == "waiting"


def test_what_is_replaced_or_taken_back_goes_and_what_has_lapsed_stays():
    schools = [make_school() for _ in range(3)]
    values = [make_logo(colour=colour) for colour in ("red", "green", "blue", "navy")]
    made = [
        state(school=school, program=None, field="logo", value=value, by="school")
        for school, value in zip(schools, values, strict=False)
    ]
    state(school=schools[0], program=None, field="logo", value=values[3], by="school")
    withdraw(made[1])
    assert sweep(days=500) == 2
    assert stored() == sorted(map(mark, values[2:]))


def test_what_stands_in_a_draft_stays_as_long_as_the_draft():
    value = make_logo()
    said = {"s-logo": [typed.write("logo", value)], "s-phone": [""]}
    kind = Submission.Kind.UPDATE
    drafts.save(said, mailbox=make_mailbox(), kind=kind, school=make_school())
    assert sweep() == 0
    assert stored() == [mark(value)]
    assert sweep(days=100) + sweep(days=100) == 1
    assert stored() == []


def test_a_file_that_was_half_written_goes(settings):
    value = make_logo()
    draft = settings.MEDIA_ROOT / "logos" / "0123.draft"
    draft.write_bytes(b"half")
    os.utime(draft, (0, 0))
    assert sweep(days=0) == 1
    assert stored() == [mark(value)]
