"""Any sequence of sending, answering, deciding, withdrawing, stating and loading keeps every promise.

What is stated, listed, filtered, counted and shown is compared with a plain reading of what happened.
"""

import random
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from listings import stating
from listings.models import (
    Letter,
    ListingRow,
    Program,
    School,
    Statement,
    Submission,
    SubmissionEvent,
    SubmittedField,
)
from listings.statements import state, withdraw
from listings.submissions import deciding
from listings.submissions.deciding import DecidedMeanwhile, Decision, answer, decide
from listings.submissions.sending import Entry, Parcel, Sender, send
from tests.build import make_credential
from tests.listings.facets.test_numbers_twin import differing
from tests.listings.imports import federal
from tests.listings.list.twin import Choice, Spec, expected
from tests.listings.reading import get, parts
from tests.listings.submissions.sent import make_mailbox, make_moderator
from tests.proof import count

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SEQUENCES = 25  # in each world
STEPS = 5
UNITIDS = (100_001, 100_002, 100_003)
KEYS = ("51.0713.21", "51.0714.21", "51.0713.3")
OF_LISTS = ("delivery", "credentials", "tuition", "months")
WAITING, ACCEPTED, RETURNED, WITHDRAWN = "waiting", "accepted", "returned", "withdrawn"
# What may become of a field between two looks, beside nothing.
MOVES = {(WAITING, ACCEPTED), (WAITING, RETURNED), (WAITING, WITHDRAWN), (RETURNED, WAITING)}
MOVES |= {(RETURNED, WITHDRAWN)}
ADDRESS = {"street": "2 High St", "city": "Columbus", "state": "OH", "zip": "43004"}

Stated = dict[tuple[int, str, str], Any]


def replay(happened: list[tuple[int, str, str, Any]]) -> Stated:
    """What stands, by reading all that was accepted or stated from the first on; None takes back."""
    stands: Stated = {}
    for school, key, field, value in happened:
        stands.pop((school, key, field), None)
        if value is not None:
            stands[school, key, field] = value
    return stands


