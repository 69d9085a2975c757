"""F31: two editors decide on the same submission at the same moment; the first wins, the second is told."""

import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from listings.models import Claim, Letter, School, Statement, Submission, SubmissionEvent
from listings.submissions import claims
from tests.build import make_school
from tests.listings.submissions.at_once import at_once
from tests.listings.submissions.moderating import choices, page, reviewer, who
from tests.listings.submissions.sent import fields_of, make_claim, make_mailbox, make_submission
from tests.listings.submissions.test_moderate_a_submission import send_new

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


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


def test_one_decision_one_letter_one_line_of_history_one_school(tmp_path):
    make_school()
    sent = send_new("Capital Institute")
    editors = [reviewer(name) for name in ("ada", "bob", "eve", "kim")]
    accept = choices(sent, "name", "address", "months")
    refuse = choices(sent, name="No.", address="No.", months="No.")
    address, pk = page(sent), sent.pk
    with at_once(tmp_path) as run:
        answers = run(
            *(
                lambda client=client, sending=sending: client.post(address, sending)
                for client, sending in zip(editors, (accept, refuse, accept, refuse), strict=True)
            )
        )
        [facts] = run(lambda: told(pk))
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


def test_a_claim_is_decided_once_too(tmp_path):
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

    with at_once(tmp_path) as run:
        done = run(lambda: work(claims.grant, ""), lambda: work(claims.refuse, "No."))
        [letters] = run(lambda: Letter.objects.filter(event__startswith="claim:").count())
    assert (sum(done), letters) == (1, 1)
    assert fields_of(sent)["months"].state == "waiting"


def test_editors_who_accept_one_field_of_several_senders_at_once_all_succeed(tmp_path):
    school = make_school()
    sent = [
        make_submission(school, mailbox=make_mailbox(f"ann{months}@school.edu"), months=months)
        for months in range(6, 12)
    ]
    works = [(reviewer(f"editor{each.pk}"), page(each), choices(each, "months")) for each in sent]
    with at_once(tmp_path) as run:
        answers = run(*(lambda work=work: work[0].post(work[1], work[2]) for work in works))
        [facts] = run(
            lambda: (
                set(Submission.objects.values_list("state", flat=True)),
                Statement.objects.count(),
                Statement.objects.get(replaced_at=None).value
                == School.objects.get().listing_rows.get().months,
            )
        )
    assert [answer.status_code for answer in answers] == [302] * len(sent)
    assert facts == ({"done"}, len(sent), True)
