"""Federal files made for tests, in the form that their publishers give them, and their command."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command


def _names(*lines: str) -> list[str]:
    return " ".join(lines).split()


DIRECTORY = _names(
    "UNITID INSTNM IALIAS ADDR CITY STABBR ZIP FIPS OBEREG CHFNM CHFTITLE GENTELE EIN UEIS OPEID OPEFLAG",
    "WEBADDR ADMINURL FAIDURL APPLURL NPRICURL VETURL ATHURL DISAURL SECTOR ICLEVEL CONTROL HLOFFER UGOFFER",
    "GROFFER HDEGOFR1 DEGGRANT HBCU HOSPITAL MEDICAL TRIBAL LOCALE OPENPUBL ACT NEWID DEATHYR CLOSEDAT",
    "CYACTIVE POSTSEC PSEFLAG PSET4FLG RPTMTH INSTCAT COUNTYNM LONGITUD LATITUDE",
)
COMPLETIONS = _names("UNITID CIPCODE MAJORNUM AWLEVEL CTOTALT CTOTALM CTOTALW")
EARNINGS = _names(
    "UNITID OPEID6 INSTNM CIPCODE CIPDESC CREDLEV CREDDESC EARN_MDN_HI_1YR EARN_MDN_HI_2YR EARN_MDN_1YR",
    "EARN_MDN_4YR EARN_MDN_5YR",
)
RENAMED = _names(
    "UNITID institution cipcode cip_desc credential_level credential_desc completions earnings_suppressed",
    "earn_mdn_1yr earn_mdn_2yr earn_mdn_4yr earn_mdn_5yr",
)
INSTITUTION = _names(
    "UNITID OPEID INSTNM ACCREDAGENCY TUITIONFEE_IN TUITIONFEE_OUT MD_EARN_WNE_P6 MD_EARN_WNE_P10",
)
CHARGES = ("CIPCODE", "CIPTUIT", "CIPSUPP", "CIPLGTH", "PRGMSR", "MTHCMP")
TUITION = ["UNITID", "PRGMOFR", "CHG1PY3", "CHG4PY3"]
TUITION += [f"{name}{place}" for place in range(1, 7) for name in CHARGES]

Row = dict[str, Any]


def school(unitid: int, name: str = "", **columns: Any) -> Row:
    """A record of a directory file: an open public school in Ohio."""
    return {
        "UNITID": unitid,
        "INSTNM": name or f"College {unitid}",
        "ADDR": "1 Main Street",
        "CITY": "Dayton",
        "STABBR": "OH",
        "ZIP": "45402-1234",
        "CHFNM": "Jo Official",
        "EIN": "311234567",
        "GENTELE": "9375550100",
        "WEBADDR": "www.college.example/",
        "SECTOR": 4,
        "ICLEVEL": 2,
        "CONTROL": 1,
        "NEWID": -2,
        "CLOSEDAT": -2,
        "CYACTIVE": 1,
        "COUNTYNM": "Montgomery County",
        "LATITUDE": "39.758949",
        "LONGITUD": "-84.191605",
    } | columns


def program(
    unitid: int, cip: str = "51.0713", level: int | str = 21, awards: Any = 12, **columns: Any
) -> Row:
    """A record of a completions file: first majors of one program."""
    return {
        "UNITID": unitid,
        "CIPCODE": cip,
        "MAJORNUM": 1,
        "AWLEVEL": level,
        "CTOTALT": awards,
        "CTOTALM": 0,
        "CTOTALW": 0,
    } | columns


def earned(unitid: int | str, one: Any = 30000, **columns: Any) -> Row:
    """A record of a field-of-study file: certificates in health administration."""
    row = {"UNITID": unitid, "CIPCODE": "5107", "CREDLEV": 1, "EARN_MDN_HI_1YR": one}
    return row | dict.fromkeys(("EARN_MDN_HI_2YR", "EARN_MDN_4YR", "EARN_MDN_5YR"), "NULL") | columns


def institution(unitid: int | str, accreditor: str = "NULL", **columns: Any) -> Row:
    """A record of College Scorecard's institution file; what is not given is suppressed."""
    row = {"UNITID": unitid, "INSTNM": f"College {unitid}", "ACCREDAGENCY": accreditor}
    return row | dict.fromkeys(INSTITUTION[4:], "PrivacySuppressed") | columns


def charged(unitid: int, programs: dict[int, Sequence[Any]], **columns: Any) -> Row:
    """A record of an IC_PY file: by place the code, tuition, supplies, length, its measure, months."""
    row: Row = {"UNITID": unitid, "PRGMOFR": len(programs), "CHG1PY3": ".", "CHG4PY3": "."}
    for place in range(1, 7):
        values = programs.get(place, ("-2", ".", ".", ".", "-2", "."))
        row |= {f"{name}{place}": value for name, value in zip(CHARGES, values, strict=True)}
    return row | columns


def write(path: Path, header: Sequence[str], rows: Iterable[Row], encoding: str = "utf-8-sig") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as out:
        writer = csv.DictWriter(out, header, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


class Year:
    """The files of one year in a folder, written when first asked for."""

    def __init__(self, folder: Path, year: int, schools: Iterable[Row], programs: Iterable[Row]) -> None:
        self.directory = write(folder / f"hd{year}.csv", DIRECTORY, schools)
        self.completions = write(folder / f"c{year}_a.csv", COMPLETIONS, programs, "utf-8")

    def load(self, *options: Any, **more: Any) -> Row:
        return load(self.directory, [self.completions], *options, **more)


def load(directory: Path, completions: Sequence[Path], *options: Any, code: int = 0) -> Row:
    """Runs the command, which must end with the exit code; gives back its report."""
    report = directory.parent / "report.json"
    report.unlink(missing_ok=True)
    arguments = ["--directory", directory, "--completions", *completions, *options, "--report", report]
    ended = 0
    try:
        call_command("import_schools", *map(str, arguments), stdout=io.StringIO(), stderr=io.StringIO())
    except CommandError as error:
        ended = error.returncode
    said: Row = json.loads(report.read_text("utf-8")) if report.exists() else {}
    assert ended == code, said.get("reason")
    return said
