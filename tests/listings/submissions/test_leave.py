"""Somebody of a school asks what is kept of them, or leaves."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.serializers.json import DjangoJSONEncoder

from content.models import ErrorReport
from listings.models import (
    Claim,
    Letter,
    Mailbox,
    MailKey,
    Sheet,
    SheetRow,
    Statement,
    Submission,
    SubmittedField,
)
from listings.submissions import claims, drafts, letters, privacy
from listings.submissions.deciding import Decision, answer, decide
from listings.submissions.sheets import keeping as sheets
from tests.build import make_report, make_school
from tests.listings.submissions.sent import SEVEN, fields_of, make_mailbox, make_moderator, make_submission

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def school():
    return make_school("Alpha School")


@pytest.fixture
def mailbox(school):
    """Of somebody who did everything that one can do here."""
    mine = make_mailbox("ann@example.org")
    Mailbox.objects.filter(pk=mine.pk).update(person="Ann Example", position="registrar")
    drafts.save({"months": "half a wor"}, mailbox=mine, kind="update", school=school, at=NOW)
    letter = SimpleUploadedFile("ann.pdf", b"%PDF-1.7 Ann")
    claims.claim(school, mailbox=mine, note="I am Ann.", letter=letter, at=NOW)
    letters.ask_for_link(mine, at=NOW)
    MailKey.hand_out(MailKey.Purpose.OPEN, mine, at=NOW)
    sheets.store(mine, school, b"Program,Length\nAnn,soon\n", "ann.csv", at=NOW)
    make_report("A figure is wrong", email="ANN@example.org", network="code", sent_at=NOW)
    decided = make_submission(school, mailbox=mine)
    rows = fields_of(decided)
    chosen = Decision(
        version=decided.version,
        accept=frozenset(rows[name].pk for name in list(SEVEN)[:5]),
        give_back={rows[name].pk: "Which aid?" for name in list(SEVEN)[5:]},
    )
    decide(decided, chosen, by=make_moderator())
    decided.refresh_from_db()
    answer(decided, version=decided.version, answers={rows["aid"].pk: "Ask me, Ann."})
    make_submission(school, mailbox=mine, months=11)
    make_submission(school, mailbox=mine, months=12, is_proven=False)
    mine.refresh_from_db()
    return mine


def exported(mailbox):
    return json.loads(json.dumps(privacy.export(mailbox), cls=DjangoJSONEncoder))


def test_all_that_is_kept_is_handed_out_with_why_and_how_long(mailbox):
    given = exported(mailbox)
    assert all(entry["rows"] for entry in given), [e["what"] for e in given if not e["rows"]]
    assert all(entry["why"] and entry["how_long"] and entry["who_sees"] for entry in given)
    said = json.dumps(given)
    for word in (
        "ann@example.org",
        "Ann Example",
        "registrar",
        "half a wor",
        "I am Ann.",
        "ann.pdf",
        "Ask me, Ann.",
    ):
        assert word in said


def test_a77_nobody_elses_is_handed_out(mailbox, school):
    other = make_mailbox("bob@example.org")
    make_submission(school, mailbox=other, months=13)
    claims.claim(school, mailbox=other, note="I am Bob.", at=NOW)
    make_report("Another", email="bob@example.org", sent_at=NOW)
    assert not re.search(r"\bbob\b", json.dumps(exported(mailbox)), re.IGNORECASE)
    assert not re.search(r"\bann\b", json.dumps(exported(other)), re.IGNORECASE)


def test_leaving_takes_the_person_and_leaves_what_stands_on_the_page(
    mailbox, django_capture_on_commit_callbacks
):
    stated = Statement.objects.filter(replaced_at=None).count()
    assert stated == 5
    with django_capture_on_commit_callbacks(execute=True):
        privacy.erase(mailbox, at=NOW)
    assert Statement.objects.filter(replaced_at=None).count() == stated
    assert not Mailbox.objects.exists()
    assert not MailKey.objects.exists()
    assert not Letter.objects.exists()
    assert not Claim.objects.exists()
    (kept,) = Submission.objects.all()
    assert (kept.mailbox, kept.note, kept.network, kept.state) == (None, "", "", "done")
    assert set(kept.fields.values_list("state", "answer")) == {("accepted", "")}
    report = ErrorReport.objects.get()
    assert (report.email, report.network, report.text) == ("", "", "A figure is wrong")
    assert list(claims.folder().iterdir()) == []


def test_a77_leaving_twice_and_the_leaving_of_others_change_nothing(mailbox, school):
    other = make_mailbox("bob@example.org")
    theirs = make_submission(school, mailbox=other, months=13)
    claims.claim(school, mailbox=other, note="I am Bob.", at=NOW)
    before = exported(other)
    privacy.erase(mailbox, at=NOW)
    privacy.erase(mailbox, at=NOW)
    assert exported(other) == before
    theirs.refresh_from_db()
    assert theirs.state == Submission.State.WAITING


def test_nothing_of_the_person_is_left_in_any_row(mailbox):
    privacy.erase(mailbox, at=NOW)
    for model in (
        Submission,
        SubmittedField,
        Statement,
        ErrorReport,
        Letter,
        Claim,
        Mailbox,
        Sheet,
        SheetRow,
    ):
        assert not re.search(r"\bann\b", repr(list(model.objects.values())), re.IGNORECASE), model
