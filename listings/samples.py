"""Stores sample schools in the same layers as real ones, marked as samples, and takes them away again."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from content.lib.clock import database_now
from content.models import Credential
from listings import invention, versions
from listings.invention import SampleSchool
from listings.models import (
    CompletionsRow,
    DataVersion,
    DirectoryRow,
    Disclosure,
    FederalFile,
    Placement,
    Program,
    ReportedRow,
    School,
    Sponsorship,
    Statement,
)
from listings.rebuilding import rebuild_listing

RELEASE: Final = "Invented sample data"
PAID: Final = 4  # sample schools with a place in the list, and as many with one in the articles' panel
DISCLOSURE: Final = "The school pays for this place. Paid places never move the order of the others."


class SamplesRefusedError(Exception):
    """Why no sample was made, in a sentence that says what to do."""


def refuse_in_production() -> None:
    if settings.PRODUCTION:
        raise SamplesRefusedError("Samples are for trying the site out; a site with PRODUCTION=1 takes none.")


def add_schools(at: datetime | None = None) -> int:
    """Stores the sample schools and shows them; returns how many, 0 where they are there already."""
    refuse_in_production()
    current = versions.current()
    if current is not None and current.is_sample:
        return 0
    if current is None and (stored := DataVersion.objects.filter(is_sample=True).first()):
        # A run that was stopped between storing and showing them.
        versions.switch(stored.number, at=at)
        return School.objects.samples().count()
    if current is not None:
        raise SamplesRefusedError(
            "Real schools are loaded, and invented ones do not stand among them."
            " For sample statements on real programs say --statements N."
        )
    now = at or database_now()
    credentials = _taught()
    schools = list(invention.invent(credentials, now.year))
    with transaction.atomic():
        version = _new_version(now)
        _store(schools, version, now)
    versions.switch(version.number, at=at)
    return len(schools)


def _taught() -> list[str]:
    """What a sample program may prepare for: credentials to begin with, or any where no level is recorded."""
    current = Credential.objects.current().order_by("slug")
    first = current.filter(level__in=(Credential.Level.ENTRY, Credential.Level.CORE))
    return list((first if first.exists() else current).values_list("slug", flat=True))


def add_statements(programs: int, at: datetime | None = None) -> int:
    """Marked sample statements on so many listed programs that state nothing; returns how many programs."""
    refuse_in_production()
    version = versions.current()
    if version is None:
        raise SamplesRefusedError("No school is loaded yet. Load the federal files first: import_schools.")
    now = at or database_now()
    random = Random(invention.SEED)  # noqa: S311  # the same statements each time is what is wanted
    credentials = _taught()
    silent = Program.objects.filter(listing_row__isnull=False, statements=None).order_by("pk")
    chosen = random.sample(list(silent), k=min(programs, silent.count()))
    said = [
        _statement(program, field, value, now)
        for program in chosen
        for field, value in invention.statements(random, program.award_level, credentials, now.year).items()
    ]
    with transaction.atomic():
        Statement.objects.bulk_create(said)
        rebuild_listing(version.number, {program.school_id for program in chosen}, at=at)
    return len(chosen)


def remove(at: datetime | None = None) -> int:
    """Takes away the sample schools and every sample statement; returns how many schools there were."""
    with transaction.atomic():
        removed = versions.remove_samples()
        said = Statement.objects.filter(by=Statement.By.SAMPLE)
        schools = set(said.values_list("school", flat=True))
        said.delete()
        version = versions.current()
        if version is not None and schools:
            rebuild_listing(version.number, schools, at=at)
    return removed


def _new_version(now: datetime) -> DataVersion:
    newest = DataVersion.objects.aggregate(newest=Max("number"))["newest"] or 0
    return DataVersion.objects.create(number=newest + 1, year=invention.YEAR, is_sample=True, loaded_at=now)


def _store(schools: Iterable[SampleSchool], version: DataVersion, now: datetime) -> None:
    shared = {"version": version, "release": RELEASE, "sha256": "", "rows": 0, "retrieved_at": now}
    directory = FederalFile.objects.create(
        kind=FederalFile.Kind.DIRECTORY, name="", year=invention.YEAR, **shared
    )
    completions = {
        year: FederalFile.objects.create(kind=FederalFile.Kind.COMPLETIONS, name="", year=year, **shared)
        for year in range(invention.YEAR - 2, invention.YEAR + 1)
    }
    stored = [_store_school(school, version, directory, completions, now) for school in schools]
    _store_sponsorships([school for school in stored if school.directory_rows.get().closed_at == ""], now)


def _store_school(
    sample: SampleSchool,
    version: DataVersion,
    directory: FederalFile,
    completions: dict[int, FederalFile],
    now: datetime,
) -> School:
    school = School.objects.create(
        slug=slugify(sample.name), name=sample.name, status=School.Status.UNSEEN, is_sample=True
    )
    since = {"since": version.number}
    DirectoryRow.objects.create(
        school=school, file=directory, year=invention.YEAR, name=sample.name, **since, **sample.directory
    )
    for taught in sample.programs:
        program = Program.objects.create(school=school, cip=taught.cip, award_level=taught.award_level)
        CompletionsRow.objects.bulk_create(
            CompletionsRow(program=program, file=completions[year], year=year, awards=awards, **since)
            for year, awards in taught.awards.items()
            if sample.reported or year < invention.YEAR
        )
        if sample.reported:
            ReportedRow.objects.create(program=program, file=completions[invention.YEAR], **since)
        Statement.objects.bulk_create(
            _statement(program, field, value, now) for field, value in taught.stated.items()
        )
    return school


def _statement(program: Program, field: str, value: object, now: datetime) -> Statement:
    return Statement(
        school_id=program.school_id,
        program=program,
        field=field,
        value=value,
        by=Statement.By.SAMPLE,
        stated_at=now,
    )


def _store_sponsorships(schools: list[School], now: datetime) -> None:
    Disclosure.objects.get_or_create(version=1, defaults={"text": DISCLOSURE})
    places = {Placement.SCHOOL_LIST: schools[:PAID], Placement.ARTICLE_PANEL: schools[PAID : 2 * PAID]}
    for placement, paying in places.items():
        for school in paying:
            Sponsorship.objects.create(
                school=school,
                placement=placement,
                starts_at=now,
                ends_at=now + timedelta(days=365),
                is_approved=True,
                note="Sample",
            )
