"""Writes a compared load aside, as a version that nobody reads yet, a few thousand rows a transaction.

What stops it half-way leaves a version without `loaded_at`; `versions.discard_unfinished` takes it back.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from django.db import transaction
from django.db.models.functions import Now
from django.utils.text import slugify

from listings import staging
from listings.comparing import Terms
from listings.imports.files import Progress
from listings.imports.given import Given
from listings.layers import COMPLETIONS, DIRECTORY, LAYERS, PROGRAM, Layer
from listings.models import DataVersion, FederalFile, School

BATCH: Final = 4_000  # rows a transaction
RESERVED: Final = {"in", "compare", "saved"}
LONGEST_SLUG: Final = 120


def write(given: Given, terms: Terms, *, progress: Progress) -> DataVersion:
    """The new version; `finish` makes it whole."""
    version, files = _begin(given, terms)
    files |= {-number: file for number, file in enumerate(terms.directory_files, 1)}
    _add_schools()
    _add_programs()
    staging.analyze("listings_school", "listings_program")
    for done, layer in enumerate(LAYERS):
        progress("writing", done, len(LAYERS))
        _end_abandoned(layer, version)
        _replace(layer, version, files)
        _end_gone(layer, version)
        _carry_over(layer, version)
    staging.analyze(*(layer.table for layer in LAYERS))
    progress("writing", len(LAYERS), len(LAYERS))
    return version


def finish(version: DataVersion, report: dict[str, object]) -> None:
    """From here on the version is whole and may be switched to."""
    DataVersion.objects.filter(pk=version.pk).update(loaded_at=Now(), report=report)


@transaction.atomic
def _begin(given: Given, terms: Terms) -> tuple[DataVersion, dict[int, int]]:
    newest = DataVersion.objects.first()
    number = newest.number + 1 if newest else 1
    version = DataVersion.objects.create(
        number=number,
        base=terms.base,
        year=max(terms.base_year, given.year),
        is_partial=terms.partial,
    )
    files = {
        number: FederalFile.objects.create(
            version=version,
            kind=file.kind,
            name=file.csv.name[:200],
            release=file.release,
            year=file.year,
            sha256=file.csv.sha256,
            rows=file.csv.rows,
        ).pk
        for number, file in enumerate(given.files)
    }
    return version, files


def _batches(table: str) -> Iterator[tuple[int, int]]:
    last = staging.number("SELECT MAX(place) FROM {table}", table=table)
    return ((low, low + BATCH) for low in range(0, last, BATCH))


def _add_schools() -> None:
    """Identities of schools that no load has seen; a switch gives them their place in the list."""
    staging.table(
        "load_new_school", "SELECT id AS place, unitid, slug, name FROM listings_school WHERE 1 = 0"
    )
    staging.fill("load_new_school", ("place", "unitid", "slug", "name"), _new_schools())
    staging.index("load_new_school", "place")
    for low, high in _batches("load_new_school"):
        with transaction.atomic():
            staging.run(
                "INSERT INTO listings_school"
                " (unitid, slug, name, aliases, city, state, text, status, is_sample, rank_key, name_key)"
                " SELECT unitid, slug, name, '', '', '', '', %s, %s, %s, %s FROM load_new_school"
                " WHERE place > %s AND place <= %s ORDER BY place",
                School.Status.UNSEEN.value,
                False,
                b"",
                b"",
                low,
                high,
            )


def _new_schools() -> Iterator[Sequence[object]]:
    """Place, UNITID, slug and name; of schools with one name each gets its city into the slug."""
    taken = RESERVED | set(School.objects.values_list("slug", flat=True))
    found = staging.rows(
        "SELECT s.unitid, s.name, s.city, s.state, COUNT(*) OVER (PARTITION BY s.name) FROM {stage} s"
        " LEFT JOIN listings_school o ON o.unitid = s.unitid WHERE o.id IS NULL ORDER BY s.unitid",
        stage=DIRECTORY.stage,
    )
    for place, (unitid, name, city, state, namesakes) in enumerate(found, 1):
        short = slugify(name) or f"school-{unitid}"
        long = slugify(f"{name} {city} {state}")
        choices = [long, f"{short[:100]}-{unitid}"]
        choices = choices if namesakes > 1 else [short, *choices]
        slug = next(choice for choice in choices if choice not in taken and 0 < len(choice) <= LONGEST_SLUG)
        taken.add(slug)
        yield place, unitid, slug, name


def _add_programs() -> None:
    staging.table(
        "load_new_program",
        "SELECT ROW_NUMBER() OVER (ORDER BY s.unitid, s.cip, s.award_level) AS place, o.id AS school_id,"
        " s.cip, s.award_level FROM (SELECT DISTINCT {program} FROM {stage}) s"
        " JOIN listings_school o ON o.unitid = s.unitid LEFT JOIN listings_program p"
        " ON p.school_id = o.id AND p.cip = s.cip AND p.award_level = s.award_level WHERE p.id IS NULL",
        program=", ".join(PROGRAM),
        stage=COMPLETIONS.stage,
    )
    staging.index("load_new_program", "place")
    for low, high in _batches("load_new_program"):
        with transaction.atomic():
            staging.run(
                "INSERT INTO listings_program (school_id, cip, award_level)"
                " SELECT school_id, cip, award_level FROM load_new_program"
                " WHERE place > %s AND place <= %s ORDER BY place",
                low,
                high,
            )


def _end_abandoned(layer: Layer, version: DataVersion) -> None:
    """Ends what versions brought that readers were switched back from, or never to."""
    if DataVersion.objects.filter(number__gt=version.base, number__lt=version.number).exists():
        with transaction.atomic():
            staging.run(
                "UPDATE {rows} SET until = %s WHERE until IS NULL AND since > %s AND since < %s",
                version.number,
                version.base,
                version.number,
                rows=layer.table,
            )


def _replace(layer: Layer, version: DataVersion, files: Mapping[int, int]) -> None:
    """Ends the known rows that differ and puts the new ones in their place."""
    for low, high in _batches(layer.change):
        with transaction.atomic():
            staging.run(
                "UPDATE {rows} SET until = %s WHERE until IS NULL AND id IN"
                " (SELECT known_id FROM {change} WHERE place > %s AND place <= %s)",
                version.number,
                low,
                high,
                rows=layer.table,
                change=layer.change,
            )
            for number, file in files.items():
                staging.run(
                    "INSERT INTO {rows} ({owner}_id, {columns}, file_id, since)"
                    " SELECT {alias}.id, {values}, %s, %s FROM {change} s {owners}"
                    " WHERE s.place > %s AND s.place <= %s AND s.file = %s ORDER BY s.place",
                    file,
                    version.number,
                    low,
                    high,
                    number,
                    rows=layer.table,
                    owner=layer.owner,
                    alias=layer.alias,
                    owners=layer.owners(),
                    change=layer.change,
                    columns=", ".join((*layer.key, *layer.values)),
                    values=", ".join(f"s.{column}" for column in (*layer.key, *layer.values)),
                )


def _end_gone(layer: Layer, version: DataVersion) -> None:
    """Ends rows that the files no longer have; of a school not named any more a new row says so."""
    for low, high in _batches(layer.gone):
        with transaction.atomic():
            staging.run(
                "UPDATE {rows} SET until = %s WHERE until IS NULL AND id IN"
                " (SELECT id FROM {gone} WHERE place > %s AND place <= %s)",
                version.number,
                low,
                high,
                rows=layer.table,
                gone=layer.gone,
            )
            if layer is DIRECTORY:
                _copy(
                    layer,
                    version,
                    "k.id IN (SELECT id FROM {gone} WHERE place > %s AND place <= %s)",
                    low,
                    high,
                    absent_from=str(int(version.year)),
                )


def _carry_over(layer: Layer, version: DataVersion) -> None:
    """Rows of the base that abandoned versions ended, and that this load leaves as they were, begin again."""
    if DataVersion.objects.filter(number__gt=version.base, number__lt=version.number).exists():
        with transaction.atomic():
            _copy(
                layer,
                version,
                "{at_version} AND k.until < %s AND NOT EXISTS (SELECT 1 FROM {gone} g WHERE g.id = k.id)"
                " AND NOT EXISTS (SELECT 1 FROM {change} c WHERE c.known_id = k.id)",
                version.base,
                version.base,
                version.number,
            )


def _copy(layer: Layer, version: DataVersion, where: str, *params: int, **values: str) -> None:
    columns = (f"{layer.owner}_id", *layer.key, *layer.values, "file_id")
    names = {"rows": layer.table, "gone": layer.gone, "change": layer.change}
    staging.run(
        "INSERT INTO {rows} ({columns}, since) SELECT {copied}, %s FROM {rows} k WHERE {where}",
        version.number,
        *params,
        rows=layer.table,
        where=staging.statement(where, **names),
        columns=", ".join(columns),
        copied=", ".join(values.get(column, f"k.{column}") for column in columns),
    )
