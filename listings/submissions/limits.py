"""How much one network may do in a time, counted in rows."""

from datetime import datetime, timedelta
from typing import Final

from content.lib.clock import database_now
from listings.models import Attempt

Kind = Attempt.Kind
MOST: Final = {
    Kind.MAIL: (timedelta(days=1), 20),
    Kind.KEY: (timedelta(hours=1), 10),
    Kind.LOGO: (timedelta(days=1), 60),
}


def take(kind: Attempt.Kind, network: str, *, at: datetime | None = None) -> bool:
    """Counts once more; False, and nothing counted, where the network did it often enough already."""
    now = at or database_now()
    made = Attempt.objects.create(kind=kind, network=network, at=now)
    # Counted after writing: of many at once none overlooks the others.
    if _counted(kind, network, now) <= MOST[kind][1]:
        return True
    made.delete()
    return False


def is_reached(kind: Attempt.Kind, network: str, *, at: datetime | None = None) -> bool:
    """Whether the network has to wait."""
    return _counted(kind, network, at or database_now()) >= MOST[kind][1]


def _counted(kind: Attempt.Kind, network: str, now: datetime) -> int:
    return Attempt.objects.filter(network=network, kind=kind, at__gt=now - MOST[kind][0]).count()
