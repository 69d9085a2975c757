"""Reads the given files into the temporary tables; refuses single rows, and files that lack ours."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from listings import comparing, layers, staging
from listings.imports import ipeds, scorecard, tuition
from listings.imports.given import Given, GivenFile
from listings.imports.intake import Intake
from listings.imports.refusals import LoadRefusedError

Values = Sequence[ipeds.Value]


def read(given: Given, intake: Intake, *, base: int) -> ipeds.DirectoryFile:
    """Fills the stages with the schools of our fields and those known before.

    Returns what else the directory file holds.
    """
    names = [file.csv.name for file in given.files]
    numbers = count(1)
    comparing.make_known(base)
    for layer in (layers.DIRECTORY, layers.COMPLETIONS, *layers.EXTRA):
        layer.make()

    def put(layer: layers.Layer, file: GivenFile, found: Iterable[Values]) -> int:
        at = given.files.index(file)
        before = staging.number("SELECT COUNT(*) FROM {stage}", stage=layer.stage)
        staging.fill(layer.stage, layer.columns, _numbered(found, at, numbers))
        return staging.number("SELECT COUNT(*) FROM {stage}", stage=layer.stage) - before

    for file in given.completions:
        rows = (_completions(row, file.year) for row in ipeds.completions(file.csv, intake=intake))
        if not put(layers.COMPLETIONS, file, rows):
            fields = " or ".join(intake.prefixes)
            raise LoadRefusedError(
                f"{file.csv.name} holds no row of first majors in CIP {fields}. Is it the complete file?"
            )
    comparing.drop_repeated(layers.COMPLETIONS, names, intake)
    staging.index(layers.COMPLETIONS.stage, "unitid")

    known = {row[0] for row in staging.rows("SELECT unitid FROM load_known")}
    teaching = {row[0] for row in staging.rows("SELECT DISTINCT unitid FROM load_completions")}
    wanted = known | teaching
    beside = ipeds.DirectoryFile()
    found = ipeds.directory(given.directory.csv, wanted=wanted.__contains__, beside=beside, intake=intake)
    if not put(layers.DIRECTORY, given.directory, (_directory(row, given.year) for row in found)):
        raise LoadRefusedError(
            f"{given.directory.csv.name} holds none of the schools that the completions name. "
            "Do the two files go together?"
        )
    staging.index(layers.DIRECTORY.stage, "unitid")

    for layer, file, records in _extra(given, wanted, intake):
        put(layer, file, records)
    for layer in layers.EXTRA:
        comparing.drop_repeated(layer, names, intake)
    return beside


def _extra(
    given: Given, wanted: set[int], intake: Intake
) -> Iterator[tuple[layers.Layer, GivenFile, Iterable[Values]]]:
    """The rows of the kinds of files that a load may do without, read when they are asked for."""
    for file in given.earnings:
        found = scorecard.earnings(file.csv, wanted=wanted.__contains__, intake=intake)
        yield layers.EARNINGS, file, found
    for file in given.institution:
        found = scorecard.institution(file.csv, wanted=wanted.__contains__, intake=intake)
        yield layers.INSTITUTION, file, found
    for file in given.tuition:
        charges = tuition.tuition(file.csv, wanted=wanted.__contains__, intake=intake)
        yield layers.TUITION, file, (_tuition(row, file.year) for row in charges)


def _numbered(found: Iterable[Values], file: int, numbers: Iterator[int]) -> Iterator[Values]:
    """Line first, as the readers give it, becomes number, line, file."""
    return ((next(numbers), line, file, *rest) for line, *rest in found)


def _completions(row: Values, year: int | None) -> Values:
    line, unitid, cip, level, *values = row
    return line, unitid, cip, level, year, *values


def _directory(row: Values, year: int) -> Values:
    line, unitid, *values = row
    return line, unitid, year, None, *values


def _tuition(row: Values, year: int | None) -> Values:
    line, unitid, cip, rank, *values = row
    return line, unitid, cip, rank, year, *values
