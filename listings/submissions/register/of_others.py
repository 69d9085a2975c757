"""What is kept of readers who report, of editors, and of everybody by the server."""

from typing import Final

from content.models import ErrorReport
from listings.models import Mailbox
from listings.submissions import forgetting as when
from listings.submissions.forgetting import Rows, emptied
from listings.submissions.register.row import OPERATOR, Kept


def _reports(mailbox: Mailbox) -> Rows:
    return ErrorReport.objects.filter(email__iexact=mailbox.address)


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
