"""An editor accepts some fields and returns others; exactly the accepted ones reach readers."""

import pytest
from django.core.exceptions import ValidationError

from listings.models import Letter, ListingRow, School, Statement, Submission
from listings.submissions.deciding import DecidedMeanwhile, Decision, answer, decide, withdraw
from listings.submissions.sending import Entry
from tests.build import make_school
from tests.listings.submissions.sent import PROGRAM, fields_of, make_mailbox, make_moderator, make_submission

pytestmark = pytest.mark.django_db
State = Submission.State


def test_five_of_seven_change_exactly_five():
    school = make_school()
    sent = make_submission(school)
    rows = fields_of(sent)
    kept = {"covers", "prerequisites"}
    accept = frozenset(row.pk for name, row in rows.items() if name not in kept)
    decide(
        sent,
        Decision(sent.version, accept, {rows[name].pk: f"Which {name}?" for name in kept}),
        by=make_moderator(),
    )
    stated = Statement.objects.filter(school=school, replaced_at=None).values_list("field", flat=True)
    assert set(stated) == set(rows) - kept
    row = ListingRow.objects.get(program__cip="51.0713", school=school)
    assert (row.tuition, row.months, row.delivery) == (4500, 9, ListingRow.ONLINE)
    assert sent.state == State.RETURNED
    assert {name: each.reason for name, each in fields_of(sent).items() if each.state == "returned"} == {
        name: f"Which {name}?" for name in kept
    }
    letter = Letter.objects.get(event__contains=":decided:")
    assert "Which covers?" in letter.text


def test_who_decides_second_is_told_who_was_first():
    sent = make_submission(make_school())
    rows = fields_of(sent)
    first = Decision(sent.version, frozenset([rows["months"].pk]))
    second = Decision(sent.version, frozenset(), {rows["months"].pk: "Too long."})
    decide(sent, first, by=make_moderator("ada"))
    with pytest.raises(DecidedMeanwhile, match="ada changed this submission"):
        decide(sent, second, by=make_moderator("bob"))
    assert fields_of(sent)["months"].state == "accepted"
    assert Letter.objects.filter(event__contains=":decided:").count() == 1


def test_the_school_answers_and_withdraws():
    sent = make_submission(make_school(), months=9, covers=["books"])
    rows = fields_of(sent)
    decide(
        sent,
        Decision(sent.version, frozenset([rows["months"].pk]), {rows["covers"].pk: "Which books?"}),
        by=make_moderator(),
    )
    answer(sent, version=sent.version, answers={rows["covers"].pk: "All of them."})
    assert (sent.state, fields_of(sent)["covers"].answer) == (State.WAITING, "All of them.")
    assert withdraw(sent)
    assert sent.state == State.DONE
    assert {name: row.state for name, row in fields_of(sent).items()} == {
        "months": "accepted",
        "covers": "withdrawn",
    }
    assert not withdraw(sent)


def test_a_new_school_is_opened_by_its_name_and_address():
    make_school()
    address = {"street": "1 Main St", "city": "Columbus", "state": "OH", "zip": "43004"}
    given = (
        Entry("", "name", "Capital Coding Institute"),
        Entry("", "address", address),
        Entry(PROGRAM, "months", 6),
    )
    sent = make_submission(None, kind=Submission.Kind.NEW_SCHOOL, given=given)
    rows = fields_of(sent)
    with pytest.raises(ValidationError, match="accept its name and its address too"):
        decide(sent, Decision(sent.version, frozenset([rows["months"].pk])), by=make_moderator())
    decide(sent, Decision(sent.version, frozenset(row.pk for row in rows.values())), by=make_moderator("bob"))
    school = School.objects.get(name="Capital Coding Institute")
    assert (sent.school, school.unitid, school.state) == (school, None, "OH")
    assert ListingRow.objects.filter(school=school).count() == 1


def test_what_was_returned_and_is_sent_corrected_waits_for_no_answer():
    school = make_school()
    first = make_submission(school, months=90, covers=["books"])
    rows = fields_of(first)
    give_back = {rows["months"].pk: "Ninety?", rows["covers"].pk: "Which books?"}
    decide(first, Decision(first.version, frozenset(), give_back), by=make_moderator())
    second = make_submission(school, months=9)
    first.refresh_from_db()
    assert {name: row.state for name, row in fields_of(first).items()} == {
        "months": "withdrawn",
        "covers": "returned",
    }
    assert first.state == State.RETURNED
    assert first.events.last().what == f"Sent corrected as {second.reference}"
    make_submission(school, covers=["books", "supplies"])
    first.refresh_from_db()
    assert first.state == State.WITHDRAWN


def test_what_somebody_else_sends_leaves_a_return_to_its_sender():
    school = make_school()
    first = make_submission(school, months=90)
    give_back = {fields_of(first)["months"].pk: "Ninety?"}
    decide(first, Decision(first.version, frozenset(), give_back), by=make_moderator())
    make_submission(school, mailbox=make_mailbox("other@school.edu"), months=9)
    assert fields_of(first)["months"].state == "returned"
