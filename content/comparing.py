"""Revisions compared: two of them side by side, and an editor's text beside what was saved meanwhile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from content.facts import Box, boxes_of
from content.lib.wording import Row, side_by_side
from content.models import Credential, Revision, Specialty

TEXTS: Final = {
    "title": "Title",
    "summary": "Summary",
    "lead": "Lead",
    "body": "Body",
    "disclosures": "Disclosures",
    "change_note": "Change note",
}
MARKS: Final = {"credentials": "Credentials", "specialties": "Specialties"}


@dataclass(frozen=True)
class Compared:
    """One field of two texts."""

    label: str
    rows: list[Row]

    @property
    def is_same(self) -> bool:
        return all(row.is_same for row in self.rows)


def compare(left: Revision, right: Revision) -> list[Compared]:
    """Every field of two revisions, the facts included."""
    old, new = _said(left), _said(right)
    return [Compared(label, side_by_side(old[label], new[label])) for label in old]


def _said(revision: Revision) -> dict[str, str]:
    said = {label: getattr(revision, name).replace("\r\n", "\n") for name, label in TEXTS.items()}
    said["Facts"] = facts_said(boxes_of(revision))
    said["Credentials"] = _named(revision.credentials.all())
    said["Specialties"] = _named(revision.specialties.all())
    return said


def _named(marks: Iterable[Credential | Specialty]) -> str:
    return "\n".join(sorted(str(mark) for mark in marks))


def facts_said(boxes: Iterable[Box]) -> str:
    """Facts boxes as lines of text, as readers find them."""
    lines = []
    for box in boxes:
        lines.append(box.title)
        for line in box.lines:
            sources = ", ".join(source.publisher for source in line.sources)
            notes = "; ".join(note for note in (line.period, line.qualifier, sources) if note)
            lines.append(f"{line.label}: {', '.join(line.items)}" + (f" ({notes})" if notes else ""))
    return "\n".join(lines)


def differences(stored: Revision, state: Mapping[str, Any]) -> list[Compared]:
    """The fields in which a state, as `state_of` gives it, differs from what is stored."""
    before = state_of(stored)
    return [
        Compared(label, side_by_side(_shown(name, before[name]), _shown(name, state[name])))
        for name, label in (TEXTS | MARKS).items()
        if state[name] != before[name]
    ]


@dataclass(frozen=True)
class Clash:
    """A field that both changed: what it was, what the other saved, what this editor wrote."""

    label: str
    theirs: list[Row]
    mine: list[Row]


@dataclass(frozen=True)
class Meanwhile:
    """What another save did to a draft that an editor had open.

    `merged` is what the form shows now; `needs_a_look` where it would change what the other saved.
    """

    stored: Revision
    clashes: list[Clash]
    taken: list[str]
    merged: Mapping[str, Any]
    needs_a_look: bool


def meanwhile(stored: Revision, base: int, mine: Mapping[str, Any]) -> Meanwhile | None:
    """Compares three texts; None where nobody saved since `base`, or no text of that number is known.

    `mine` holds the sent texts and, for marks, sets of primary keys. A field that this editor left alone
    takes what the other saved; a field that both changed keeps this editor's own words.
    """
    began = Revision.objects.filter(article=stored.article_id, number=base).first()
    if base == stored.number or began is None:
        return None
    before, theirs = state_of(began), state_of(stored)
    clashes, taken, merged = [], [], dict(theirs)
    for name, label in (TEXTS | MARKS).items():
        own = mine[name]
        if own in (before[name], theirs[name]):
            taken += [label] if theirs[name] != before[name] else []
            continue
        merged[name] = own
        if theirs[name] != before[name]:
            old, other, new = (_shown(name, state[name]) for state in (before, theirs, mine))
            clashes.append(Clash(label, side_by_side(old, other), side_by_side(old, new)))
    look = theirs not in (before, merged)
    return Meanwhile(stored, clashes, taken, merged, look)


def state_of(revision: Revision) -> dict[str, Any]:
    """A revision's texts as a form sends them, its marks as sets of primary keys."""
    texts = {name: normal(getattr(revision, name)) for name in TEXTS}
    return texts | {name: set(getattr(revision, name).values_list("pk", flat=True)) for name in MARKS}


def normal(text: str) -> str:
    """As a form cleans it: its own line ends, nothing around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _shown(name: str, value: Any) -> str:
    if name not in MARKS:
        return str(value)
    model: type[Credential | Specialty] = Credential if name == "credentials" else Specialty
    return _named(model.objects.filter(pk__in=value))
