"""What text search reads on SQLite; PostgreSQL keeps its index in a column of the school's own table."""

from typing import Final

from django.db import models

from content.lib.fulltext import TextIndex
from listings.models.school import School

SCHOOL_TEXT: Final = TextIndex("listings_school", ("name", "city", "text"))


class SchoolText(models.Model):
    """A row of the FTS5 table that `SCHOOL_TEXT` builds; never written by the ORM."""

    school = models.OneToOneField(
        School, models.DO_NOTHING, primary_key=True, db_column="rowid", related_name=SCHOOL_TEXT.relation
    )
    matches = models.TextField(db_column="listings_school_fts", help_text="FTS5's hidden column.")
    rank = models.FloatField(help_text="FTS5's hidden column.")

    class Meta:
        managed = False
        db_table = "listings_school_fts"

    def __str__(self) -> str:
        return f"Text of school {self.school_id}"
