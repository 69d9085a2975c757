"""What a provider made of one table, and the checks that every provider's rows pass."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from content.lib.figures import Figure, Refusal, format_value
from content.lib.tables import BadFile, Row, Table


@dataclass
class Batch:
    """The figures of one table, and the rows of it that were not taken. No database is asked."""

    name: str
    rows: int = 0
    figures: list[Figure] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def refuse(self, line: int, column: str, value: str, reason: str) -> None:
        """Notes a row that is not taken."""
        self.refusals.append(Refusal(self.name, line, column, value, reason))

    def drop(self, unwanted: Iterable[tuple[Figure, str]]) -> None:
        """Takes figures out of the batch, each with its reason."""
        reasons = {id(figure): reason for figure, reason in unwanted}
        for figure in self.figures:
            if id(figure) in reasons:
                said = figure.missing or str(figure.value)
                self.refuse(figure.line, figure.column, said, reasons[id(figure)])
        self.figures = [figure for figure in self.figures if id(figure) not in reasons]


def check_range(batch: Batch) -> None:
    """Drops figures outside what is plausible for their series."""
    batch.drop([(figure, reason) for figure in batch.figures if (reason := _out_of_range(figure))])


def _out_of_range(figure: Figure) -> str:
    value = figure.value
    if value is None:
        return ""
    if figure.lowest is not None and value < figure.lowest:
        return f"{figure.key}: below {format_value(figure.lowest, figure.unit, figure.per)}, implausible."
    if figure.highest is not None and value > figure.highest:
        return f"{figure.key}: above {format_value(figure.highest, figure.unit, figure.per)}, implausible."
    return ""


def check_ascending(batch: Batch, measures: Sequence[str], reason: str) -> None:
    """Drops the figures of a subject whose measures, in this order, do not ascend: columns are mixed up."""
    rank = {measure: place for place, measure in enumerate(measures)}
    groups: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in batch.figures:
        if figure.measure in rank:
            groups[figure.key.removesuffix(figure.measure), figure.release].append(figure)
    for group in groups.values():
        group.sort(key=lambda figure: rank[figure.measure])
        values = [figure.value for figure in group if figure.value is not None]
        if values != sorted(values):
            batch.drop((figure, reason) for figure in group)


def whole(row: Row, width: int) -> list[str]:
    """The row's cells, as many as the header has; raises BadFile for a record cut short or run together."""
    line, cells = row
    if len(cells) < width:
        raise BadFile(
            f"Line {line} has {len(cells)} of {width} cells: the record is cut short; fetch it again."
        )
    if any(cells[width:]):
        raise BadFile(f"Line {line} has more cells than the header; fetch the file again.")
    return cells[:width]


def header_of(table: Table, needed: Iterable[str]) -> tuple[int, list[str]] | None:
    """The line and the folded names of the header among the first rows, if it holds all that is needed."""
    for line, cells in table.head:
        names = [fold(cell) for cell in cells]
        if set(needed) <= set(names):
            return line, names
    return None


def fold(name: str) -> str:
    """A column's name without case, line breaks and typographic dashes, which differ between releases."""
    plain = name.replace("\N{EN DASH}", "-").replace("\N{EM DASH}", "-")
    return " ".join(plain.casefold().split())
