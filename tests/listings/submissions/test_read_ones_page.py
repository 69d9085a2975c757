"""The private page: where everything stands, for its owner and nobody else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from listings.models import (
    Attempt,
    Claim,
    Letter,
    Mailbox,
    MailKey,
    Submission,
    SubmissionEvent,
    SubmittedField,
)
from listings.submissions import claims, drafts, letters
from listings.submissions.deciding import Decision, decide
from listings.submissions.sending import subject_of
from tests.build import make_school
from tests.listings.submissions.sent import fields_of, make_mailbox, make_moderator, make_submission
from tests.listings.submissions.visiting import LINK, MY, visitor
from tests.reading import Page

pytestmark = pytest.mark.django_db


def decided(school, mailbox):
    """Five fields accepted, two returned with reasons."""
    sent = make_submission(school, mailbox=mailbox)
    rows = fields_of(sent)
    back = {rows[name].pk: f"Which {name}?" for name in ("covers", "aid")}
    accept = frozenset(row.pk for row in rows.values()) - set(back)
    return decide(sent, Decision(sent.version, accept, back), by=make_moderator())


def test_it_says_where_everything_stands():
    school, mailbox = make_school("Alpha School"), make_mailbox()
    waiting = make_submission(school, mailbox=mailbox, months=9)
    decided(make_school("Beta School"), mailbox)
    drafts.save({"months": "1"}, mailbox=mailbox, kind=Submission.Kind.UPDATE, school=school)
    claims.claim(school, mailbox=mailbox, note="I am the registrar.")
    page = Page(visitor(mailbox), MY)
    text = page.text()
    promised = timezone.localtime(waiting.promised_at)
    assert f"Waits for an editor, who decides by {promised:%-d %B %Y}" in text
    assert "1 waiting" in text
    assert "Waits for your answer." in text
    assert "5 accepted · 2 returned" in text
    program = "Medical Insurance Coding Specialist/Coder, certificate of 12 weeks to 1 year"
    assert f"What the tuition covers ({program}): Which covers?" in text
    assert "Programs of a school: Alpha School" in page.text("section[aria-labelledby=drafts]")
    assert "An editor looks at what you sent on" in page.text("section[aria-labelledby=schools]")
    assert f"{MY}sent/{waiting.reference}/" in page.links()


def test_every_mail_is_there_and_opens_nothing():
    mailbox = make_mailbox()
    for _ in range(3):
        letters.ask_for_link(mailbox)
    make_submission(make_school(), mailbox=mailbox)
    browser = visitor(mailbox)
    assert "We have an update of Greenwood College" in Page(browser, MY).text(
        "section[aria-labelledby=mails]"
    )
    page = Page(browser, f"{MY}letters/")
    assert len(page.texts("details.panel")) == Letter.objects.filter(mailbox=mailbox).count() == 4
    assert "The link stands in the mail alone." in page.text()


def test_mails_and_submissions_stand_in_numbered_pages():
    mailbox, school = make_mailbox(), make_school()
    for number in range(21):
        letters.write(mailbox, f"test:{number}", subject=f"Letter {number}", text="Text")
        Submission.objects.create(mailbox=mailbox, school=school, kind="update", state="withdrawn")
    browser = visitor(mailbox)
    for path in (MY, f"{MY}letters/"):
        assert any("page=2" in link for link in Page(browser, path).links())
        Page(browser, f"{path}?page=2")
        Page(browser, f"{path}?page=3", status=404)


def test_a26_nobody_sees_anothers_page():
    mine, other = make_mailbox("ann@alpha.edu"), make_mailbox("bob@beta.edu")
    school = make_school()
    sent = make_submission(school, mailbox=mine)
    draft = drafts.save({"months": "1"}, mailbox=mine, kind=Submission.Kind.UPDATE, school=school)
    stranger = visitor(other)
    for reference in (sent.reference, draft.reference, "SB-22222222", "1", "ä", "%00", "x" * 300):
        for do in ("confirm", "withdraw", "answer", ""):
            assert stranger.post(f"{MY}sent/{reference}/", {"do": do, "version": "1"}).status_code == 404
        assert stranger.get(f"{MY}sent/{reference}/").status_code == 404
        assert stranger.get(f"{MY}draft/{reference}/").status_code == 404
        assert stranger.post(f"{MY}drop/{reference}/").status_code in {302, 404}
    sent.refresh_from_db()
    assert sent.state == Submission.State.WAITING
    assert Submission.objects.filter(pk=draft.pk).exists()
    page = Page(stranger, MY)
    assert sent.reference not in page.html
    assert "ann@" not in page.html


def test_what_is_closed_leads_to_the_link_and_keeps_what_was_typed():
    mailbox = make_mailbox()
    sent = make_submission(make_school(), mailbox=mailbox)
    closed = Client()
    for path in ("", "letters/", "person/", "data/", f"sent/{sent.reference}/", "sent/SB-22222222/"):
        answer = closed.get(f"{MY}{path}")
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, LINK)
    page = Page.of(closed.post(f"{MY}sent/{sent.reference}/", {"answer-1": "A long <answer>"}), status=403)
    assert "A long <answer>" in page.text(".typed")
    sent.refresh_from_db()
    assert sent.state == Submission.State.WAITING


def test_a_page_closes_after_twelve_hours_and_by_its_button(monkeypatch):
    mailbox = make_mailbox()
    browser = visitor(mailbox)
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=11, minutes=59))
    assert browser.get(MY).status_code == 200
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=12, minutes=1))
    assert browser.get(MY).status_code == 302
    monkeypatch.undo()
    browser = visitor(mailbox)
    assert browser.get(f"{MY}leave/").status_code == 405
    assert browser.post(f"{MY}leave/")["Location"] == "/for-schools/"
    assert browser.get(MY).status_code == 302


def test_a_draft_is_deleted_by_its_button():
    mailbox = make_mailbox()
    draft = drafts.save({}, mailbox=mailbox, kind=Submission.Kind.UPDATE, school=make_school())
    browser = visitor(mailbox)
    assert browser.get(f"{MY}drop/{draft.reference}/").status_code == 405
    for _ in range(2):
        assert browser.post(f"{MY}drop/{draft.reference}/")["Location"] == MY
    assert not Submission.objects.exists()


def test_name_and_position_are_kept_for_the_editors(client):
    mailbox = make_mailbox()
    browser = visitor(mailbox)
    typed = {"person": "Ann\u202e  Lee", "position": "Registrar"}
    assert browser.post(f"{MY}person/", typed)["Location"] == MY
    mailbox.refresh_from_db()
    assert (mailbox.person, mailbox.position) == ("Ann Lee", "Registrar")
    assert "Ann Lee, Registrar" in Page(browser, MY).text("main header")
    page = Page.of(browser.post(f"{MY}person/", {"person": "x" * 101, "position": "Dean"}), status=400)
    assert page.attribute("input[name=position]", "value") == "Dean"
    assert page.attribute('.notice a[href="#id_person"]', "href")
    for wrong in ("a\x00b", "x" * 5000):
        assert browser.post(f"{MY}person/", {"person": wrong}).status_code == 400
    mailbox.refresh_from_db()
    assert mailbox.person == "Ann Lee"


def test_a25_extra_fields_change_nothing():
    mailbox = make_mailbox()
    sent = make_submission(make_school(), mailbox=mailbox)
    browser = visitor(mailbox)
    extra = {"state": "done", "is_trusted": "1", "verified": "true", "id": "1", "moderator": "1"}
    extra |= {"address": "evil@evil.example", "canonical": "x", "risk": "0", "school": "99", "mailbox": "2"}

    def rows():
        of_mailbox = Mailbox.objects.values("address", "canonical", "proven_at")
        return list(Submission.objects.values()), list(of_mailbox)

    before = rows()
    browser.post(f"{MY}person/", extra | {"person": "Ann"})
    browser.post(f"{MY}sent/{sent.reference}/", extra)
    assert rows() == before
    assert Mailbox.objects.get().person == "Ann"


def test_a40_nothing_moves_from_elsewhere():
    mailbox = make_mailbox()
    sent = make_submission(make_school(), mailbox=mailbox)
    browser = visitor(mailbox)
    browser.handler.enforce_csrf_checks = True
    posts = {
        f"{MY}sent/{sent.reference}/": {"do": "withdraw"},
        f"{MY}person/": {"person": "Eve"},
        f"{MY}leave/": {},
        f"{MY}data/": {"do": "erase", "sure": "on"},
        f"{MY}claim/{sent.school.slug}/": {"note": "Eve"},
    }
    browser.get(MY)
    token = browser.cookies["csrftoken"].value
    for path, typed in posts.items():
        assert browser.post(path, typed).status_code == 403, path
        for origin in ("https://evil.example", "null"):
            answer = browser.post(path, typed | {"csrfmiddlewaretoken": token}, HTTP_ORIGIN=origin)
            assert answer.status_code == 403, path
        assert browser.post(path, '{"do": "erase"}', content_type="text/plain").status_code == 403
    sent.refresh_from_db()
    assert sent.state == Submission.State.WAITING
    assert Mailbox.objects.get().person == ""
    assert browser.get(MY).status_code == 200


def test_a40_looking_changes_nothing():
    mailbox, school = make_mailbox(), make_school()
    sent = decided(school, mailbox)
    draft = drafts.save({"months": "1"}, mailbox=mailbox, kind=Submission.Kind.UPDATE, school=school)
    claims.claim(school, mailbox=mailbox, note="Me.")
    browser = visitor(mailbox)

    def rows():
        models = (Mailbox, Submission, SubmittedField, SubmissionEvent, Claim, Letter, MailKey, Attempt)
        return [list(model.objects.order_by("pk").values()) for model in models]

    before = rows()
    own = ("", "letters/", "person/", "data/", f"sent/{sent.reference}/", f"draft/{draft.reference}/")
    for path in (
        *own,
        f"claim/{school.slug}/",
        f"sent/{sent.reference}/?do=withdraw",
        "data/?do=erase&sure=on",
    ):
        for method in (browser.get, browser.head):
            assert method(f"{MY}{path}").status_code == 200, path
    for path in ("leave/", f"drop/{draft.reference}/"):
        assert browser.get(f"{MY}{path}").status_code == 405
    assert rows() == before
    assert browser.get(MY).status_code == 200


def test_its_queries_stay_when_rows_grow_tenfold():
    mailbox = make_mailbox()
    browser = visitor(mailbox)

    def asked(path):
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path).status_code == 200
        return len(queries)

    def grow(numbers):
        for number in numbers:
            school = make_school(f"School {number}")
            sent = decided_once(school, mailbox)
            drafts.save({}, mailbox=mailbox, kind=Submission.Kind.UPDATE, school=school)
            claims.claim(school, mailbox=mailbox, note="Me") if number < 9 else None
        return sent

    moderator = make_moderator()

    def decided_once(school, mailbox):
        sent = make_submission(school, mailbox=mailbox)
        rows = fields_of(sent)
        return decide(sent, Decision(sent.version, frozenset(), {rows["aid"].pk: "Which?"}), by=moderator)

    first = grow(range(1))
    few = asked(MY), asked(f"{MY}letters/"), asked(f"{MY}sent/{first.reference}/")
    last = grow(range(1, 10))
    assert (asked(MY), asked(f"{MY}letters/"), asked(f"{MY}sent/{last.reference}/")) == few
    assert max(few) <= 12, few
    assert subject_of(last) in Page(browser, MY).text().lower().replace("school 9", "School 9")
