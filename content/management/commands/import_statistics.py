"""import_statistics FILE... [--report FILE]: figures from the publishers' files, into statistics."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from content.lib.figures import Refusal
from content.lib.tables import BadFile, fingerprint
from content.providers import read_file
from content.providers.batch import Batch
from content.statistics import propose

REFUSED: Final = 1
USAGE: Final = 2
SHOWN: Final = 20


@dataclass
class Load:
    """One run: what was read from which file, and what became of it."""

    outcome: str = "unchanged"
    reason: str | None = None
    files: list[dict[str, str | int]] = field(default_factory=list)
    batches: list[Batch] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    created: int = 0
    waiting: int = 0
    unchanged: int = 0

    def read(self, path: Path) -> None:
        """Reads a whole file; raises BadFile."""
        batches = read_file(path)
        rows = sum(batch.rows for batch in batches)
        self.files.append({"name": path.name, "sha256": fingerprint(path), "rows": rows})
        self.batches += batches
        self.refusals += [refusal for batch in batches for refusal in batch.refusals]

    def store(self) -> None:
        """Proposes everything, the oldest period first: each value is compared with the one before it."""
        renamed = 0
        for batch in sorted(self.batches, key=_first_period):
            became = propose(batch.figures, file=batch.name)
            self.created += became.created
            self.waiting += became.waiting
            self.unchanged += became.unchanged
            self.refusals += became.refused
            renamed += became.renamed
        if self.created or renamed:
            self.outcome = "loaded"
        elif self.refusals and not self.unchanged:
            self.refuse("Every row was refused.")

    def refuse(self, reason: str) -> None:
        """The run as a whole is refused."""
        self.outcome, self.reason = "refused", reason

    def report(self) -> str:
        """The run as JSON."""
        counts = {"created": self.created, "unchanged": self.unchanged, "refused": len(self.refusals)}
        said = {
            "outcome": self.outcome,
            "reason": self.reason,
            "files": self.files,
            "observations": counts,
            "refused": [asdict(refusal) for refusal in self.refusals],
        }
        return json.dumps(said, indent=1, ensure_ascii=False) + "\n"


def _first_period(batch: Batch) -> date:
    return min((figure.period_end for figure in batch.figures), default=date.max)


class Command(BaseCommand):
    help = (
        "Reads OEWS files (tables, wide, series; csv or xlsx, also in gzip or zip) and the employment "
        "projections tables 1.2 and 1.10. Every file is read and checked before the first figure is stored; "
        "loading a file again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write what happened there, as JSON")

    def handle(self, *, files: list[Path], report: Path | None, **_options: Any) -> None:
        for path in files:
            if not path.is_file():
                raise CommandError(f"There is no file {path}.", returncode=USAGE)
        load = Load()
        for path in files:
            try:
                load.read(path)
            except BadFile as error:
                load.refuse(f"{path.name}: {error} Nothing was changed.")
                break
        else:
            load.store()
        if report:
            write(report, load.report())
        if load.outcome == "refused":
            raise CommandError(load.reason or "Refused.", returncode=REFUSED)
        self.tell(load)

    def tell(self, load: Load) -> None:
        """The counts, and the first of the refused rows."""
        counts = (
            f"{load.created} figures new, {load.unchanged} known before, {len(load.refusals)} rows refused"
        )
        waiting = f"; {load.waiting} of the new ones wait for an editor" if load.waiting else ""
        self.stdout.write(f"{load.outcome.capitalize()}: {counts}{waiting}.")
        for refusal in load.refusals[:SHOWN]:
            where = f"{refusal.file}, line {refusal.line}, {refusal.column}"
            self.stderr.write(f"{where}: {refusal.value!r}: {refusal.reason}")
        if len(load.refusals) > SHOWN:
            self.stderr.write(f"and {len(load.refusals) - SHOWN} more; --report FILE lists them all.")


def write(path: Path, text: str) -> None:
    """Writes the report; raises CommandError where it cannot."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(
            f"The report cannot be written to {path}: {error.strerror}.", returncode=USAGE
        ) from error
