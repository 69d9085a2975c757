"""What is held in memory follows every change: it equals what is read anew."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from listings import samples, versions
from listings.index import current
from listings.index.answer import Answer
from listings.index.index import ListingIndex
from listings.loading import expire_due
from listings.models import DataVersion, DirectoryRow, ListingStamp, Program, ReportedRow, School, Statement
from listings.statements import state, withdraw
from listings.wanted import Wanted
from tests.build import make_credential, make_school
from tests.listings.list.test_matching_twin import CREDENTIALS, build, random_program
from tests.listings.reading import names
from tests.proof import count

pytestmark = pytest.mark.django_db

SORTS = ("order", "name", "tuition", "length", "awards")


def asked(chance: random.Random) -> Wanted:
    """A few random choices."""
    keys: dict[str, Any] = {
        "state": ("OH",),
        "delivery": ("online", "hybrid"),
        "award": ("associate",),
        "field": ("billing-coding",),
        "credential": ("cpc",),
        "control": ("public",),
        "max_tuition": 5000,
        "max_months": 12,
    }
    kept = {key: value for key, value in keys.items() if chance.random() < 0.3}
    return Wanted(**kept, include_unknown=chance.random() < 0.5)


def told(index: ListingIndex, wanted: Wanted) -> Any:
    answer = Answer(index, wanted)
    return answer.counts, answer.facets, [answer.keys(sort, 0, 1000) for sort in SORTS]


def same_as_anew(chance: random.Random) -> None:
    held = current.answer(Wanted()).index
    assert held.stamp is not None
    anew = current.built(held.stamp)
    for _ in range(3):
        wanted = asked(chance)
        assert told(held, wanted) == told(anew, wanted), wanted


def change(chance: random.Random) -> None:
    """States or withdraws something, or adds a school."""
    program = chance.choice(list(Program.objects.order_by("pk")))
    said = [
        (Statement.Field.DELIVERY, chance.sample(["campus", "online", "hybrid"], 2)),
        (Statement.Field.CREDENTIALS, chance.sample(CREDENTIALS, chance.randint(0, 2))),
        (Statement.Field.TUITION, {"amount": chance.choice([900, 5000]), "year": timezone.now().year}),
        (Statement.Field.MONTHS, chance.choice([3, 12, 30])),
    ]
    what = chance.random()
    if what < 0.1:
        make_school(f"New {chance.random()}", programs=[random_program(chance)])
    elif what < 0.3 and (current := Statement.objects.filter(replaced_at=None).order_by("pk").last()):
        withdraw(current)
    else:
        field, value = chance.choice(said)
        about = program if chance.random() < 0.7 else None
        state(school=program.school, program=about, field=field, value=value, by=Statement.By.SCHOOL)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_after_any_change_it_equals_what_is_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """In transactions as on a site: in a single one the tables of so many rebuilds would pile up."""
    chance = random.Random(5107)
    for code in CREDENTIALS:
        make_credential(code.upper())
    build(chance)
    same_as_anew(chance)
    patched: list[int] = []
    patch = current.patched

    def watched(held: ListingIndex, number: int, stamp: Any) -> ListingIndex:
        patched.append(number)
        return patch(held, number, stamp)

    monkeypatch.setattr(current, "patched", watched)
    changes = count(300)
    for _ in range(changes):
        for _again in range(chance.choice([1, 1, 3])):
            change(chance)
        same_as_anew(chance)
    assert len(patched) == changes


def test_a_statement_that_runs_out_leaves(client: Client) -> None:
    school = make_school("Online College")
    later = timezone.now() + timedelta(days=30)
    state(school=school, program=None, field="delivery", value=["online"], by="school", valid_until=later)
    assert names(client, "?delivery=online&include_unknown=0") == ["Online College"]
    expire_due(at=later + timedelta(minutes=1))
    assert names(client, "?delivery=online&include_unknown=0") == []
    same_as_anew(random.Random(1))


def test_switching_there_and_back(client: Client) -> None:
    moved = make_school("Moved College", state="OH")
    make_school("Lapsed College", programs=[{}, {"cip": "51.0714"}])
    assert set(names(client, "?state=OH")) == {"Moved College", "Lapsed College"}
    before = told(current.answer(Wanted()).index, Wanted(field=("billing-coding",)))
    file = DirectoryRow.objects.get(school=moved).file
    DataVersion.objects.create(number=2, year=2024, base=1, loaded_at=timezone.now())
    DirectoryRow.objects.filter(school=moved).update(until=2)
    DirectoryRow.objects.create(
        school=moved, file=file, year=2024, since=2, name="Moved College", state="TX", control="public"
    )
    ReportedRow.objects.filter(program__school__name="Lapsed College").update(until=2)
    versions.switch(2)
    assert names(client) == ["Moved College"]
    assert names(client, "?state=OH") == []
    same_as_anew(random.Random(2))
    versions.switch(1)
    assert set(names(client, "?state=OH")) == {"Moved College", "Lapsed College"}
    assert told(current.answer(Wanted()).index, Wanted(field=("billing-coding",))) == before
    same_as_anew(random.Random(3))


def test_schools_that_are_removed_leave(client: Client) -> None:
    make_credential("CPC")
    samples.add_schools()
    assert current.answer(Wanted()).counts.listed == School.objects.listed().count() > 100
    same_as_anew(random.Random(4))
    samples.remove()
    assert names(client) == []


def test_a_page_that_nothing_changed_for_reads_the_stamp_alone(django_assert_num_queries: Any) -> None:
    make_school()
    current.answer(Wanted())
    with django_assert_num_queries(1):
        held = current.answer(Wanted()).index
    assert held.stamp == ListingStamp.objects.read()
