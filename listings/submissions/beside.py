"""Each field of a submission beside what stands now and what federal files say, as an editor reads it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from content.models import Missing
from listings import stating
from listings.fields import AWARD_LEVELS, cip_title
from listings.logos import Logo
from listings.models import Statement, Submission, SubmittedField
from listings.submissions.federal import FederalValue, federal
from listings.submissions.sending import stated
from listings.submissions.shown import logo_in

NOTHING: Final = "Not stated"
NO_VALUE: Final = "No federal value"
COLLECTED: Final = {"name", "address", "phone", "website", "tuition", "months"}
TAKEN_BACK: Final = "Not stated any more"
WORDS: Final = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Line:
    """One field: what was sent with what differs from `now` marked, and where each value comes from."""

    row: SubmittedField
    label: str
    sent: SafeString
    now: str
    now_by: str
    federal: str
    federal_from: str
    is_same: bool
    is_unlike_federal: bool
    logo: Logo | None = None
    logo_now: Logo | None = None


@dataclass
class Of:
    """The lines of the school or of one program of it; `is_new` where we do not hold the program yet."""

    title: str
    is_new: bool = False
    lines: list[Line] = field(default_factory=list)


def side_by_side(sent: Submission, rows: Iterable[SubmittedField]) -> list[Of]:
    """The school first, then each program; a fixed number of queries, however many rows."""
    school = sent.school
    programs = list(school.programs.all()) if school else []
    known, files = stated(school), federal(school)
    held = {program.key for program in programs}
    found: dict[str, Of] = {}
    for row in sorted(rows, key=lambda row: (row.program_key, row.pk)):
        key = row.program_key
        of = found.setdefault(key, Of(_title(key), is_new=bool(key) and key not in held))
        now = known.get((key, row.field)) or known.get(("", row.field))
        of.lines.append(_line(row, now, files.get((key, row.field))))
    return list(found.values())


def _title(key: str) -> str:
    if not key:
        return "The school"
    cip, _, level = key.rpartition(".")
    return f"{cip_title(cip)} ({cip}), {AWARD_LEVELS[int(level)].name}"


def _line(row: SubmittedField, now: Statement | None, file: FederalValue | None) -> Line:
    kind = stating.FIELDS[row.field]
    stands = kind.in_words(now.value) if now else ""
    said = TAKEN_BACK if row.value is None else kind.in_words(row.value)
    return Line(
        row=row,
        label=kind.label,
        sent=marked(stands, said),
        now=stands or NOTHING,
        now_by=_by(now, row) if now else "",
        federal=file.text if file else NO_VALUE if row.field in COLLECTED else Missing.NOT_COLLECTED.label,
        federal_from=file.source if file else "",
        is_same=now is not None and row.value == now.value,
        is_unlike_federal=file is not None
        and row.value is not None
        and number(row.value) != number(file.value),
        logo=logo_in(row.field, row.value),
        logo_now=logo_in(row.field, now.value) if now else None,
    )


def number(value: Any) -> Any:
    """What of a stated value a federal one is compared with: of a price the dollars, for years differ."""
    return value["amount"] if isinstance(value, dict) and "amount" in value else value


def _by(statement: Statement, row: SubmittedField) -> str:
    who = statement.get_by_display().lower()
    is_own = statement.by == Statement.By.EDITOR
    editor = statement.editor.get_username() if statement.editor else ""
    name = editor and (f" ({editor})" if is_own else f", accepted by {editor}")
    whole = ", of all programs" if row.program_key and statement.program_id is None else ""
    return f"{who}{name}, {date_format(localtime(statement.stated_at), 'j M Y')}{whole}"


def marked(before: str, after: str) -> SafeString:
    """The words of `after`; where something stood before, what is new and what is gone is marked."""
    if not before or before == after:
        return format_html("{}", after)
    old, new = WORDS.findall(before), WORDS.findall(after)
    parts: list[SafeString] = []
    for what, i, j, m, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            parts.append(format_html("{}", "".join(new[m:n])))
            continue
        gone, come = "".join(old[i:j]), "".join(new[m:n])
        parts += [format_html("<del>{}</del>", gone)] if gone.strip() else []
        parts += [format_html("<ins>{}</ins>", come)] if come.strip() else []
    return format_html_join("", "{}", ((part,) for part in parts))
