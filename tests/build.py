"""Plain builders of rows for tests."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from content import pictures
from content.lib.figures import Figure, Origin
from content.lib.images import Drawn
from content.models import (
    Article,
    Attribution,
    CertifyingBody,
    Credential,
    CredentialSetting,
    ErrorReport,
    Picture,
    Revision,
    Source,
    Specialty,
    Statistic,
    Term,
    Topic,
)
from content.publishing import publish, save_revision
from content.statistics import propose
from listings.loading import rebuild_listing
from listings.models import (
    CompletionsRow,
    DataVersion,
    DirectoryRow,
    FederalFile,
    Placement,
    Program,
    ReportedRow,
    School,
    Sponsorship,
    Statement,
)
from listings.opening import open_school
from listings.statements import state

CLOSED = {"closed_at": "06/30/2023"}  # in a school's directory row


def make_source(title: str = "Occupational employment and wages", **columns: Any) -> Source:
    columns = {"publisher": "U.S. Bureau of Labor Statistics", "url": "https://www.bls.gov/oes/"} | columns
    return Source.objects.get_or_create(title=title, **columns)[0]


def make_topic(slug: str = "certification", **columns: Any) -> Topic:
    columns = {"name": slug.replace("-", " ").capitalize(), "school_filter": "field=billing-coding"} | columns
    return Topic.objects.get_or_create(slug=slug, defaults=columns)[0]


def make_specialty(name: str = "Oncology", **columns: Any) -> Specialty:
    return Specialty.objects.create(name=name, **{"slug": slugify(name)} | columns)


def make_term(name: str, acronym: str = "", **columns: Any) -> Term:
    columns = {"slug": slugify(name), "definition": f"What {name} means."} | columns
    return Term.objects.create(name=name, acronym=acronym, **columns)


def make_report(text: str = "The fee is wrong.", **columns: Any) -> ErrorReport:
    """A reader's report that waits for its answer."""
    return ErrorReport.objects.create(text=text, **columns)


def make_credential(code: str = "CPC", **columns: Any) -> Credential:
    """A credential of AAPC, unless another body is given."""
    if "body" not in columns:
        body = {"acronym": "AAPC", "name": "American Academy of Professional Coders"}
        columns["body"] = CertifyingBody.objects.get_or_create(slug="aapc", defaults=body)[0]
    return Credential.objects.create(
        code=code, **{"slug": code.lower(), "name": f"Certified {code}"} | columns
    )


def make_setting(credential: Credential, setting: str = "office", **columns: Any) -> CredentialSetting:
    columns = {"source": make_source("A page on its use", publisher="AAPC"), "as_of": 2022} | columns
    return CredentialSetting.objects.create(credential=credential, setting=setting, **columns)


def attribute(credential: Credential, attribute: str, **columns: Any) -> Attribution:
    columns = {"source": make_source("A page on its rules", publisher="AAPC"), "as_of": 2021} | columns
    return Attribution.objects.create(credential=credential, attribute=attribute, **columns)


def make_revision(article: Article, **texts: Any) -> Revision:
    """A saved draft; nobody but editors sees it until it is published."""
    return save_revision(article, **{"title": f"About {article.slug}", "lead": "What it is."} | texts)


def make_article(
    slug: str = "coding-certification", *, published: datetime | bool = True, **texts: Any
) -> Article:
    """An article with one revision; `published` says since when, False leaves a draft."""
    columns = {name: texts.pop(name) for name in ("topic", "kind") if name in texts}
    article = Article.objects.create(slug=slug, **columns)
    revision = make_revision(article, **texts)
    if published:
        publish(revision, by=None, at=None if published is True else published)
    article.refresh_from_db()
    return article


def make_picture(slug: str = "desk", **columns: Any) -> Picture:
    """A picture of 960 x 640 pixels with two files, which hold no picture."""
    columns = {
        "name": slug.replace("-", " ").capitalize(),
        "alternative": "" if columns.get("is_decorative") else "A coder at a desk with two screens",
        "licence": "own-work",
    } | columns
    picture = Picture(slug=slug, **columns)
    pictures.store(picture, Drawn(640, {480: b"narrow", 960: b"wide"}), by=None)
    return picture


def make_figure(value: str | int | None = 51140, *, year: int = 2025, **columns: Any) -> Figure:
    """Median pay of records specialists in May of `year`, as a provider yields it."""
    columns = {
        "key": "oews.29-2072.us.median-annual",
        "label": "Medical records specialists: median annual pay, United States",
        "unit": "USD",
        "per": "year",
        "subject": "Medical records specialists (29-2072)",
        "measure": "median-annual",
        "publisher": "U.S. Bureau of Labor Statistics",
        "provider": "oews-files",
        "period": f"May {year}",
        "period_start": date(year, 5, 1),
        "period_end": date(year, 5, 31),
        "value": None if value is None else Decimal(value),
        "missing": "not-available" if value is None else "",
        "release": f"OEWS May {year}",
        "source": Origin(
            "U.S. Bureau of Labor Statistics", f"Occupational wages, May {year}", "https://www.bls.gov/oes/"
        ),
        "lowest": Decimal(4000),
        "highest": Decimal(2_000_000),
        "max_change_percent": 20,
    } | columns
    return Figure(**columns)


