"""What a load did and where everything stands after it, counted before a row is written."""

from collections import Counter
from dataclasses import dataclass

from listings import staging
from listings.comparing import Terms
from listings.layers import COMPLETIONS, DIRECTORY, EXTRA, REPORTED
from listings.models import School
from listings.standing import Seen

STATUSES = {
    "listed": School.Status.LISTED,
    "closed": School.Status.CLOSED,
    "merged": School.Status.MERGED,
    "absent": School.Status.ABSENT,
    "no_row_any_more": School.Status.NO_ROW,
}


@dataclass(frozen=True)
class Counts:
    """The report's numbers of schools, programs, and awards by year.

    `lapsed` of the `reported` schools have no program in the newest completions any more.
    """

    schools: dict[str, int]
    programs: dict[str, int]
    awards: dict[str, int]
    lapsed: int
    reported: int


def count(terms: Terms) -> Counts:
    """Reads the tables that `comparing.compare` has filled."""
    _make_reported_after(terms.base)
    standings, listed = _standings(terms)
    awards = staging.rows(
        "SELECT year, SUM(COALESCE(awards, 0)) FROM load_completions GROUP BY year ORDER BY year"
    )
    lapsed, reported = _lapsed(terms.base)
    return Counts(
        lapsed=lapsed,
        reported=reported,
        schools=_schools() | standings,
        programs=_programs(terms.base) | {"listed": listed},
        awards={str(year): int(number) for year, number in awards},
    )


def _lapsed(base: int) -> tuple[int, int]:
    """Of the schools that the newest completions name at the version: those that lapse, and all."""
    staging.table(
        "load_reported_before",
        "SELECT DISTINCT o.unitid FROM {known} WHERE o.unitid IS NOT NULL AND {at_version}",
        base,
        base,
        known=REPORTED.known(),
    )
    lapsed = staging.number(
        "SELECT COUNT(*) FROM load_reported_before b"
        " WHERE NOT EXISTS (SELECT 1 FROM load_reported_after r WHERE r.unitid = b.unitid)"
    )
    return lapsed, staging.number("SELECT COUNT(*) FROM load_reported_before")


def _schools() -> dict[str, int]:
    """Schools of the directory file, compared with what was known of each."""
    created = staging.number(
        "SELECT COUNT(*) FROM load_school s"
        " WHERE NOT EXISTS (SELECT 1 FROM load_known k WHERE k.unitid = s.unitid)"
    )
    updated = staging.number(
        "SELECT COUNT(*) FROM load_school s JOIN load_known k ON k.unitid = s.unitid WHERE s.unitid IN"
        " ({changed})",
        changed=" UNION ".join(
            staging.statement("SELECT unitid FROM {change}", change=layer.change)
            for layer in (DIRECTORY, *EXTRA)
        ),
    )
    total = staging.number("SELECT COUNT(*) FROM load_school")
    return {"created": created, "updated": updated, "unchanged": total - created - updated}


def _programs(base: int) -> dict[str, int]:
    """Programs of the completions files; known are those with completions of any year at the version."""
    staging.table(
        "load_program",
        "SELECT s.unitid, s.cip, s.award_level, MAX(CASE WHEN k.id IS NULL THEN 0 ELSE 1 END) AS known,"
        " MAX(CASE WHEN c.n IS NULL AND r.n IS NULL THEN 0 ELSE 1 END) AS changed"
        " FROM load_completions s LEFT JOIN listings_school o ON o.unitid = s.unitid"
        " LEFT JOIN listings_program p"
        " ON p.school_id = o.id AND p.cip = s.cip AND p.award_level = s.award_level"
        " LEFT JOIN {rows} k ON k.program_id = p.id AND {at_version} LEFT JOIN {completions} c"
        " ON c.n = s.n LEFT JOIN {reported} r ON r.n = s.n GROUP BY s.unitid, s.cip, s.award_level",
        base,
        base,
        rows=COMPLETIONS.table,
        completions=COMPLETIONS.change,
        reported=REPORTED.change,
    )
    counts = Counter[str]()
    for known, changed, number in staging.rows(
        "SELECT known, changed, COUNT(*) FROM load_program GROUP BY known, changed"
    ):
        counts["created" if not known else "updated" if changed else "unchanged"] += number
    known_before = staging.number(
        "SELECT COUNT(DISTINCT p.id) FROM {known} WHERE o.unitid IS NOT NULL AND {at_version}",
        base,
        base,
        known=COMPLETIONS.known(),
    )
    reported = int(staging.number("SELECT SUM(reported) FROM load_reported_after"))
    return {
        "created": counts["created"],
        "updated": counts["updated"],
        "unchanged": counts["unchanged"],
        "not_reported_any_more": known_before + counts["created"] - reported,
    }


def _make_reported_after(base: int) -> None:
    """`load_reported_after`: how many programs of each school the newest completions name after the load."""
    staging.table(
        "load_reported_after",
        "SELECT unitid, SUM(programs) AS reported FROM ("
        "SELECT unitid, COUNT(*) AS programs FROM {change} WHERE known_id IS NULL GROUP BY unitid UNION ALL"
        " SELECT o.unitid, COUNT(*) FROM {known} LEFT JOIN {gone} g ON g.id = k.id"
        " WHERE g.id IS NULL AND o.unitid IS NOT NULL AND {at_version} GROUP BY o.unitid"
        ") counted GROUP BY unitid",
        base,
        base,
        change=REPORTED.change,
        gone=REPORTED.gone,
        known=REPORTED.known(),
    )
    staging.index("load_reported_after", "unitid")


def _standings(terms: Terms) -> tuple[dict[str, int], int]:
    """Where every known school stands after the load, and how many programs the listed ones have."""
    statuses = Counter[str]()
    listed = 0
    found = staging.rows(
        "SELECT s.year, s.absent_from, s.closed_at, s.active, s.new_unitid, COALESCE(r.reported, 0) FROM ("
        "SELECT unitid, year, absent_from, closed_at, active, new_unitid FROM load_directory UNION ALL"
        " SELECT k.unitid, k.year, CASE WHEN g.id IS NULL THEN k.absent_from ELSE %s END,"
        " k.closed_at, k.active, k.new_unitid FROM load_known k LEFT JOIN {gone} g ON g.id = k.row_id"
        " WHERE NOT EXISTS (SELECT 1 FROM load_directory d WHERE d.unitid = k.unitid)"
        ") s LEFT JOIN load_reported_after r ON r.unitid = s.unitid",
        terms.year,
        gone=DIRECTORY.gone,
    )
    for *seen, reported in found:
        status = Seen(*seen).status(reported=reported > 0)
        statuses[status] += 1
        listed += int(reported) if status == School.Status.LISTED else 0
    return {word: statuses[status] for word, status in STATUSES.items()}, listed
