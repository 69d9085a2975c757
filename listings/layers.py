"""The kinds of federal rows: their tables, keys and values, and the temporary tables that a load fills."""

from dataclasses import dataclass
from typing import Final

from listings import staging
from listings.imports.ipeds import COMPLETIONS_VALUES, DIRECTORY_VALUES
from listings.imports.scorecard import EARNINGS_VALUES, INSTITUTION_VALUES
from listings.imports.tuition import TUITION_VALUES

PROGRAM: Final = ("unitid", "cip", "award_level")


@dataclass(frozen=True)
class Layer:
    """Rows of a school or a program; with its `key` a row is one fact, `values` are what may differ."""

    name: str
    table: str
    owner: str
    key: tuple[str, ...]
    values: tuple[str, ...]

    @property
    def stage(self) -> str:
        """What the files say."""
        return f"load_{self.name}"

    @property
    def change(self) -> str:
        """Rows of `stage` that differ from what is known, with the known row's id."""
        return f"load_{self.name}_change"

    @property
    def gone(self) -> str:
        """Ids of known rows that the files no longer have."""
        return f"load_{self.name}_gone"

    @property
    def natural(self) -> tuple[str, ...]:
        """What names the owner in the files."""
        return ("unitid",) if self.owner == "school" else PROGRAM

    @property
    def columns(self) -> tuple[str, ...]:
        """Of the stage: number, line and file, then owner, key and values."""
        return ("n", "line", "file", *self.natural, *self.key, *self.values)

    def make(self) -> None:
        """The empty stage, its column types taken from the real tables."""
        owner = [f"{'o' if column == 'unitid' else 'p'}.{column}" for column in self.natural]
        own = [f"k.{column}" for column in (*self.key, *self.values)]
        staging.table(
            self.stage,
            "SELECT 0 AS n, 0 AS line, 0 AS file, {columns}"
            " FROM {rows} k, listings_school o, listings_program p WHERE 1 = 0",
            columns=", ".join(owner + own),
            rows=self.table,
        )

    def owners(self, join: str = "JOIN") -> str:
        """JOINs of the stage or change table `s` with its school `o` and, where it is of one, program `p`."""
        school = f"{join} listings_school o ON o.unitid = s.unitid"
        if self.owner == "school":
            return school
        return (
            f"{school} {join} listings_program p"
            " ON p.school_id = o.id AND p.cip = s.cip AND p.award_level = s.award_level"
        )

    def compared(self) -> str:
        """The stage `s` with its owner and the row `k` known at a version, each perhaps NULL."""
        key = "".join(f" AND k.{column} = s.{column}" for column in self.key)
        return (
            f"{self.stage} s {self.owners('LEFT JOIN')}"
            f" LEFT JOIN {self.table} k ON k.{self.owner}_id = {self.alias}.id{key} AND {staging.AT_VERSION}"
        )

    def known(self) -> str:
        """FROM and JOINs of our rows `k` with their school `o` and, where they have one, program `p`."""
        if self.owner == "school":
            return f"{self.table} k JOIN listings_school o ON o.id = k.school_id"
        return (
            f"{self.table} k JOIN listings_program p ON p.id = k.program_id"
            " JOIN listings_school o ON o.id = p.school_id"
        )

    @property
    def alias(self) -> str:
        return "o" if self.owner == "school" else "p"


DIRECTORY: Final = Layer(
    "directory", "listings_directoryrow", "school", (), ("year", "absent_from", *DIRECTORY_VALUES)
)
COMPLETIONS: Final = Layer("completions", "listings_completionsrow", "program", ("year",), COMPLETIONS_VALUES)
REPORTED: Final = Layer("reported", "listings_reportedrow", "program", (), ("missing",))
EARNINGS: Final = Layer("earnings", "listings_earningsrow", "school", ("cip4", "credlev"), EARNINGS_VALUES)
INSTITUTION: Final = Layer("institution", "listings_institutionrow", "school", (), INSTITUTION_VALUES)
TUITION: Final = Layer(
    "tuition", "listings_tuitionrow", "school", ("cip", "size_rank", "year"), TUITION_VALUES
)
LAYERS: Final = (DIRECTORY, COMPLETIONS, REPORTED, EARNINGS, INSTITUTION, TUITION)
# Kinds of files that a load may do without: it then keeps what was known of them.
EXTRA: Final = (EARNINGS, INSTITUTION, TUITION)