def make_statistic(
    key: str = "oews.29-2072.us.median-annual",
    values: Mapping[int, str | int | None] | None = None,
    *,
    at: datetime | None = None,
    **columns: Any,
) -> Statistic:
    """A statistic with these values by year, accepted by rule where they change little."""
    given = {2025: 51140} if values is None else values
    propose([make_figure(value, year=year, key=key, **columns) for year, value in given.items()], at=at)
    return Statistic.objects.with_current().get(key=key)


def make_file(
    kind: str = FederalFile.Kind.COMPLETIONS, release: str = "C2023_A", **columns: Any
) -> FederalFile:
    """A loaded file of the current version, which is made if there is none."""
    version: Any = {"number": 1, "year": 2023, "loaded_at": timezone.now()}
    version = DataVersion.objects.get_or_create(is_current=True, defaults=version)[0]
    columns = {"name": f"{release}.csv", "year": 2023, "sha256": "0" * 64, "rows": 1} | columns
    return FederalFile.objects.get_or_create(version=version, kind=kind, release=release, defaults=columns)[0]


def make_school(
    name: str = "Greenwood College", *, programs: Iterable[dict[str, Any]] = ({},), **columns: Any
) -> School:
    """A listed school in Ohio with one coding program; `directory` gives values of its directory row.

    Status and order follow from what is given, as in a load: `directory=CLOSED` closes it.
    """
    directory = {"control": "public"} | columns.pop("directory", {})
    number = School.objects.count() + 1
    place = {"city": "Dayton", "state": "OH"}
    school = School.objects.create(
        name=name,
        **{"slug": f"{slugify(name)[:90] or 'school'}-{number}", "unitid": 100_000 + number}
        | place
        | columns,
    )
    file = make_file(FederalFile.Kind.DIRECTORY, "HD2023")
    shared = {column: getattr(school, column) for column in ("name", "aliases", "city", "state")}
    shared |= {"year": 2023, "since": 1}
    DirectoryRow.objects.create(school=school, file=file, **shared | directory)
    for program in programs:
        make_program(school, **program)
    rebuild_listing(file.version_id, [school.pk])
    school.refresh_from_db()
    return school


def make_program(
    school: School,
    cip: str = "51.0713",
    award_level: int = 21,
    awards: int | None = 12,
    *,
    year: int = 2023,
    reported: bool = True,
    **stated: Any,
) -> Program:
    """A program with awards in `year`; `stated` holds delivery, credentials, tuition or months as statements.

    It is listed where the newest completions file names it, that is `reported`.
    """
    program = Program.objects.create(school=school, cip=cip, award_level=award_level)
    file = make_file(FederalFile.Kind.COMPLETIONS, f"C{year}_A", year=year)
    CompletionsRow.objects.create(program=program, file=file, year=year, awards=awards, since=1)
    if reported:
        ReportedRow.objects.create(program=program, file=file, since=1)
    for field, value in stated.items():
        make_statement(program, field, value)
    return program


def make_statement(program: Program, field: str, value: Any, **columns: Any) -> Statement:
    """A statement of the school itself; tuition may be given as this year's number of dollars."""
    if field == Statement.Field.TUITION and isinstance(value, int):
        value = {"amount": value, "year": timezone.now().year}
    columns = {"by": Statement.By.SCHOOL, "school": program.school} | columns
    return Statement.objects.create(program=program, field=field, value=value, **columns)


ADDRESS = {"street": "12 Main Street", "city": "Dayton", "state": "OH", "zip": "45402"}


def make_outside(name: str = "Riverbend Coding School", **stated: Any) -> School:
    """A school outside IPEDS that stated its name, its address and what is given, and no program yet."""
    said = {"address": ADDRESS} | stated
    school = open_school(name=name, address=said["address"])
    for field, value in {"name": name, **said}.items():
        state(school=school, program=None, field=field, value=value, by=Statement.By.SCHOOL)
    school.refresh_from_db()
    return school


def make_sponsorship(school: School, **columns: Any) -> Sponsorship:
    """An approved place in the school list, from yesterday until tomorrow."""
    now = timezone.now()
    day = timedelta(days=1)
    columns = {"starts_at": now - day, "ends_at": now + day, "is_approved": True} | columns
    return Sponsorship.objects.create(school=school, **{"placement": Placement.SCHOOL_LIST} | columns)
