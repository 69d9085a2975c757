"""Where a school stands, read from its newest directory row: open, closed, merged or absent."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from listings.models import School

CLOSED_COMBINED_OR_OUT_OF_SCOPE: Final = 3  # CYACTIVE


@dataclass(frozen=True)
class Seen:
    """What the directory files say of a school's life: the newest row of it, and the first year without."""

    year: int
    absent_from: int | None
    closed_at: str
    active: int | None
    new_unitid: int | None

    @property
    def is_over(self) -> bool:
        """Reported closed or merged; only CLOSEDAT, CYACTIVE and NEWID say so."""
        return bool(self.closed_at or self.new_unitid or self.active == CLOSED_COMBINED_OR_OUT_OF_SCOPE)

    @property
    def closed_on(self) -> date | None:
        """The day of CLOSEDAT; `00/00/0000` is a closing on an unknown day."""
        try:
            return datetime.strptime(self.closed_at, "%m/%d/%Y").replace(tzinfo=UTC).date()
        except ValueError:
            return None

    def status(self, *, reported: bool) -> School.Status:
        """`reported`: the newest completions file names a program of it. A closing goes before an absence."""
        if self.new_unitid:
            return School.Status.MERGED
        if self.is_over:
            return School.Status.CLOSED
        if self.absent_from:
            return School.Status.ABSENT
        return School.Status.LISTED if reported else School.Status.NO_ROW
