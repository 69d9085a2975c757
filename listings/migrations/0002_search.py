"""Text search: FTS5 tables with their triggers on SQLite, a generated tsvector column on PostgreSQL."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from listings.models import SCHOOL_TEXT


def build(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SCHOOL_TEXT.create(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def drop(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SCHOOL_TEXT.drop(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("listings", "0001_initial")]

    operations = [migrations.RunPython(build, drop)]
