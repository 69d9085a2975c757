"""Every personal field that this site stores: what for, how long, who sees it.

The purge, the export, the erasure and the table on the privacy page are made from these rows, so they cannot
differ. A test holds that no other field of any model is personal.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from content.models import ErrorReport
from listings.models import Mailbox, SheetRow, SubmittedField
from listings.submissions import forgetting as when
from listings.submissions.forgetting import Rows, deleted, emptied, without_evidence

EDITORS: Final = "Editors who decide on what schools send, and you on your private page."
MODERATORS: Final = "Editors who decide on what schools send."
OPERATOR: Final = "Whoever runs the server."


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One row. `of` gives what one mailbox has of it; `over` what was kept long enough, and `forget` ends it.

    Without `over` nothing here ends it: `how_long` says what does. `beside` are columns that an export needs
    to be read.
    """

    name: str
    what: str
    why: str
    how_long: str
    who_sees: str
    model: str = ""
    fields: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    of: Callable[[Mailbox], Rows] | None = None
    over: Callable[[datetime], Rows] | None = None
    forget: Callable[[Rows], int] = deleted


def _reports(mailbox: Mailbox) -> Rows:
    return ErrorReport.objects.filter(email__iexact=mailbox.address)


def _fields(mailbox: Mailbox) -> Rows:
    return SubmittedField.objects.filter(submission__mailbox=mailbox)


