"""What readers say is wrong, and what became of it: one table says which answer may follow which state."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from content.lib.clock import database_now
from content.models.article import Article, Revision

KEPT_AFTER_ANSWER: Final = timedelta(days=90)
KEPT_AT_MOST: Final = timedelta(days=365)
LONGEST_TEXT: Final = 4000


class ErrorReportQuerySet(models.QuerySet["ErrorReport"]):
    def waiting(self) -> "ErrorReportQuerySet":
        return self.filter(state=ErrorReport.State.NEW)

    def answered_in_public(self) -> "ErrorReportQuerySet":
        """What the corrections page tells, newest first."""
        return self.filter(state__in=PUBLIC).order_by("-answered_at", "-pk")

    def past_keeping(self, at: datetime | None = None) -> "ErrorReportQuerySet":
        """Reports whose sender need not be known any more, as far as something of them is known."""
        now = at or database_now()
        old = Q(answered_at__lt=now - KEPT_AFTER_ANSWER) | Q(sent_at__lt=now - KEPT_AT_MOST)
        return self.filter(old).exclude(email="", network="")


class ErrorReport(models.Model):
    """A reader's report. `about` is what the reader names, `address` the page of this site that it is."""

    class State(models.TextChoices):
        NEW = "new", "Waiting"
        CORRECTED = "corrected", "Corrected"
        NOT_AN_ERROR = "not-an-error", "Not an error"
        DUPLICATE = "duplicate", "Duplicate"
        NO_REPORT = "no-report", "No report"

    about = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=200, blank=True)
    article = models.ForeignKey(Article, models.SET_NULL, null=True, blank=True, related_name="error_reports")
    text = models.TextField("what is wrong", max_length=LONGEST_TEXT)
    evidence = models.CharField("where it says otherwise", max_length=500, blank=True)
    email = models.EmailField("e-mail", blank=True, help_text="To ask back. Never shown, deleted by itself.")
    network = models.CharField(max_length=64, blank=True, help_text="A keyed hash of the sender's network.")
    sent_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=12, choices=State, default=State.NEW)
    answer = models.TextField(blank=True, max_length=1000, help_text="What readers read of it.")
    revision = models.ForeignKey(
        Revision, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="corrected in"
    )
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="duplicates")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["network", "sent_at"], name="content_report_network")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="new", answered_at=None) | (~Q(state="new") & Q(answered_at__isnull=False)),
                name="content_report_state_and_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["corrected", "not-an-error"]) | ~Q(answer=""),
                name="content_report_public_has_words",
            ),
            models.CheckConstraint(
                condition=Q(state="duplicate", duplicate_of__isnull=False)
                | (~Q(state="duplicate") & Q(duplicate_of=None)),
                name="content_report_duplicate_of",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address or self.about or 'No page named'}, {self.sent_at:%Y-%m-%d}"

    def move(self, name: str, given: "Given | None" = None, *, by: User, at: datetime | None = None) -> None:
        """Makes a move of the table. Raises ValidationError, also where somebody answered first."""
        move = MOVES[name]
        columns = (given or Given()).columns(move.takes)
        _check(self, move, columns)
        is_open = move.becomes == self.State.NEW
        answered = {"answered_by": None if is_open else by, "answered_at": None if is_open else at or Now()}
        same = ErrorReport.objects.filter(pk=self.pk, state__in=move.starts)
        if not same.update(state=move.becomes, **answered, **columns):
            raise ValidationError("Somebody else answered this report a moment ago. Look at it again.")
        self.refresh_from_db()


@dataclass(frozen=True, kw_only=True)
class Given:
    """What an editor gives with an answer."""

    answer: str = ""
    revision: Revision | None = None
    duplicate_of: ErrorReport | None = None

    def columns(self, taken: tuple[str, ...]) -> dict[str, Any]:
        """The columns that an answer fills, the others emptied."""
        given = {"answer": self.answer.strip(), "revision": self.revision, "duplicate_of": self.duplicate_of}
        return {
            name: value if name in taken else "" if name == "answer" else None
            for name, value in given.items()
        }


State = ErrorReport.State
ANSWERED: Final = frozenset({State.CORRECTED, State.NOT_AN_ERROR, State.DUPLICATE, State.NO_REPORT})
PUBLIC: Final = (State.CORRECTED, State.NOT_AN_ERROR)


@dataclass(frozen=True, kw_only=True)
class Move:
    """A line of the table; `takes` are the columns that an answer fills."""

    name: str
    label: str
    starts: frozenset[ErrorReport.State]
    becomes: ErrorReport.State
    takes: tuple[str, ...] = ()


NEW: Final = frozenset({State.NEW})
MOVES: Final = {
    move.name: move
    for move in (
        Move(name="corrected", label="It was wrong and is corrected", starts=NEW, becomes=State.CORRECTED,
             takes=("answer", "revision")),
        Move(name="not-an-error", label="It is not an error", starts=NEW, becomes=State.NOT_AN_ERROR,
             takes=("answer",)),
        Move(name="duplicate", label="Somebody reported it before", starts=NEW, becomes=State.DUPLICATE,
             takes=("duplicate_of",)),
        Move(name="no-report", label="It reports nothing (advertising, nonsense)", starts=NEW,
             becomes=State.NO_REPORT),
        Move(name="reopen", label="Open it again", starts=ANSWERED, becomes=State.NEW),
    )
}  # fmt: skip


def _check(report: ErrorReport, move: Move, given: dict[str, Any]) -> None:
    """What an answer needs before it may stand. Raises ValidationError by field."""
    if "answer" in move.takes and not given["answer"]:
        raise ValidationError({"answer": "Write the answer that readers will read."})
    if move.name == "corrected" and report.article_id and given["revision"] is None:
        raise ValidationError({"revision": "Publish the corrected text first, then choose it here."})
    if move.name == "duplicate":
        other = given["duplicate_of"]
        if not isinstance(other, ErrorReport) or other.pk == report.pk or other.state == State.DUPLICATE:
            raise ValidationError({"duplicate_of": "Choose the first report of this error."})
