"""Who may move a text towards readers: one table that buttons, bulk actions and forged forms obey."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models.functions import Now

from content.models.article import Article, Revision

DRAFT, IN_REVIEW, APPROVED, KEPT = Revision.State
ANY: Final = frozenset(Revision.State)
STANDING: Final = frozenset({Article.Status.DRAFT, Article.Status.PUBLISHED})
EVERY: Final = frozenset(Article.Status)


@dataclass(frozen=True, kw_only=True)
class Move:
    """A line of the table: from which states of text and article, to which state, with which right."""

    name: str
    label: str
    starts: frozenset[Revision.State]
    becomes: Revision.State | None = None
    articles: frozenset[Article.Status] = STANDING
    permission: str
    by_another: bool = False


WRITE: Final = "content.change_revision"
APPROVE: Final = "content.approve_revision"
PUBLISH: Final = "content.publish_revision"
MOVES: Final = {
    move.name: move
    for move in (
        Move(name="submit", label="Ask for review", starts=frozenset({DRAFT}), becomes=IN_REVIEW,
             articles=EVERY, permission=WRITE),
        Move(name="take-back", label="Take back to change it", starts=frozenset({IN_REVIEW}), becomes=DRAFT,
             articles=EVERY, permission=WRITE),
        Move(name="send-back", label="Send back", starts=frozenset({IN_REVIEW}), becomes=DRAFT,
             articles=EVERY, permission=APPROVE),
        Move(name="approve", label="Approve", starts=frozenset({IN_REVIEW}), becomes=APPROVED,
             articles=EVERY, permission=APPROVE, by_another=True),
        Move(name="put-aside", label="Put aside", starts=frozenset({DRAFT}), becomes=KEPT,
             articles=EVERY, permission=WRITE),
        Move(name="publish", label="Publish now", starts=frozenset({APPROVED}), becomes=APPROVED,
             articles=EVERY, permission=PUBLISH),
        Move(name="schedule", label="Publish on this date", starts=frozenset({APPROVED}), becomes=APPROVED,
             permission=PUBLISH),
        Move(name="call-off", label="Call the date off", starts=frozenset({APPROVED}), becomes=APPROVED,
             permission=PUBLISH),
        Move(name="archive", label="Archive", starts=ANY, articles=EVERY, permission=PUBLISH),
    )
}  # fmt: skip
# What one button does where one person may do all of it: each step is checked by itself.
STEPS_TO_APPROVAL: Final = {DRAFT: ("submit", "approve"), IN_REVIEW: ("approve",), APPROVED: (), KEPT: ()}


class RevisionStep(models.Model):
    """A move that was made: the record of who let a text through."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="steps")
    move = models.CharField(max_length=10, choices=[(move.name, move.label) for move in MOVES.values()])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_move_display()}: {self.revision}"


def check(name: str, revision: Revision, *, by: User) -> None:
    """Raises PermissionDenied where that person never may, ValidationError with a sentence where not now."""
    move = MOVES[name]
    if not by.has_perm(move.permission) or not revision.is_open_to(by):
        raise PermissionDenied
    if revision.state not in move.starts:
        state = revision.get_state_display().lower()
        raise ValidationError(f"“{move.label}” is not possible: the text is {_said(state)} now.")
    if revision.article.status not in move.articles:
        raise ValidationError("The article is archived. Publish it again before you schedule a change.")
    if move.by_another and settings.REQUIRE_SECOND_PERSON and revision.written_by.filter(pk=by.pk).exists():
        raise ValidationError("You wrote in this text, so somebody else has to approve it.")


def _said(state: str) -> str:
    return {"draft": "a draft", "earlier save": "an earlier save"}.get(state, state)


def is_allowed(name: str, revision: Revision, *, by: User) -> bool:
    """Whether the button is worth showing; pressing it asks again."""
    try:
        check(name, revision, by=by)
    except (PermissionDenied, ValidationError):
        return False
    return True


def take(name: str, revision: Revision, *, by: User, note: str = "") -> None:
    """Makes a move of the table; the caller holds the article's lock and read the revision under it.

    Raises what `check` raises, and ValidationError where somebody moved the text first.
    """
    check(name, revision, by=by)
    move = MOVES[name]
    if move.becomes is not None and move.becomes != revision.state:
        same = Revision.objects.filter(pk=revision.pk, state=revision.state, number=revision.number)
        if not same.update(state=move.becomes):
            raise ValidationError("Somebody changed this text a moment ago. Look at it again.")
        revision.state = move.becomes
    RevisionStep.objects.create(revision=revision, move=name, by=by, note=note)