OF_SCHOOLS: Final = (
    Kept(
        name="drafts",
        what="What you typed into a form and did not send",
        why="So that you can go on later, on another device.",
        how_long="90 days after you last saved it, or until you delete it.",
        who_sees="You alone.",
        model="listings.Submission",
        fields=("draft",),
        beside=("reference", "kind", "created_at"),
        of=lambda mailbox: mailbox.submissions.filter(state="draft"),
        over=when.untouched_drafts,
    ),
    Kept(
        name="sheet_lines",
        what="The lines of a spreadsheet that you uploaded and did not send",
        why="So that you can mend them and send them.",
        how_long="30 days after you last saved them, or until you send or delete them.",
        who_sees="You alone.",
        model="listings.SheetRow",
        fields=("cells",),
        beside=("sheet__name", "line"),
        of=lambda mailbox: SheetRow.objects.filter(sheet__mailbox=mailbox),
        over=when.untouched_lines,
    ),
    Kept(
        name="sheets",
        what="The name of that spreadsheet, and what of it was not read",
        why="To tell you which file it is.",
        how_long="30 days after you last saved one of its lines, or until you delete it.",
        who_sees="You alone.",
        model="listings.Sheet",
        fields=("mailbox", "name", "notes"),
        beside=("school__name", "changed_at"),
        of=lambda mailbox: mailbox.sheets.all(),
        over=when.untouched_sheets,
    ),
    Kept(
        name="unconfirmed",
        what="What was sent with your address and never confirmed",
        why="To wait for your button in the mail.",
        how_long="30 days.",
        who_sees="You alone; no editor decides on it.",
        model="listings.Submission",
        beside=("reference", "kind", "sent_at"),
        of=lambda mailbox: mailbox.submissions.filter(state="unconfirmed"),
        over=when.unconfirmed,
    ),
    Kept(
        name="unpublished",
        what="What you sent and what did not come to stand on a page",
        why="To decide on it, and to answer you.",
        how_long="One year after it was withdrawn, or returned to you without an answer of yours.",
        who_sees=EDITORS,
        model="listings.SubmittedField",
        fields=("value", "was", "reason"),
        beside=("program_key", "field", "state", "submission__reference"),
        of=lambda mailbox: _fields(mailbox).exclude(state="accepted"),
        over=when.unpublished,
    ),
    Kept(
        name="notes",
        what="Your note to the editors, and what made them look twice at what you sent",
        why="To decide on it.",
        how_long="One year after the decision.",
        who_sees=EDITORS,
        model="listings.Submission",
        fields=("mailbox", "note", "risk_reasons"),
        beside=("reference", "kind", "state", "sent_at", "decided_at"),
        of=lambda mailbox: mailbox.submissions.all(),
        over=when.old_notes,
        forget=emptied(note="", risk_reasons=[]),
    ),
    Kept(
        name="answers",
        what="Your answers to what was returned to you",
        why="To decide on it again.",
        how_long="One year after the decision.",
        who_sees=EDITORS,
        model="listings.SubmittedField",
        fields=("answer",),
        beside=("submission__reference", "field"),
        of=_fields,
        over=when.old_answers,
        forget=emptied(answer=""),
    ),
    Kept(
        name="networks",
        what="A code worked out from the network address that you sent from, not the address itself",
        why="To keep machines from flooding the forms.",
        how_long="30 days.",
        who_sees="Nobody; the site counts by it.",
        model="listings.Submission",
        fields=("network",),
        beside=("reference",),
        of=lambda mailbox: mailbox.submissions.all(),
        over=when.old_networks,
        forget=emptied(network=""),
    ),
    Kept(
        name="attempts",
        what="When a network asked for mails or tried wrong links, with the same code",
        why="To keep machines from flooding mailboxes and from guessing links.",
        how_long="One day.",
        who_sees="Nobody; the site counts by it.",
        model="listings.Attempt",
        fields=("kind", "network"),
        over=when.old_attempts,
    ),
    Kept(
        name="evidence",
        what="The note and the letter by which you showed that you speak for a school",
        why="To decide whether you do.",
        how_long="90 days after the decision.",
        who_sees=MODERATORS,
        model="listings.Claim",
        fields=("mailbox", "note", "letter", "letter_name", "reason"),
        beside=("school__name", "state", "basis", "asked_at", "decided_at"),
        of=lambda mailbox: mailbox.claims.all(),
        over=when.old_evidence,
        forget=without_evidence,
    ),
    Kept(
        name="letters",
        what="The mails that we sent you",
        why="So that you can read them on your private page, and none is sent twice.",
        how_long="400 days.",
        who_sees=EDITORS,
        model="listings.Letter",
        fields=("mailbox", "subject", "text", "error"),
        beside=("written_at", "sent_at", "state"),
        of=lambda mailbox: mailbox.letters.all(),
        over=when.old_letters,
    ),
    Kept(
        name="mail_keys",
        what="A trace of each link that we mailed to you, from which the link cannot be worked out",
        why="To open your page to you and to nobody else.",
        how_long="30 days after the link ended.",
        who_sees="Nobody; the site compares it.",
        model="listings.MailKey",
        fields=("mailbox", "digest"),
        beside=("purpose", "created_at", "expires_at", "used_at"),
        of=lambda mailbox: mailbox.keys.all(),
        over=when.old_keys,
    ),
)

OF_READERS: Final = (
    Kept(
        name="senders_of_reports",
        what="The mail address that you gave with an error, and a code worked out from your network address",
        why="To ask you back, and to keep machines from flooding the form.",
        how_long="90 days after we answer, one year after you wrote at the latest.",
        who_sees="Editors who answer reports.",
        model="content.ErrorReport",
        fields=("email", "network"),
        beside=("about", "text", "evidence", "sent_at"),
        of=_reports,
        over=when.old_reporters,
        forget=emptied(email="", network=""),
    ),
    Kept(
        name="words_of_reports",
        what="What you wrote about an error",
        why="To correct it, and to be able to say later what was corrected and why.",
        how_long="With the page that it is about. An editor takes out what names a person.",
        who_sees="Editors who answer reports.",
        model="content.ErrorReport",
        fields=("about", "address", "text", "evidence"),
    ),
)

