"""The page of one submission: what stands where, answers, withdrawal, colleagues."""

import pytest

from listings.models import Submission
from listings.submissions import claims
from listings.submissions.deciding import Decision, decide
from tests.build import make_school
from tests.listings.submissions.sent import fields_of, make_mailbox, make_moderator, make_submission
from tests.listings.submissions.visiting import MY, visitor
from tests.reading import Page

pytestmark = pytest.mark.django_db
State = Submission.State


@pytest.fixture
def school():
    return make_school("Alpha School")


@pytest.fixture
def sent(school):
    """Months accepted; covers and aid returned."""
    made = make_submission(school, months=9, covers=["books"], aid=["federal"])
    rows = fields_of(made)
    back = {rows["covers"].pk: "Which books?", rows["aid"].pk: "Since when?"}
    decide(made, Decision(made.version, frozenset([rows["months"].pk]), back), by=make_moderator("ada"))
    return made


def page_of(sent):
    return f"{MY}sent/{sent.reference}/"


def test_each_field_says_what_was_sent_what_stands_and_why(sent):
    page = Page(visitor(sent.mailbox), page_of(sent))
    fields = page.texts(".sent-field")
    assert fields[0].startswith("Length You sent 9 months Stands now 9 months Accepted")
    assert "You sent Books Stands now Not stated Returned with a reason : Which books?" in fields[1]
    assert page.text("h1") == "An update of Alpha School"
    assert "Waits for your answer." in page.text(".notice")
    assert "Accepted 1, returned 2" in page.text(".history")
    assert "ada" not in page.text()
    assert "/schools/alpha-school-1/correct/?field=aid&program=51.0713.21" in page.links()


def test_an_answer_puts_it_back_before_the_editors(sent):
    rows, browser = fields_of(sent), visitor(sent.mailbox)
    page = Page(browser, page_of(sent))
    typed = {"do": "answer", "version": page.attribute("input[name=version]", "value")}
    assert browser.post(page_of(sent), typed | {f"answer-{rows['aid'].pk}": "Since May."}).status_code == 302
    sent.refresh_from_db()
    assert {name: row.state for name, row in fields_of(sent).items()} == {
        "months": "accepted",
        "covers": "returned",
        "aid": "waiting",
    }
    assert (sent.state, fields_of(sent)["aid"].answer) == (State.WAITING, "Since May.")
    again = Page(browser, page_of(sent))
    assert "Your answer: Since May." in again.text()
    assert again.texts("textarea") == [""]


@pytest.mark.parametrize("wrong", ["", "   ", "x" * 1001, "a\x00b", "\u200b\u202e"])
def test_a_wrong_answer_is_kept_and_said(sent, wrong):
    rows, browser = fields_of(sent), visitor(sent.mailbox)
    typed = {"do": "answer", "version": sent.version, f"answer-{rows['aid'].pk}": wrong}
    typed[f"answer-{rows['covers'].pk}"] = "All." if wrong.strip() else ""
    page = Page.of(browser.post(page_of(sent), typed), status=400)
    assert "Nothing is sent yet." in page.text()
    assert ("All." in page.texts("textarea")) == bool(wrong.strip())
    assert {row.state for row in fields_of(sent).values()} == {"accepted", "returned"}


def test_who_answers_what_was_decided_meanwhile_keeps_the_text(sent):
    rows, browser = fields_of(sent), visitor(sent.mailbox)
    typed = {"do": "answer", "version": sent.version}
    typed |= {f"answer-{rows['aid'].pk}": "Since May.", f"answer-{rows['covers'].pk}": "All."}
    assert browser.post(page_of(sent), {"do": "answer", **typed}).status_code == 302
    sent.refresh_from_db()
    decide(sent, Decision(sent.version, frozenset([rows["aid"].pk])), by=make_moderator("bob"))
    page = Page.of(browser.post(page_of(sent), typed), status=400)
    assert "An editor changed this submission" in page.text()
    assert "bob" not in page.text()
    assert page.texts("textarea") == ["All.", "Since May."]
    assert page.attribute("input[name=version]", "value") == str(sent.version)


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "9" * 30])
def test_a_forged_version_is_refused(sent, version):
    rows, browser = fields_of(sent), visitor(sent.mailbox)
    typed = {"do": "answer", "version": version, f"answer-{rows['aid'].pk}": "Since May."}
    assert browser.post(page_of(sent), typed).status_code == 400
    assert fields_of(sent)["aid"].state == "returned"


def test_what_is_not_decided_is_withdrawn_and_a_second_time_changes_nothing(sent):
    browser = visitor(sent.mailbox)
    for _ in range(2):
        assert browser.post(page_of(sent), {"do": "withdraw"}).status_code == 302
    sent.refresh_from_db()
    assert sent.state == State.DONE
    assert sent.events.filter(what="Withdrawn by the school").count() == 1
    page = Page(browser, page_of(sent))
    assert page.texts("textarea") == []
    assert "Withdraw it" not in page.text()


def test_what_somebody_typed_with_ones_address_waits_for_ones_word(school):
    mailbox = make_mailbox()
    sent = make_submission(school, mailbox=mailbox, is_proven=False)
    browser = visitor(mailbox)
    assert "Waits for you to confirm it." in Page(browser, MY).text()
    assert browser.post(page_of(sent), {"do": "confirm"}).status_code == 302
    sent.refresh_from_db()
    assert sent.state == State.WAITING


def test_colleagues_see_what_was_sent_and_not_who_sent_it(school):
    ann, bob = make_mailbox("ann@alpha.edu"), make_mailbox("bob@alpha.edu")
    type(ann).objects.filter(pk=ann.pk).update(person="Ann Lee")
    sent = make_submission(school, mailbox=ann, months=9)
    Submission.objects.filter(pk=sent.pk).update(note="Call me at 614-555-0123")
    unconfirmed = make_submission(school, mailbox=ann, is_proven=False, months=7)
    browser = visitor(bob)
    assert browser.get(page_of(sent)).status_code == 404
    asked = claims.claim(school, mailbox=bob, note="I work there.")
    assert browser.get(page_of(sent)).status_code == 404
    claims.grant(asked, by=make_moderator())
    page = Page(browser, page_of(sent))
    assert "by a colleague" in page.text()
    listed = Page(browser, MY)
    assert sent.reference in listed.text()
    for html in (page.html, listed.html):
        for secret in ("ann@", "Ann Lee", "614-555", unconfirmed.reference):
            assert secret not in html
    assert browser.get(page_of(unconfirmed)).status_code == 404
    for do in ("withdraw", "answer", "confirm"):
        assert browser.post(page_of(sent), {"do": do, "version": "2"}).status_code == 404
    claims.revoke(asked, by=make_moderator("eve"), reason="He left.")
    assert browser.get(page_of(sent)).status_code == 404
