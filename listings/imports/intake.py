"""What reading collects beside the rows: cells that were refused, and rows that must stay as they were."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from listings.imports.files import CsvFile, Progress, silent
from listings.imports.refusals import BadCellError, Refusals

# UNITID, CIP code, and the award level, credential level or rank by size of a program.
Kept = tuple[int, str | None, int | None]


@dataclass
class KindIntake:
    """Of one kind of file: the keys whose row was refused; a part that could not be read is None.

    `unsure` says that a row was refused whose school could not be read: then nobody can be said to be gone.
    """

    kept: list[Kept] = field(default_factory=list)
    unsure: bool = False


@dataclass
class Intake:
    """Shared by all readers of one load."""

    prefixes: tuple[str, ...]
    refusals: Refusals = field(default_factory=Refusals)
    directory: KindIntake = field(default_factory=KindIntake)
    completions: KindIntake = field(default_factory=KindIntake)
    earnings: KindIntake = field(default_factory=KindIntake)
    institution: KindIntake = field(default_factory=KindIntake)
    tuition: KindIntake = field(default_factory=KindIntake)
    progress: Progress = silent

    def refuse(
        self, kind: KindIntake, file: CsvFile, line: int, cell: BadCellError, key: Sequence[object]
    ) -> None:
        """Refuses a row alone; what was known under its key stays."""
        self.refusals.add(file.name, line, cell)
        unitid, cip, number = key
        if isinstance(unitid, int):
            kind.kept.append((unitid, str(cip) if cip else None, number if isinstance(number, int) else None))
        else:
            kind.unsure = True
