"""F31: two editors decide on the same submission at the same moment; the first wins, the second is told."""

import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from listings.models import Claim, Letter, School, Statement, Submission, SubmissionEvent
from listings.submissions import claims
from tests.at_once import at_once, shared_database  # noqa: F401
from tests.build import make_school
from tests.listings.submissions.moderating import choices, page, reviewer, who
from tests.listings.submissions.sent import fields_of, make_claim, make_mailbox, make_submission
from tests.listings.submissions.test_moderate_a_submission import send_new

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("shared_database"),
    pytest.mark.slow,
]


def told(pk: int) -> tuple[Any, ...]:
    """State, decided fields, letters, lines of history, lines of the admin's log, schools of that name."""
    sent = Submission.objects.get(pk=pk)
    return (
        sent.state,
        {row.state for row in sent.fields.all()},
        Letter.objects.filter(event__contains=":decided:").count(),
        SubmissionEvent.objects.filter(submission=sent, version__gt=2).count(),
        LogEntry.objects.count(),
        School.objects.filter(name="Capital Institute").count(),
        Statement.objects.filter(replaced_at=None).count(),
    )


def test_one_decision_one_letter_one_line_of_history_one_school():
    make_school()
    sent = send_new("Capital Institute")
    editors = [reviewer(name) for name in ("ada", "bob", "eve", "kim")]
    accept = choices(sent, "name", "address", "months")
    refuse = choices(sent, name="No.", address="No.", months="No.")
    address, pk = page(sent), sent.pk
    sendings = (accept, refuse, accept, refuse)
    answers = at_once(4, lambda number: editors[number].post(address, sendings[number]))
    facts = told(pk)
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 302]
    for answer in answers:
        if answer.status_code == 200:
            text = re.sub(r"\s+", " ", answer.content.decode())
            assert re.search(
                r"(ada|bob|eve|kim) changed this submission on .* UTC: (Accepted|Accepted 0)", text
            )
    won = facts[0] == Submission.State.DONE
    assert facts == (
        ("done", {"accepted"}, 1, 1, 1, 1, 3) if won else ("returned", {"returned"}, 1, 1, 1, 0, 0)
    )


def test_a_claim_is_decided_once_too():
    sent = make_submission(make_school(), mailbox=make_mailbox("jane@elsewhere.org"), months=9)
    asked = make_claim(sent)
    by = who(reviewer())
    now = timezone.now()

    def work(verb: Any, reason: str) -> bool:
        try:
            verb(Claim.objects.get(pk=asked.pk), by=by, reason=reason, at=now)
        except claims.ValidationError:
            return False
        return True

    verbs = ((claims.grant, ""), (claims.refuse, "No."))
    done = at_once(2, lambda number: work(*verbs[number]))
    assert (sum(done), Letter.objects.filter(event__startswith="claim:").count()) == (1, 1)
    assert fields_of(sent)["months"].state == "waiting"


def test_editors_who_accept_one_field_of_several_senders_at_once_all_succeed():
    school = make_school()
    sent = [
        make_submission(school, mailbox=make_mailbox(f"ann{months}@school.edu"), months=months)
        for months in range(6, 12)
    ]
    works = [(reviewer(f"editor{each.pk}"), page(each), choices(each, "months")) for each in sent]

    def accept(number: int) -> Any:
        editor, address, sending = works[number]
        return editor.post(address, sending)

    answers = at_once(len(works), accept)
    assert [answer.status_code for answer in answers] == [302] * len(sent)
    assert set(Submission.objects.values_list("state", flat=True)) == {"done"}
    assert Statement.objects.count() == len(sent)
    assert Statement.objects.get(replaced_at=None).value == school.listing_rows.get().months
