"""Text search over revisions: FTS5 tables with their triggers on SQLite, a generated column on PostgreSQL."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from content.models import REVISION_TEXT


def build(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in REVISION_TEXT.create(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def drop(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in REVISION_TEXT.drop(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("content", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="RevisionText",
            fields=[
                (
                    "revision",
                    models.OneToOneField(
                        db_column="rowid",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="fts",
                        serialize=False,
                        to="content.revision",
                    ),
                ),
                ("matches", models.TextField(db_column="content_revision_fts", help_text="FTS5's hidden column.")),
                ("rank", models.FloatField(help_text="FTS5's hidden column.")),
            ],
            options={"db_table": "content_revision_fts", "managed": False},
        ),
        migrations.RunPython(build, drop),
    ]