OF_EDITORS: Final = (
    Kept(
        name="accounts",
        what="An editor's name, mail address, password (scrambled) and last login",
        why="To let editors in, and nobody else.",
        how_long="Until the account is deleted.",
        who_sees="Whoever manages the accounts.",
        model="auth.User",
        fields=("username", "password", "first_name", "last_name", "email"),
    ),
    Kept(
        name="editors_marks",
        what="Which editor wrote, decided or changed something",
        why="To know whom to ask, and that two people looked.",
        how_long="With the thing itself; the name goes when the account is deleted.",
        who_sees="Editors.",
        model="admin.LogEntry",
        fields=("object_id", "object_repr", "change_message"),
    ),
    Kept(
        name="looks",
        what="Which editor looked at mail addresses of schools, when and why",
        why="So that nobody looks without a reason.",
        how_long="Two years.",
        who_sees="Editors who manage the others.",
        model="listings.ContactLook",
        fields=("of", "reason"),
        over=when.old_looks,
    ),
    Kept(
        name="unsaved_texts",
        what="What an editor typed and did not save",
        why="To give it back after a browser that closed.",
        how_long="30 days.",
        who_sees="The editor alone.",
        model="content.UnsavedText",
        fields=("tab", "texts"),
        over=when.old_texts,
    ),
    Kept(
        name="sessions",
        what="That a browser has an editor's login or a school's private page open",
        why="To know who is there.",
        how_long="14 days after the last use.",
        who_sees="Nobody.",
        model="sessions.Session",
        fields=("session_key", "session_data"),
        over=when.ended_sessions,
    ),
    *(
        Kept(
            name=name,
            what=what,
            why="To find out who tries to break in.",
            how_long="90 days.",
            who_sees="Whoever manages the accounts.",
            model=f"axes.{when.LOGIN_MODELS[name].__name__}",
            fields=("user_agent", "ip_address", "username", "http_accept", "path_info", *more),
            over=when.old_logins(when.LOGIN_MODELS[name]),
        )
        for name, what, more in (
            ("logins", "Each login of an editor, with network address and browser", ("session_hash",)),
            ("failed_logins", "Each failed try to log in, with the same", ("get_data", "post_data")),
            ("lockouts", "Each try that was one too many, with the same", ()),
        )
    ),
)

OF_THE_SERVER: Final = (
    Kept(
        name="errors_of_jobs",
        what="What went wrong in a job of the server, which may name what it worked on",
        why="To mend it.",
        how_long="90 days.",
        who_sees="Editors.",
        model="tasks.JobRun",
        fields=("outcome", "error"),
    ),
    Kept(
        name="counters",
        what="How often a network address asks the data service",
        why="To keep it open to all.",
        how_long="Minutes.",
        who_sees="Nobody; the site counts by it.",
    ),
    Kept(
        name="logs",
        what="The server's log: network address, time, page without any mailed link, and faults",
        why="To find faults and attacks.",
        how_long="14 days.",
        who_sees=OPERATOR,
    ),
    Kept(
        name="backups",
        what="Copies of all of the above except the letters that show who speaks for a school",
        why="To have it again after a fault.",
        how_long="28 days; what was erased from the site leaves the last copy then.",
        who_sees=OPERATOR,
    ),
)

# The last, because the others are found by it.
ADDRESS: Final = Kept(
    name="mailboxes",
    what="Your mail address, and the name and position that you gave",
    why="To write to you about your school, and to know that it is you.",
    how_long="Two years after you last opened your page. Without any confirmation, 30 days after the last"
    " thing that was sent with it is gone.",
    who_sees=EDITORS,
    model="listings.Mailbox",
    fields=("address", "canonical", "person", "position"),
    beside=("created_at", "proven_at", "seen_at", "reminders_ended_at"),
    of=lambda mailbox: Mailbox.objects.filter(pk=mailbox.pk),
    over=when.old_mailboxes,
)

GROUPS: Final = (
    ("Of whoever writes for a school", (*OF_SCHOOLS, ADDRESS)),
    ("Of readers who report an error", OF_READERS),
    ("Of editors", OF_EDITORS),
    ("Of everybody, by the server", OF_THE_SERVER),
)
REGISTER: Final = tuple(kept for _, group in GROUPS for kept in group)