class World:
    """The site, and beside it the plain account of what was done to it."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.chance, self.folder, self.client = random.Random(seed), folder, Client()
        for code in ("CPC", "CCS"):
            make_credential(code)
        self.by, self.mailbox = make_moderator(), make_mailbox()
        self.happened: list[tuple[int, str, str, Any]] = []
        self.sent: dict[int, dict[int, tuple[str, str, Any]]] = {}
        self.letters: set[str] = set()
        self.fields: dict[int, str] = {}
        self.reported: list[set[tuple[int, str]]] = []
        self.version = self.number = 0
        self.load()

    # What may happen.

    def value(self, field: str) -> Any:
        pick = self.chance.choice
        return {
            "delivery": pick([["campus"], ["online"], ["campus", "online"]]),
            "credentials": pick([[], ["cpc"], ["ccs", "cpc"]]),
            "tuition": {"amount": pick([900, 4500, 12000]), "year": timezone.now().year},
            "months": pick([3, 9, 24]),
            "aid": pick([["federal"], ["none"], ["state", "veterans"]]),
            "prerequisites": pick(["A diploma.", "A diploma & <b>typing</b>."]),
            "phone": pick(["6145550123", "6145550199"]),
        }[field]

    def entries(self) -> tuple[Entry, ...]:
        fields = [*OF_LISTS, "aid", "prerequisites"]
        chosen = {(self.chance.choice(KEYS), self.chance.choice(fields)) for _ in range(4)}
        if self.chance.random() < 0.3:
            chosen.add(("", "phone"))
        return tuple(
            Entry(key, field, None if self.chance.random() < 0.15 else self.value(field))
            for key, field in sorted(chosen)
        )

    def send(self) -> Submission:
        self.number += 1
        is_new = self.chance.random() < 0.1
        school = None if is_new else self.chance.choice(list(School.objects.order_by("pk")))
        given = self.entries()
        if is_new:
            given += (Entry("", "name", f"Institute {self.number}"), Entry("", "address", ADDRESS))
        kind = Submission.Kind.NEW_SCHOOL if is_new else Submission.Kind.UPDATE
        parcel = Parcel(kind=kind, school=school, entries=given)
        made = send(parcel, Sender(self.mailbox, f"network {self.number}", is_proven=True))
        if self.chance.random() < 0.2:
            assert send(parcel, Sender(self.mailbox, "another", is_proven=True)).pk == made.pk
        told = {(entry.program_key, entry.field): entry.value for entry in given}
        rows = made.fields.all()
        self.sent[made.pk] = {
            row.pk: (row.program_key, row.field, told[row.program_key, row.field]) for row in rows
        }
        self.letters.add(f"submission:{made.pk}:received")
        return made

    def decide(self, sent: Submission) -> None:
        waiting = list(sent.fields.filter(state=WAITING))
        if not waiting:
            return
        accept = {row.pk for row in waiting if self.chance.random() < 0.6}
        back = {
            row.pk: f"Why {row}?" for row in waiting if row.pk not in accept and self.chance.random() < 0.6
        }
        if sent.school is None:
            accept |= {row.pk for row in waiting if row.field in deciding.OPENING} if accept else set()
            back = {pk: why for pk, why in back.items() if pk not in accept}
        if not accept and not back:
            return
        decide(sent, Decision(sent.version, frozenset(accept), back), by=self.by)
        self.letters.add(f"submission:{sent.pk}:decided:{sent.version}")
        for pk, (key, field, value) in self.sent[sent.pk].items():
            if pk in accept:
                self.happened.append((sent.school_id or 0, key, field, value))

    def decide_late(self, sent: Submission) -> None:
        """On a version that is not the present one any more."""
        some = frozenset(self.sent[sent.pk])
        with pytest.raises(DecidedMeanwhile):
            decide(sent, Decision(sent.version - 1, some), by=self.by)

    def answer(self, sent: Submission) -> None:
        returned = list(sent.fields.filter(state=RETURNED))
        if returned:
            answer(sent, version=sent.version, answers={self.chance.choice(returned).pk: "Because."})

    def withdraw(self, sent: Submission) -> None:
        deciding.withdraw(sent)

    def state(self, _sent: Submission) -> None:
        """An editor's own statement."""
        program = self.chance.choice(list(Program.objects.order_by("pk")))
        field = self.chance.choice([*OF_LISTS, "aid"])
        value = self.value(field)
        state(school=program.school, program=program, field=field, value=value, by="editor", editor=self.by)
        self.happened.append((program.school_id, program.key, field, value))

    def end(self, _sent: Submission) -> None:
        """An editor withdraws what is stated, but not what a new school is opened by."""
        current = Statement.objects.filter(replaced_at=None).exclude(field__in=deciding.OPENING)
        if rows := list(current.select_related("program").order_by("pk")):
            row = self.chance.choice(rows)
            withdraw(row)
            self.happened.append((row.school_id, row.program.key if row.program else "", row.field, None))

    def load(self, _sent: Submission | None = None) -> None:
        """The next federal year, in which a school's second program may come or go."""
        newest = len(self.reported)
        if self.version != newest:
            self.switch(to=newest)
        taught = [(unitid, KEYS[0]) for unitid in UNITIDS]
        taught += [(unitid, KEYS[1]) for unitid in UNITIDS if self.chance.random() < 0.5]
        rows = [federal.program(unitid, key[:7], key[8:]) for unitid, key in taught]
        year = federal.Year(self.folder, 2023 + newest, map(federal.school, UNITIDS), rows)
        assert year.load("--accept-loss", "100")["outcome"] == "switched"
        ids = dict(School.objects.exclude(unitid=None).values_list("unitid", "pk"))
        self.reported.append({(ids[unitid], key) for unitid, key in taught})
        self.version = newest + 1

    def switch(self, _sent: Submission | None = None, to: int = 0) -> None:
        self.version = to or self.chance.randint(1, len(self.reported))
        call_command("data_versions", "switch", str(self.version))

    # What must hold.

    def listed(self) -> dict[tuple[int, str], dict[str, Any]]:
        """By school and program what the lists read: it is reported, or no year ever did and it is stated."""
        stands = replay(self.happened)
        reported = self.reported[self.version - 1]
        ever = set().union(*self.reported[: self.version])
        stated = {(school, key) for school, key, _ in stands if key}
        return {
            program: {field: stands[*program, field] for field in OF_LISTS if (*program, field) in stands}
            for program in reported | (stated - ever)
        }

    def specs(self) -> list[Spec]:
        """As the twins of list and facets read schools."""
        schools = {school.pk: school for school in School.objects.all()}
        found: dict[int, Spec] = {}
        for (school, key), said in self.listed().items():
            row = schools[school]
            spec = {
                "name": row.name,
                "state": "OH",
                "control": "public" if row.unitid else "",
                "programs": [],
            }
            spec |= {"rank_key": bytes(row.rank_key), "name_key": bytes(row.name_key)}
            money = {"tuition": said["tuition"]["amount"]} if "tuition" in said else {}
            program = {"cip": key[:7], "award_level": int(key[8:]), **said, **money}
            found.setdefault(school, spec)["programs"].append(program)
        return list(found.values())

    def check(self, sent: Submission) -> None:
        rows = Statement.objects.filter(replaced_at=None).select_related("program")
        stands = {
            (row.school_id, row.program.key if row.program else "", row.field): row.value for row in rows
        }
        assert stands == replay(self.happened)
        self.check_rows()
        self.check_fields()
        versions = SubmissionEvent.objects.filter(submission=sent).values_list("version", flat=True)
        assert list(versions) == list(range(1, sent.version + 1))
        assert set(Letter.objects.values_list("event", flat=True)) == self.letters

    def check_rows(self) -> None:
        rows = ListingRow.objects.select_related("program").prefetch_related("credentials")
        held = {(row.school_id, row.program.key): _told(row) for row in rows}
        assert held == {program: _must(said) for program, said in self.listed().items()}

    def check_fields(self) -> None:
        now = dict(SubmittedField.objects.values_list("pk", "state"))
        moved = {(self.fields.get(pk, WAITING), where) for pk, where in now.items()}
        assert {(before, after) for before, after in moved if before != after} <= MOVES
        self.fields = now
        for each in Submission.objects.prefetch_related("fields"):
            states = {row.state for row in each.fields.all()}
            if WAITING in states:
                must = "waiting"
            elif RETURNED in states:
                must = "returned"
            else:
                must = "withdrawn" if states == {WITHDRAWN} else "done"
            assert each.state == must

    def check_pages(self) -> None:
        """List, search, facets, API and pages tell the same."""
        specs = self.specs()
        for choice in self.choices():
            query = urlencode(choice, doseq=True)
            stated, unsaid = parts(get(self.client, f"?{query}&sort=name"))
            assert (stated, unsaid) == expected(specs, choice, "name", include_unknown=True), query
            told = self.client.get(f"/api/v1/facets/?{query}").json()
            assert differing(specs, choice, told, include_unknown=True) == [], query
            listed = self.client.get(f"/api/v1/schools/?{query}&per_page=100").json()
            assert {each["name"] for each in listed["results"]} == {*stated, *unsaid}
        for school in School.objects.filter(name__in=[spec["name"] for spec in specs]):
            assert school.name in [*parts(get(self.client, f"?{urlencode({'q': school.name})}"))[0]]
            self.check_school(school)

    def check_school(self, school: School) -> None:
        html = self.client.get(school.get_absolute_url()).content.decode()
        for (of, key, field), value in replay(self.happened).items():
            if of == school.pk and (of, key) in self.listed():
                assert escape(stating.FIELDS[field].in_words(value)) in html, (key, field)

    def choices(self) -> Iterator[Choice]:
        keys = {"delivery": ["online"], "credential": ["cpc"], "max_tuition": ["5000"], "max_months": ["9"]}
        for _ in range(2):
            yield {key: value for key, value in keys.items() if self.chance.random() < 0.4}


