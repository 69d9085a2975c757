"""Compares what was read with what is known, in temporary tables alone; changes no row of ours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from listings import bystanders, staging
from listings.imports.intake import Intake, KindIntake
from listings.imports.refusals import BadCellError
from listings.layers import (
    COMPLETIONS,
    DIRECTORY,
    EARNINGS,
    EXTRA,
    INSTITUTION,
    LAYERS,
    REPORTED,
    TUITION,
    Layer,
)

STRANGE: Final = (
    "NOT EXISTS (SELECT 1 FROM load_directory d WHERE d.unitid = s.unitid)"
    " AND NOT EXISTS (SELECT 1 FROM load_known k WHERE k.unitid = s.unitid)"
)


@dataclass(frozen=True)
class Terms:
    """What a load is measured against; `base` is the version that readers see, 0 for none.

    With `is_history` the files are of an older year: they add, and move nothing back; `directory_files` are
    then those of the base, the newest first. `given` names the kinds of the files that were given.
    """

    base: int
    year: int
    base_year: int
    partial: bool = False
    given: frozenset[str] = frozenset()
    tuition_year: int = 0
    directory_files: tuple[int, ...] = ()

    @property
    def is_history(self) -> bool:
        return self.year < self.base_year


def make_known(base: int) -> None:
    """`load_known`: schools with a directory row at the version. Samples have no UNITID and stay out."""
    staging.table(
        "load_known",
        "SELECT o.unitid, k.id AS row_id, k.year, k.absent_from, k.closed_at, k.active, k.new_unitid"
        " FROM {rows} k JOIN listings_school o ON o.id = k.school_id"
        " WHERE o.unitid IS NOT NULL AND {at_version}",
        base,
        base,
        rows=DIRECTORY.table,
    )
    staging.index("load_known", "unitid")


def drop_strangers(files: Sequence[str], seen: Iterable[int], intake: Intake) -> None:
    """Takes out completions of schools that no directory row describes; says so once a school and file.

    `files` are the names that the stage's numbers stand for, `seen` the UNITIDs of the directory file.
    """
    in_directory = set(seen)
    found = staging.rows(
        "SELECT s.unitid, s.file, MIN(s.line), COUNT(*) FROM load_completions s WHERE {strange}"
        " GROUP BY s.unitid, s.file ORDER BY s.file, s.unitid",
        strange=STRANGE,
    )
    for unitid, file, line, count in found:
        why = "neither in the directory file nor known from an earlier one"
        if unitid in in_directory:
            why = "the school's row in the directory file was refused"
        rows = "" if count == 1 else f" (first of {count} rows)"
        intake.refusals.add(files[file], line, BadCellError("UNITID", str(unitid), f"{why}{rows}"))
    staging.run(
        "DELETE FROM load_completions WHERE n IN (SELECT s.n FROM load_completions s WHERE {strange})",
        strange=STRANGE,
    )


def drop_repeated(layer: Layer, files: Sequence[str], intake: Intake) -> None:
    """Of rows with one key the first counts; the others are refused."""
    staging.table(
        "load_repeated",
        "SELECT n, file, line, unitid FROM (SELECT n, file, line, unitid,"
        " ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY n) AS place FROM {stage}) numbered WHERE place > 1",
        key=", ".join((*layer.natural, *layer.key)),
        stage=layer.stage,
    )
    for file, line, unitid in staging.rows("SELECT file, line, unitid FROM load_repeated ORDER BY n"):
        cell = BadCellError("UNITID", str(unitid), "repeats an earlier row; the first was taken")
        intake.refusals.add(files[file], line, cell)
    staging.run("DELETE FROM {stage} WHERE n IN (SELECT n FROM load_repeated)", stage=layer.stage)


def compare(terms: Terms, intake: Intake) -> bool:
    """Fills the change and gone tables of every layer; tells whether anything differs from what is known."""
    _make_kept(intake)
    staging.table("load_school", "SELECT unitid FROM load_directory")
    REPORTED.make()
    if terms.is_history:
        _keep_newer(terms)
    else:
        staging.run(
            "INSERT INTO load_reported SELECT n, line, file, unitid, cip, award_level, '{{}}'"
            " FROM load_completions WHERE year = %s",
            terms.year,
        )
    for layer in LAYERS:
        staging.index(layer.stage, ", ".join(layer.natural))
        _find_changes(layer, terms.base)
        _find_gone(layer, terms, intake)
    if terms.is_history:
        # Which release of these is the newer one the files do not say.
        for layer in (EARNINGS, INSTITUTION):
            staging.run("DELETE FROM {change} WHERE known_id IS NOT NULL", change=layer.change)
    return any(
        staging.number("SELECT COUNT(*) FROM {table}", table=name)
        for layer in LAYERS
        for name in (layer.change, layer.gone)
    )


def _make_kept(intake: Intake) -> None:
    """`load_kept`: keys whose row was refused, NULL for a part that could not be read."""
    staging.table(
        "load_kept",
        "SELECT k.text AS layer, o.unitid, p.cip, p.award_level"
        " FROM listings_school o, listings_school k, listings_program p WHERE 1 = 0",
    )
    kinds: dict[str, KindIntake] = {
        layer.name: getattr(intake, layer.name) for layer in (DIRECTORY, COMPLETIONS, *EXTRA)
    }
    rows = ((name, *kept) for name, kind in kinds.items() for kept in kind.kept)
    staging.fill("load_kept", ("layer", "unitid", "cip", "award_level"), rows)
    staging.index("load_kept", "unitid")


def _keep_newer(terms: Terms) -> None:
    """Of an older directory file only schools count that are known from no file as new.

    The newest file named them as bystanders, or they are absent by now.
    """
    staging.run(
        "DELETE FROM load_directory WHERE unitid IN (SELECT unitid FROM load_known WHERE year >= %s)",
        terms.year,
    )
    staging.run("UPDATE load_directory SET absent_from = %s", terms.base_year)
    bystanders.take_in(terms.directory_files, terms.base_year)


def _find_changes(layer: Layer, base: int) -> None:
    differs = "".join(f" OR {staging.differing(f'k.{value}', f's.{value}')}" for value in layer.values)
    staging.table(
        layer.change,
        "SELECT ROW_NUMBER() OVER (ORDER BY s.n) AS place, s.*, k.id AS known_id FROM {compared}"
        " WHERE k.id IS NULL {or_differs}",
        base,
        base,
        compared=layer.compared(),
        or_differs=differs,
    )
    staging.index(layer.change, "place")
    staging.index(layer.change, "n")
    staging.index(layer.change, "known_id")


def _find_gone(layer: Layer, terms: Terms, intake: Intake) -> None:
    """Known rows that a whole file of the newest year lacks, but for those whose row was refused."""
    kind: KindIntake = getattr(intake, "completions" if layer is REPORTED else layer.name)
    sure = not (terms.partial or terms.is_history or kind.unsure)
    if layer in EXTRA:
        sure = sure and layer.name in terms.given
    theirs = {
        DIRECTORY: "k.absent_from IS NULL",
        COMPLETIONS: f"k.year = {terms.year:d}",
        TUITION: f"k.year = {terms.tuition_year:d}",
    }.get(layer, "1 = 1")
    same = ["s.unitid = o.unitid", *(f"s.{key} = k.{key}" for key in layer.key)]
    if layer.owner == "program":
        same += ["s.cip = p.cip", "s.award_level = p.award_level"]
    staging.table(
        layer.gone,
        "SELECT ROW_NUMBER() OVER (ORDER BY k.id) AS place, k.id FROM {known}"
        " WHERE o.unitid IS NOT NULL AND {theirs} AND {at_version} AND NOT EXISTS"
        " (SELECT 1 FROM {stage} s WHERE {same}) AND NOT EXISTS (SELECT 1 FROM load_kept kept WHERE {kept})",
        terms.base,
        terms.base,
        "completions" if layer is REPORTED else layer.name,
        known=layer.known(),
        theirs=theirs if sure else "1 = 0",
        stage=layer.stage,
        same=" AND ".join(same),
        kept=_kept(layer),
    )
    staging.index(layer.gone, "place")
    staging.index(layer.gone, "id")


def _kept(layer: Layer) -> str:
    """Whether a refused row of `load_kept` is the row `k`, as far as its key could be read."""
    same = ["kept.layer = %s", "kept.unitid = o.unitid"]
    if layer.owner == "program":
        same += [
            "COALESCE(kept.cip, p.cip) = p.cip",
            "COALESCE(kept.award_level, p.award_level) = p.award_level",
        ]
    if layer is EARNINGS:
        same += ["kept.cip = k.cip4", "COALESCE(kept.award_level, k.credlev) = k.credlev"]
    if layer is TUITION:
        same += ["COALESCE(kept.cip, k.cip) = k.cip", "kept.award_level = k.size_rank"]
    return " AND ".join(same)
