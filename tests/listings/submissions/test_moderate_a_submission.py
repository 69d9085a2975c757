"""An editor opens what a school sent, sees each field beside what stands, and decides field by field."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from listings.models import (
    Letter,
    ListingRow,
    School,
    Statement,
    StoredAnswer,
    Submission,
    SubmissionEvent,
    TuitionRow,
)
from listings.submissions.deciding import withdraw
from listings.submissions.sending import Entry
from tests.build import make_file, make_school, make_statement
from tests.listings.submissions.moderating import QUEUE, choices, page, reviewer
from tests.listings.submissions.sent import (
    PROGRAM,
    SEVEN,
    fields_of,
    make_mailbox,
    make_submission,
)

pytestmark = pytest.mark.django_db


def words(answer) -> str:
    """The text of a page without its markup, in single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_it_shows_what_was_sent_beside_what_stands_and_the_federal_value():
    school = make_school()
    file = make_file("tuition", "IC2023_PY")
    figures = {"cip": "51.0713", "year": 2023, "tuition": 12500, "since": 1, "size_rank": 1}
    TuitionRow.objects.create(school=school, file=file, **figures)
    make_statement(school.programs.get(), "tuition", {"amount": 4000, "year": 2025})
    sent = make_submission(school, tuition={"amount": 4500, "year": 2026}, months=9)
    answer = reviewer().get(page(sent))
    assert "<del>$4,000</del><ins>$4,500</ins> <del>(2025)</del><ins>(2026)</ins>" in answer.content.decode()
    said = words(answer)
    assert "Stands now $4,000 (2025) the school," in said
    assert "Federal $12,500 (2023-24) differs IPEDS IC2023_PY" in said
    assert "Sent 9 months Stands now Not stated" in said


def test_five_are_accepted_and_two_returned_by_one_button():
    school, client = make_school(), reviewer()
    sent = make_submission(school)
    kept = {"covers": "Which books?", "aid": "Which kind?"}
    accepted = set(SEVEN) - set(kept)
    answer = client.post(page(sent), choices(sent, *accepted, **kept))
    assert answer.status_code == 302
    stated = Statement.objects.filter(school=school, replaced_at=None)
    assert set(stated.values_list("field", flat=True)) == accepted
    assert {row.reason for row in fields_of(sent).values() if row.state == "returned"} == set(kept.values())
    row = ListingRow.objects.get(school=school)
    assert (row.tuition, row.months, row.delivery) == (4500, 9, ListingRow.ONLINE)
    assert Letter.objects.filter(event__contains=":decided:").count() == 1
    assert LogEntry.objects.get().get_change_message() == "Accepted 5, returned 2"
    sent.refresh_from_db()
    assert sent.state == Submission.State.RETURNED


def test_some_are_left_and_decided_later():
    sent, client = make_submission(make_school()), reviewer()
    client.post(page(sent), choices(sent, "months"))
    sent.refresh_from_db()
    assert sent.state == Submission.State.WAITING
    assert client.post(page(sent), {"version": sent.version, "do": "accept-all"}).status_code == 302
    sent.refresh_from_db()
    assert sent.state == Submission.State.DONE
    assert {row.state for row in fields_of(sent).values()} == {"accepted"}


def test_the_second_of_two_sees_who_was_first_and_keeps_what_was_typed():
    sent = make_submission(make_school(), months=9, covers=["books"])
    seen = sent.version
    reviewer("ada").post(page(sent), choices(sent, "months"))
    mine = choices(sent, version=seen, months="Far too long.", covers="Which books, please?")
    answer = reviewer("bob").post(page(sent), mine)
    said = words(answer)
    assert "ada changed this submission" in said
    assert "Accepted 1, returned 0" in said
    assert "you chose to return with “Far too long.”; it is accepted" in said
    assert "Which books, please?</textarea>" in answer.content.decode()
    assert fields_of(sent)["months"].state == "accepted"
    sent.refresh_from_db()
    again = choices(sent, covers="Which books, please?")
    assert f'name="version" value="{sent.version}"' in answer.content.decode()
    reviewer("eve").post(page(sent), again)
    assert fields_of(sent)["covers"].reason == "Which books, please?"