def _told(row: ListingRow) -> tuple[Any, ...]:
    credentials = sorted(each.credential for each in row.credentials.all())
    return row.tuition, row.months, row.delivery, credentials if row.credentials_stated else None


def _must(said: dict[str, Any]) -> tuple[Any, ...]:
    bits = {"campus": ListingRow.ON_CAMPUS, "online": ListingRow.ONLINE}
    tuition = said["tuition"]["amount"] if "tuition" in said else None
    delivery = sum(bits[way] for way in said["delivery"]) if "delivery" in said else None
    return tuition, said.get("months"), delivery, said.get("credentials")


@pytest.mark.parametrize("seed", range(count(1000) // SEQUENCES))
def test_every_promise_holds_after_every_step(tmp_path: Path, settings: Any, seed: int) -> None:
    settings.API_RATE = (1_000_000, 60)
    world = World(seed, tmp_path)
    often = [world.decide] * 4 + [world.answer] * 3 + [world.state] * 2
    seldom = [world.withdraw, world.end, world.decide_late, world.switch, world.load]
    for number in range(SEQUENCES):
        sent = world.send()
        world.check(sent)
        for _ in range(STEPS):
            step = world.chance.choice([*often, *seldom])
            step(sent)
            world.check(sent)
        if number % 5 == 0:
            world.check_pages()
    assert Submission.objects.count() == len(world.sent)
