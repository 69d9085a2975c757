"""The report of a load, in the form that other programs read."""

from dataclasses import dataclass, field
from typing import Any

from listings.counting import Counts
from listings.imports.given import Given
from listings.imports.refusals import Refusals

SCHOOLS = ("created", "updated", "unchanged", "listed", "closed", "merged", "absent", "no_row_any_more")
PROGRAMS = ("created", "updated", "unchanged", "not_reported_any_more", "listed")


@dataclass
class Report:
    """What a load did; a refused one has the reason, and zeros for what was not counted any more."""

    refusals: Refusals
    outcome: str = "refused"
    reason: str | None = None
    version: int | None = None
    year: int | None = None
    files: list[dict[str, Any]] = field(default_factory=list)
    schools: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SCHOOLS, 0))
    programs: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PROGRAMS, 0))
    awards: dict[str, int] = field(default_factory=dict)

    def name_files(self, given: Given) -> None:
        self.year = given.year
        self.files = [
            {"name": file.csv.name, "sha256": file.csv.sha256, "rows": file.csv.rows} for file in given.files
        ]

    def count(self, counts: Counts) -> None:
        self.schools |= counts.schools
        self.programs |= counts.programs
        self.awards = counts.awards

    def as_dict(self) -> dict[str, Any]:
        """The whole report, its keys in the promised order."""
        return {
            "outcome": self.outcome,
            "reason": self.reason,
            "version": self.version,
            "year": self.year,
            "files": self.files,
            "schools": self.schools,
            "programs": self.programs,
            "awards": self.awards,
            "refused": list(self.refusals.entries()),
        }
