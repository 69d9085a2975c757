"""A word that is nowhere else in each personal field that the register names, and where each may be found."""

from datetime import UTC, datetime, timedelta
from itertools import count

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models

from content.models import UnsavedText
from listings.models import (
    Attempt,
    Claim,
    ContactLook,
    Letter,
    Mailbox,
    MailKey,
    Sheet,
    SheetRow,
    Submission,
    SubmissionEvent,
    SubmittedField,
)
from listings.submissions import claims
from listings.submissions.register import REGISTER
from tasks.models import JobRun
from tests.build import make_article, make_report, make_revision, make_school

PLANTED = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


class Garden:
    """Rows of every personal kind, all of the same moment. `words` are the canaries by row and field."""

    def __init__(self):
        self.words = {}
        self.numbers = count()
        self.school = make_school("Alpha School")
        self.editor = User.objects.create_user("editor", is_staff=True)
        self.mailbox = self.plant("mailboxes", Mailbox.objects.create(address="a", created_at=PLANTED))
        self.mailbox.proven_at = self.mailbox.seen_at = PLANTED
        self.mailbox.save(update_fields=["proven_at", "seen_at"])
        self.of_schools()
        self.of_editors()

    def sent(self, state, **columns):
        decided = PLANTED if state in ("done", "withdrawn", "returned") else None
        given = {"mailbox": self.mailbox, "school": self.school, "kind": "update", "created_at": PLANTED}
        given |= {"sent_at": None if state == "draft" else PLANTED, "decided_at": decided}
        made = Submission.objects.create(state=state, content=f"{state}{len(self.words)}", **given | columns)
        SubmissionEvent.objects.create(submission=made, version=1, at=PLANTED, what="Sent")
        return made

    def field(self, sent, state, **columns):
        return SubmittedField.objects.create(
            submission=sent, field="months", state=state, decided_at=PLANTED, reason="Why", **columns
        )

    def of_schools(self):
        self.plant("drafts", self.sent("draft"))
        self.unconfirmed = self.sent("unconfirmed", mailbox=None)
        done = self.plant("notes", self.sent("done"))
        self.plant("answers", self.field(done, "accepted"))
        self.plant("networks", done)
        self.plant("unpublished", self.field(self.sent("withdrawn"), "withdrawn"))
        sheet = Sheet.objects.create(mailbox=self.mailbox, school=self.school, name="x", changed_at=PLANTED)
        self.plant("sheets", sheet)
        self.plant("sheet_lines", SheetRow.objects.create(sheet=sheet, line=1))
        self.plant("attempts", Attempt.objects.create(kind="mail", network="n", at=PLANTED))
        refused = {"state": "refused", "basis": "evidence", "asked_at": PLANTED, "decided_at": PLANTED}
        claim = Claim.objects.create(mailbox=self.mailbox, school=self.school, **refused)
        self.plant("evidence", claim)
        self.letter = claims.folder() / "0123456789abcdef.pdf"
        self.letter.write_bytes(b"%PDF-1.7 " + self.word("evidence", "file").encode())
        Claim.objects.filter(pk=claim.pk).update(letter=self.letter.name)
        self.words.pop(("evidence", "letter"))
        times = {"written_at": PLANTED, "next_try_at": PLANTED, "state": "sent"}
        self.plant("letters", Letter.objects.create(mailbox=self.mailbox, event="event", **times))
        key = {"purpose": "open", "created_at": PLANTED, "expires_at": PLANTED + DAY}
        self.plant("mail_keys", MailKey.objects.create(mailbox=self.mailbox, **key))

    def of_editors(self):
        report = make_report("x", sent_at=PLANTED)
        self.plant("senders_of_reports", report)
        self.plant("words_of_reports", report)
        self.plant("looks", ContactLook.objects.create(at=PLANTED, rows=1))
        revision = make_revision(make_article("guide"))
        unsaved = {"version": 1, "base": 1, "kept_at": PLANTED, "texts": {}}
        self.plant(
            "unsaved_texts", UnsavedText.objects.create(editor=self.editor, revision=revision, **unsaved)
        )
        self.plant("sessions", Session.objects.create(session_key="x", expire_date=PLANTED + 14 * DAY))
        login = {"ip_address": "203.0.113.9", "http_accept": "", "path_info": "", "user_agent": ""}
        for name, model in (
            ("logins", AccessLog),
            ("lockouts", AccessFailureLog),
            ("failed_logins", AccessAttempt),
        ):
            more = (
                {"get_data": "", "post_data": "", "failures_since_start": 1}
                if name == "failed_logins"
                else {}
            )
            self.plant(name, model.objects.create(**login, **more))
            model.objects.update(attempt_time=PLANTED)
        self.plant("accounts", User.objects.create_user("planted"))
        kind = ContentType.objects.get_for_model(User)
        entry = {"user": self.editor, "content_type": kind, "action_flag": CHANGE, "action_time": PLANTED}
        self.plant("editors_marks", LogEntry.objects.create(**entry))
        self.plant(
            "errors_of_jobs", JobRun.objects.create(job="purge", slot=PLANTED, state="done", ended=PLANTED)
        )

    def word(self, name, field):
        """Set the length so that it fits the shortest column."""
        return self.words.setdefault((name, field), f"zq{next(self.numbers):03d}x")

    def plant(self, name, row):
        """Writes a word into each personal column of the row."""
        (kept,) = (kept for kept in REGISTER if kept.name == name)
        assert row._meta.label == kept.model
        columns = {}
        for field in kept.fields:
            column = row._meta.get_field(field)
            if column.is_relation or column.choices:
                continue
            word = self.word(name, field)
            columns[field] = [word] if isinstance(column, models.JSONField) else word
            if isinstance(column, models.GenericIPAddressField):
                self.words[name, field] = columns[field] = f"203.0.113.{100 + next(self.numbers)}"
            elif field in ("address", "email", "canonical"):
                columns[field] = f"{word}@example.org"
        type(row)._default_manager.filter(pk=row.pk).update(**columns)
        return type(row)._default_manager.get(pk=columns.get(row._meta.pk.name, row.pk))

    def found(self):
        """The rows and fields of the register whose word is in the database, or in the file of a letter."""
        stored = []
        for label in {kept.model for kept in REGISTER if kept.model}:
            stored.append(repr(list(apps.get_model(label)._default_manager.values())))
        if self.letter.exists():
            stored.append(self.letter.read_text())
        everything = "\n".join(stored)
        return {key for key, word in self.words.items() if word in everything}

    def seen_in(self, text):
        """Which words a page, a file or a log line shows."""
        return sorted(f"{name}.{field}" for (name, field), word in self.words.items() if word in text)