def test_a_withdrawn_one_is_not_decided_any_more():
    sent = make_submission(make_school(), months=9)
    seen = sent.version
    withdraw(sent)
    answer = reviewer().post(page(sent), choices(sent, "months", version=seen))
    assert "The school changed this submission" in words(answer)
    assert not Statement.objects.exists()


def test_a_stored_answer_is_put_in_and_changed():
    StoredAnswer.objects.create(title="Which one", text="Please name which one.")
    sent, client = make_submission(make_school(), months=9), reviewer()
    row, stored = fields_of(sent)["months"], StoredAnswer.objects.get(title="Which one")
    filled = client.post(
        page(sent), choices(sent) | {"do": f"fill-{row.pk}", f"stored-{row.pk}": str(stored.pk)}
    )
    html = filled.content.decode()
    assert "Please name which one.</textarea>" in html
    assert f'name="do-{row.pk}" value="return" checked' in " ".join(html.split())
    assert fields_of(sent)["months"].state == "waiting"
    client.post(page(sent), choices(sent, months="Please name which one, by its code."))
    assert fields_of(sent)["months"].reason == "Please name which one, by its code."


def test_a_chosen_stored_answer_counts_where_nothing_was_written():
    sent, client = make_submission(make_school(), months=9), reviewer()
    row, stored = fields_of(sent)["months"], StoredAnswer.objects.create(title="Why", text="Tell us why.")
    client.post(page(sent), choices(sent) | {f"do-{row.pk}": "return", f"stored-{row.pk}": str(stored.pk)})
    assert fields_of(sent)["months"].reason == "Tell us why."


@pytest.mark.parametrize(
    ("sending", "said"),
    [
        ({}, "Choose at least one field"),
        ({"version": "x"}, "was not whole"),
        ({"version": "9" * 30}, "was not whole"),
        ({"do-{months}": "return", "why-{months}": " "}, "Write why"),
        ({"do-{months}": "return", "why-{months}": "x" * 501}, "over 500"),
    ],
)
def test_what_cannot_be_decided_is_said_and_nothing_is_lost(sending, said):
    sent = make_submission(make_school(), months=9, covers=["books"])
    rows = fields_of(sent)
    named = {key.format(months=rows["months"].pk): value for key, value in sending.items()}
    typed = {f"do-{rows['covers'].pk}": "leave", f"why-{rows['covers'].pk}": "Half a sent"}
    answer = reviewer().post(page(sent), {"version": sent.version, **typed, **named})
    assert answer.status_code == 200
    assert said in words(answer)
    assert ("#why-" in answer.content.decode()) is (said == "Write why")
    assert "Half a sent</textarea>" in answer.content.decode()
    assert {row.state for row in fields_of(sent).values()} == {"waiting"}


def test_a_zero_byte_in_a_reason_is_left_out():
    sent = make_submission(make_school(), months=9)
    assert reviewer().post(page(sent), choices(sent, months="It is\0 ten.")).status_code == 302
    assert fields_of(sent)["months"].reason == "It is ten."


def test_a25_more_than_the_page_asks_for_changes_nothing():
    school, other = make_school(), make_school("Other College")
    sent = make_submission(school, months=9)
    forged = {
        "state": "done",
        "status": "approved",
        "is_trusted": "1",
        "risk": "0",
        "id": "1",
        "verified": "1",
    }
    forged |= {"school": str(other.pk), "school_id": str(other.pk), "mailbox": "1", "moderator": "1"}
    reviewer().post(page(sent), choices(sent) | forged)
    before = (sent.state, sent.is_trusted, sent.school_id, sent.version)
    sent.refresh_from_db()
    assert (sent.state, sent.is_trusted, sent.school_id, sent.version) == before


def test_a26_fields_of_another_submission_are_not_touched():
    mine = make_submission(make_school(), months=9)
    theirs = make_submission(make_school("Other College"), months=12)
    field = fields_of(theirs)["months"]
    reviewer().post(page(mine), choices(mine, "months") | {f"do-{field.pk}": "accept"})
    assert fields_of(theirs)["months"].state == "waiting"
    assert fields_of(mine)["months"].state == "accepted"


