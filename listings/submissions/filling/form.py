"""All fields that a school fills in, of itself and of its programs, and what of them is to be sent."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from content.models import Credential
from listings.fields import AWARD_LEVELS, CIP_TITLES, cip_title, group_of
from listings.models import Program, School, Statement
from listings.stating import PROGRAM_FIELDS, SCHOOL_FIELDS, StatedField
from listings.stating.parts import credentials_at_hand
from listings.submissions.federal import FederalValue, federal
from listings.submissions.filling.inputs import Given, answer
from listings.submissions.filling.slots import Slot
from listings.submissions.sending import Entry, stated

OF_SCHOOL: Final = "s"
MOST_ADDED: Final = 40
LEVELS: Final = {str(code): level for code, level in AWARD_LEVELS.items()}
# Without them a school outside IPEDS has no place.
IDENTITY: Final = ("name", "address")
KEPT: Final = frozenset({"added", "note", "another"})
OWN: Final = re.compile(r"(s|p[0-9.]{9,10}|n[0-9]{1,2})-[a-z_-]{1,40}")


@dataclass
class Part:
    """A program in the form; one that is added has its field and award to choose, and no key before that."""

    prefix: str
    slots: list[Slot]
    cip: str = ""
    award_level: str = ""
    is_added: bool = False
    error: str = ""

    @property
    def title(self) -> str:
        return cip_title(self.cip) if self.cip in CIP_TITLES else ""

    @property
    def award(self) -> str:
        return LEVELS[self.award_level].name if self.award_level in LEVELS else ""

    @property
    def key(self) -> str:
        return f"{self.cip}.{self.award_level}" if self.title and self.award else ""

    @property
    def is_filled(self) -> bool:
        return any(value.strip() for slot in self.slots for values in slot.given.values() for value in values)

    @property
    def has_error(self) -> bool:
        return bool(self.error) or any(slot.error for slot in self.slots)


@dataclass(frozen=True)
class Fault:
    """A mistake, and the control that it is mended in."""

    id: str
    where: str
    said: str


@dataclass
class Filling:
    """`typed` is what a browser sent, None before that. `of_school` are the school's own fields in it.

    `only` narrows the programs to one by its key and, with `one_field`, to one field of it or of the school.
    `refused` says of pictures, by the ids of their fields, why they were not kept.
    """

    school: School | None
    typed: Given | None = None
    of_school: Collection[str] = tuple(SCHOOL_FIELDS)
    only: str | None = None
    one_field: str = ""
    refused: Mapping[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @cached_property
    def _stated(self) -> dict[tuple[str, str], Statement]:
        return stated(self.school)

    @cached_property
    def _federal(self) -> dict[tuple[str, str], FederalValue]:
        return federal(self.school)

    @cached_property
    def credentials(self) -> dict[str, str]:
        names = Credential.objects.select_related("body").order_by("body__acronym", "slug")
        return {each.slug: f"{each.code}: {each.name}" if each.code else each.name for each in names}

    @cached_property
    def slots(self) -> list[Slot]:
        """Of the school itself."""
        wanted = [name for name in SCHOOL_FIELDS if name in self.of_school]
        return [self._slot(OF_SCHOOL, "", SCHOOL_FIELDS[name]) for name in wanted]

    @cached_property
    def parts(self) -> list[Part]:
        """The school's programs, the nearest field first, then those that are added."""
        known: list[Program] = sorted(self.school.programs.all(), key=_place) if self.school else []
        chosen = [program for program in known if self.only in {None, program.key}]
        return [self._known(program) for program in chosen] + [self._new(n) for n in range(self.added)]

    @property
    def added(self) -> int:
        """How many programs the form has that are new; a new school's form begins with one."""
        least = 0 if self.school else 1
        if self.only is not None:
            return 0
        said = answer(self.typed or {}, "added")
        return max(least, min(int(said), MOST_ADDED)) if said.isdecimal() and len(said) < 4 else least

    def _known(self, program: Program) -> Part:
        prefix = f"p{program.key}"
        return Part(prefix, self._of_program(prefix, program.key), program.cip, str(program.award_level))

    def _new(self, number: int) -> Part:
        prefix, typed = f"n{number}", self.typed or {}
        made = Part(
            prefix, [], answer(typed, f"{prefix}-cip"), answer(typed, f"{prefix}-level"), is_added=True
        )
        made.slots = self._of_program(prefix, made.key)
        return made

    def _of_program(self, prefix: str, key: str) -> list[Slot]:
        fields = [PROGRAM_FIELDS[self.one_field]] if self.one_field else PROGRAM_FIELDS.values()
        return [self._slot(prefix, key, each) for each in fields]

    def _slot(self, prefix: str, key: str, kind: StatedField) -> Slot:
        outside = self.school is None or self.school.unitid is None
        return Slot(
            prefix,
            key,
            kind,
            own=self._stated.get((key, kind.name)),
            wide=self._stated.get(("", kind.name)) if key else None,
            federal=self._federal.get((key, kind.name)),
            typed=self.typed,
            listing=self.credentials if kind.name in {"credentials", "voucher", "pass_rate"} else {},
            is_alone=bool(self.one_field),
            error=self.refused.get(f"{prefix}-{kind.name}", ""),
            faulty=f"{prefix}-{kind.name}" if self.refused else "",
            is_required=outside and not key and prefix == OF_SCHOOL and kind.name in IDENTITY,
        )

    @credentials_at_hand()
    def entries(self) -> tuple[Entry, ...]:
        """What differs from what stands. Mistakes are in `faults` and beside their controls."""
        self.faults = []
        found = [entry for slot in self.slots if (entry := self._entry(slot, ""))]
        seen: set[str] = {part.key for part in self.parts if not part.is_added}
        for part in self.parts:
            if part.is_added and not part.key and not part.is_filled:
                continue
            self._check(part, seen)
            where = "" if self.one_field else part.title or "Added program"
            found += [entry for slot in part.slots if (entry := self._entry(slot, where))]
        if self.school is None and not self.faults and not any(entry.program_key for entry in found):
            said = "Name one program of the school, with at least one thing of it."
            self.faults.append(Fault(f"{self.parts[0].prefix}-cip", "Its programs", said))
        return tuple(found)

    def _entry(self, slot: Slot, where: str) -> Entry | None:
        entry = slot.entry()
        if slot.error:
            label = f"{where}: {slot.kind.label}" if where else slot.kind.label
            self.faults.append(Fault(slot.faulty, label, slot.error))
        return entry

    def _check(self, part: Part, seen: set[str]) -> None:
        """An added program is named, is not there already, and says something."""
        if not part.is_added:
            return
        at = "cip"
        if not part.title:
            part.error = "Choose what the program is about."
        elif not part.award:
            part.error, at = "Choose what students get in the end.", "level"
        elif part.key in seen:
            part.error = "This program is there already. Fill it in where it stands."
        elif not part.is_filled:
            part.error = "Say at least one thing of this program, such as how it is taught."
            self.faults.append(Fault(part.slots[0].id, part.title, part.error))
            return
        seen.add(part.key)
        if part.error:
            self.faults.append(Fault(f"{part.prefix}-{at}", part.title or "Added program", part.error))

    def say_refused(self) -> None:
        """The faults are the pictures alone, for a form that is not judged yet."""
        slots = [slot for slot in self.slots if slot.id in self.refused]
        self.faults = [Fault(slot.id, slot.kind.label, slot.error) for slot in slots]

    def carried(self) -> Iterator[tuple[str, str]]:
        """Everything that was typed, as a form that shows none of it carries it on."""
        for name, values in (self.typed or {}).items():
            for value in values:
                yield name, value


def kept(sent: Any) -> dict[str, list[str]]:
    """What of a sent form a school filled in; its machinery is left out."""
    return {
        name: [value.replace("\0", "") for value in values]
        for name, values in sent.lists()
        if name in KEPT or OWN.fullmatch(name)
    }


def _place(program: Program) -> tuple[int, str, int]:
    """As on the school's page: the nearest field first, of one field the shorter award."""
    return group_of(program.cip).place, program.cip, list(AWARD_LEVELS).index(program.award_level)
