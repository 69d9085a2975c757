"""A submission in words: what was sent beside what readers see now, field by field."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from listings import stating
from listings.fields import AWARD_LEVELS, cip_title
from listings.logos import Logo, inline
from listings.models import Statement, Submission, SubmittedField
from listings.submissions.federal import federal
from listings.submissions.sending import stated

NOTHING = "Not stated"


@dataclass(frozen=True)
class ShownField:
    """One field; `sent` and `now` are plain words, `source` names the file where a federal value stands."""

    row: SubmittedField
    label: str
    sent: str
    now: str
    source: str = ""
    logo: Logo | None = None
    logo_now: Logo | None = None


@dataclass(frozen=True)
class Part:
    """The fields of one program, or of the school as a whole."""

    title: str
    fields: list[ShownField] = field(default_factory=list)


def parts(sent: Submission, rows: Iterable[SubmittedField] | None = None) -> list[Part]:
    """The school first, then its programs in the order of their keys; as many queries for one as for all."""
    standing, files = stated(sent.school), federal(sent.school)
    found: dict[str, Part] = {}
    for row in sent.fields.all() if rows is None else rows:
        part = found.setdefault(row.program_key, Part(program_in_words(row.program_key)))
        of = (row.program_key, row.field)
        said = NOTHING if row.value is None else in_words(row.field, row.value)
        now, source, logo_now = NOTHING, "", None
        if of in standing:
            now = in_words(row.field, standing[of].value)
            logo_now = logo_in(row.field, standing[of].value)
        elif of in files:
            now, source = files[of].text, files[of].source
        logo = logo_in(row.field, row.value)
        part.fields.append(ShownField(row, label_of(row), said, now, source, logo, logo_now))
    return list(found.values())


def logo_in(name: str, value: Any) -> Logo | None:
    """The picture where the field is one and its file is kept."""
    return inline(value) if name == Statement.Field.LOGO and value is not None else None


def label_of(row: SubmittedField) -> str:
    return str(stating.FIELDS[row.field].label)


def name_of(row: SubmittedField) -> str:
    """The field and what it is of, where it stands alone."""
    return f"{label_of(row)} ({program_in_words(row.program_key)})" if row.program_key else label_of(row)


def program_in_words(key: str) -> str:
    """`51.0713.21` as people say it; the empty key is the school."""
    if not key:
        return "The school"
    cip, _, level = key.rpartition(".")
    known = AWARD_LEVELS.get(int(level))
    return f"{cip_title(cip)}, {known.name.lower() if known else f'award level {level}'}"


def in_words(name: str, value: Any) -> str:
    return stating.FIELDS[name].in_words(value)
