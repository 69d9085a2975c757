"""What text search reads on SQLite; PostgreSQL keeps its index in a column of the revision's own table."""

from typing import Final

from django.db import models

from content.lib.fulltext import TextIndex
from content.models.article import Revision

REVISION_TEXT: Final = TextIndex("content_revision", ("title", "summary", "lead", "body"))


class RevisionText(models.Model):
    """A row of the FTS5 table that `REVISION_TEXT` builds; never written by the ORM."""

    revision = models.OneToOneField(
        Revision, models.DO_NOTHING, primary_key=True, db_column="rowid", related_name=REVISION_TEXT.relation
    )
    matches = models.TextField(db_column="content_revision_fts", help_text="FTS5's hidden column.")
    rank = models.FloatField(help_text="FTS5's hidden column.")

    class Meta:
        managed = False
        db_table = "content_revision_fts"

    def __str__(self) -> str:
        return f"Text of revision {self.revision_id}"
