"""What an editor wrote and did not save yet: for their eyes alone, in no revision and on no page."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from content.models.article import Revision

KEPT_FOR: Final = timedelta(days=30)


class UnsavedTextQuerySet(models.QuerySet["UnsavedText"]):
    def of(self, editor: User, revision: Revision | None) -> "UnsavedTextQuerySet":
        """The one row of that editor and draft; without a draft, of an article that they begin."""
        return self.filter(editor=editor, revision=revision)

    def old(self, at: datetime | None = None) -> "UnsavedTextQuerySet":
        return self.filter(kept_at__lt=(at or Now()) - KEPT_FOR)


class UnsavedText(models.Model):
    """The fields of a form as they stood when the editor paused; one row an editor and draft.

    `tab` names the open page that writes here: another page of the same editor overwrites nothing unasked.
    """

    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, models.CASCADE, null=True, related_name="unsaved_texts")
    tab = models.CharField(max_length=36)
    version = models.PositiveIntegerField(default=1)
    base = models.PositiveIntegerField(
        null=True, help_text="The number of the draft that the editor began from."
    )
    texts = models.JSONField(help_text="By field: a text, or a list of primary keys.")
    kept_at = models.DateTimeField(db_index=True)

    objects = UnsavedTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["editor", "revision"], name="content_unsaved_text_once"),
            models.UniqueConstraint(
                fields=["editor"], condition=Q(revision=None), name="content_unsaved_new_text_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Unsaved text of {self.editor}, {self.kept_at:%Y-%m-%d %H:%M}"