def test_a26_what_is_not_there_or_not_sent_is_a_404():
    unconfirmed = make_submission(make_school(), is_proven=False, months=9)
    draft = Submission.objects.create(mailbox=make_mailbox(), kind="update", draft={"months": "9"})
    taken_back = make_submission(make_school("Other College"), is_proven=False, months=9)
    withdraw(taken_back)
    client = reviewer()
    for address in (
        page(unconfirmed),
        page(draft),
        page(taken_back),
        QUEUE + "999/change/",
        QUEUE + "9" * 40 + "/change/",
    ):
        assert client.get(address).status_code == 404, address
    assert "months" not in words(client.get(QUEUE + "?standing=all"))


def test_a40_nothing_is_decided_by_a_get_or_from_elsewhere():
    sent = make_submission(make_school(), months=9)
    opened = reviewer()
    opened.get(page(sent), {"do": "accept-all", "version": str(sent.version)})
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = opened.cookies
    everything = {"do": "accept-all", "version": str(sent.version)}
    assert strict.post(page(sent), everything, headers={"origin": "https://evil.example"}).status_code == 403
    assert strict.post(page(sent), everything, content_type="text/plain").status_code == 403
    assert fields_of(sent)["months"].state == "waiting"


def test_markup_in_what_was_sent_is_shown_and_never_run():
    evil = "<script>alert(1)</script> a school diploma"
    sent = make_submission(make_school(), prerequisites=evil)
    Submission.objects.filter(pk=sent.pk).update(note=evil, risk_reasons=[evil], risk=50)
    client = reviewer()
    for address in (page(sent), QUEUE):
        html = client.get(address).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html


ADDRESS = {"street": "1 Main St", "city": "Columbus", "state": "OH", "zip": "43004"}


def send_new(name: str = "Greenwood College") -> Submission:
    given = (Entry("", "name", name), Entry("", "address", ADDRESS), Entry(PROGRAM, "months", 6))
    return make_submission(None, kind=Submission.Kind.NEW_SCHOOL, given=given)


def test_a_new_school_that_we_hold_is_joined_with_it():
    school, client = make_school("Greenwood College", city="Columbus"), reviewer()
    sent = send_new()
    assert "Is it a school that we hold?" in words(client.get(page(sent)))
    first = client.post(page(sent), {"version": sent.version, "do": "accept-all"})
    assert "none of the schools that we hold" in words(first)
    joined = {"version": sent.version, "do": "attach", "school": f"http://x/schools/{school.slug}/"}
    client.post(page(sent), joined)
    sent.refresh_from_db()
    assert (sent.school, sent.state) == (school, Submission.State.WAITING)
    assert SubmissionEvent.objects.filter(submission=sent, what__startswith="It is Greenwood").count() == 1
    client.post(page(sent), choices(sent, "months"))
    assert School.objects.count() == 1
    assert Statement.objects.get().program.school == school


def test_a35_a_look_alike_name_is_held_until_an_editor_says_that_it_is_another_one():
    make_school("St. Mary Academy", city="Columbus")
    sent = send_new("Saint Mary \u0410cademy")
    client = reviewer()
    assert "it has this name and is in this town" in words(client.get(page(sent)))
    client.post(page(sent), {"version": sent.version, "do": "accept-all"})
    sent.refresh_from_db()
    assert (sent.school, sent.state) == (None, Submission.State.WAITING)


def test_a_new_school_is_opened_where_it_is_none_of_them():
    make_school("Greenwood College", city="Columbus")
    sent = send_new()
    reviewer().post(page(sent), {"version": sent.version, "do": "accept-all", "is-new": "on"})
    sent.refresh_from_db()
    assert sent.school is not None
    assert sent.school.unitid is None
    assert School.objects.filter(name="Greenwood College").count() == 2


@pytest.mark.parametrize("address", ["", "nowhere", "../../etc/passwd", "Грин", "a\0b", "x" * 300])
def test_what_is_no_school_joins_nothing(address):
    sent = send_new()
    answer = reviewer().post(page(sent), {"version": sent.version, "do": "attach", "school": address})
    assert "No school has that address" in words(answer)
    sent.refresh_from_db()
    assert sent.school is None
