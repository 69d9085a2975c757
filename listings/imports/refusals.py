"""How a load says no: to the whole of it with a sentence, to one row with its line, column and reason."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Final

MOST_NAMED: Final = 10_000


class LoadRefusedError(Exception):
    """The files as a whole are refused, and nothing was changed; the message says why and what to do."""


class BadCellError(Exception):
    """A cell that cannot be read; its row alone is refused."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason = column, value[:200], reason


@dataclass(frozen=True)
class Refused:
    """One entry of the report: where it stands in which file, what stood there, and why it was not taken."""

    file: str
    line: int | None
    column: str
    value: str
    reason: str


@dataclass
class Refusals:
    """What was refused in all files of a load; beyond `MOST_NAMED` entries only counted."""

    named: list[Refused] = field(default_factory=list)
    more: int = 0

    def add(self, file: str, line: int | None, cell: BadCellError) -> None:
        if len(self.named) < MOST_NAMED:
            self.named.append(Refused(file, line, cell.column, cell.value, cell.reason))
        else:
            self.more += 1

    def __len__(self) -> int:
        return len(self.named) + self.more

    def entries(self) -> Iterator[dict[str, object]]:
        """The report's lines; the last one says how many more there are."""
        yield from (asdict(refused) for refused in self.named)
        if self.more:
            reason = f"{self.more:,} more cells were refused; mend those named here and load again."
            yield asdict(Refused("", None, "", "", reason))
