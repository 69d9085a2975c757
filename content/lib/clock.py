"""The database's clock: what has a date is decided by it, and never by the clock of one of many machines."""

from datetime import UTC, datetime

from django.db import connection

ASKED = {
    "sqlite": "SELECT STRFTIME('%Y-%m-%d %H:%M:%f', 'NOW')",
    "postgresql": "SELECT STATEMENT_TIMESTAMP()",
}


def database_now() -> datetime:
    """The same moment that `Now()` would be inside a query."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED[connection.vendor])
        (said,) = cursor.fetchone()
    return said if isinstance(said, datetime) else datetime.fromisoformat(said).replace(tzinfo=UTC)
