"""Editors see what waits, the oldest first, with what was promised, and how fast they are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.lib.clock import database_now
from listings.attention import attention
from listings.models import Claim, Letter, Submission
from listings.submissions.deciding import Decision, decide
from listings.submissions.pace import pace
from listings.submissions.sending import Entry
from tests.build import make_school
from tests.listings.submissions.moderating import QUEUE, page, publisher, reviewer
from tests.listings.submissions.sent import (
    PROGRAM,
    fields_of,
    make_claim,
    make_mailbox,
    make_moderator,
    make_submission,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def waits(sent: Submission, days: float) -> Submission:
    """As if it had come so many days ago."""
    then = database_now() - days * DAY
    Submission.objects.filter(pk=sent.pk).update(queued_at=then, sent_at=then)
    sent.refresh_from_db()
    return sent


def listed(client, query: str = "") -> list[str]:
    return [sent.reference for sent in client.get(QUEUE + query).context["cl"].result_list]


def test_the_oldest_waits_first_and_the_late_one_is_marked():
    school = make_school()
    new, late, old = (make_submission(school, months=number) for number in (3, 6, 9))
    waits(late, 6)
    waits(old, 2)
    client = reviewer()
    assert listed(client) == [late.reference, old.reference, new.reference]
    html = client.get(QUEUE).content.decode()
    assert html.count("<strong>late, due") == 1
    assert "3 wait, 1 past the promised day." in html
    assert listed(client, "?standing=late") == [late.reference]


def test_what_is_decided_leaves_the_queue_and_is_found_under_its_state():
    school, by = make_school(), make_moderator("kim")
    done = make_submission(school, months=3)
    decide(done, Decision(done.version, frozenset(row.pk for row in done.fields.all())), by=by)
    returned = make_submission(school, months=6)
    decide(returned, Decision(returned.version, give_back={returned.fields.get().pk: "Why?"}), by=by)
    risky = make_submission(school, mailbox=make_mailbox("jo@mailinator.com"), months=9)
    client = reviewer()
    assert listed(client) == [risky.reference]
    assert listed(client, "?standing=done") == [done.reference]
    assert listed(client, "?standing=returned") == [returned.reference]
    assert listed(client, "?standing=risky") == [risky.reference]
    assert len(listed(client, "?standing=all")) == 3


def test_a_school_or_a_reference_is_found_and_an_address_by_those_who_may_see_it():
    sent = make_submission(make_school("Greenwood College"), mailbox=make_mailbox("jo@secret.org"), months=9)
    client = reviewer()
    assert listed(client, f"?q={sent.reference[:6].lower()}") == [sent.reference]
    assert listed(client, "?q=greenwood") == [sent.reference]
    assert listed(client, "?q=jo@secret.org") == []
    assert listed(publisher(), "?q=jo@secret.org") == [sent.reference]
    for address in (QUEUE, page(sent)):
        assert "jo@secret.org" not in client.get(address).content.decode()


def test_the_front_page_leads_to_exactly_what_waits():
    school = make_school()
    waits(make_submission(school, months=3), 9)
    free = make_submission(school, mailbox=make_mailbox("jo@gmail.com"), months=6)
    make_claim(free)
    Letter.objects.filter(submission=free).update(state="given-up")
    client = reviewer()
    counts = {row.address: row.count for row in attention() if row.count}
    assert counts.pop(QUEUE) == 2
    assert counts.pop(f"{QUEUE}?standing=late") == 1
    assert len(counts) == 2
    for address, count in counts.items():
        assert client.get(address).context["cl"].queryset.count() == count == 1, address


def test_the_pace_is_the_median_and_the_share_within_the_promised_time():
    school, by = make_school(), make_moderator("kim")
    for number, days in enumerate((1, 2, 4, 9), start=3):
        sent = waits(make_submission(school, months=number), days)
        decide(sent, Decision(sent.version, frozenset([sent.fields.get().pk])), by=by)
    open_one = make_submission(school, months=20)
    Submission.objects.filter(pk=open_one.pk).update(state="withdrawn", decided_at=database_now())
    told = pace()
    assert (told.decided, told.percent, told.waiting) == (4, 75, 0)
    assert told.median is not None
    assert abs(told.median - 3 * DAY) < timedelta(minutes=5)
    assert "half within 3.0 days, 75 % within the promised 5 days." in told.in_words()


def test_the_pace_of_nothing_is_said():
    assert pace().median is None
    assert pace().in_words() == (
        "0 wait, none past the promised day. Nothing was decided in the last 90 days."
    )


def grow(school, start: int, count: int) -> Submission:
    """So many submissions with claims, each of two fields, one of them of a program that we do not hold."""
    for number in range(start, start + count):
        mailbox = make_mailbox(f"jo{number}@gmail.com")
        given = (Entry(PROGRAM, "months", number), Entry("51.0714.21", "aid", ["federal"]))
        sent = make_submission(school, mailbox=mailbox, given=given)
        Claim.objects.create(mailbox=mailbox, school=school, basis="evidence", asked_at=database_now())
    return sent


def asked(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.once
def test_queue_and_claims_keep_their_number_of_queries():
    client, school = reviewer(), make_school()
    first = grow(school, 3, 2)
    addresses = (QUEUE, "/admin/listings/claim/", "/admin/listings/mailbox/", "/admin/listings/letter/")
    addresses += (page(first), f"/admin/listings/claim/{Claim.objects.first().pk}/change/")
    few = [asked(client, address) for address in addresses]
    grow(school, 10, 18)
    assert [asked(client, address) for address in addresses] == few
    assert max(few) <= 40


@pytest.mark.once
def test_a_submission_keeps_its_number_of_queries_however_many_fields_it_has():
    client, school = reviewer(), make_school()
    small = make_submission(school, months=9)
    programs = [f"51.07{number:02d}.{level}" for number in range(1, 20) for level in (20, 21, 2, 3)]
    given = tuple(
        Entry(key, field, value) for key in programs for field, value in (("months", 9), ("aid", ["none"]))
    )
    large = make_submission(school, given=given)
    assert asked(client, page(large)) <= asked(client, page(small)) + 1
    html = client.get(page(large)).content.decode()
    assert "Fields 1 to 100 of 152" in html
    assert len(fields_of(large)) == 2
    assert client.get(page(large) + "?page=2").content.decode().count("<textarea") == 52
