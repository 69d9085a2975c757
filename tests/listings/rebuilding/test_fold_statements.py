"""What is stated of a program or its school becomes what filters, cards and the order read."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Max

from listings import loading, rebuilding, versions
from listings.loading import expire_due, expired, rebuild_listing
from listings.models import DataVersion, ListingRow, Program, School, Statement
from listings.ordering import name_key, rank_key
from tests.build import make_credential, make_program, make_school, make_statement

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 12, 15, tzinfo=UTC)
DAY = timedelta(days=1)


def state(program: Program, field: str, value: Any, *, at: datetime = AT, **columns: Any) -> Statement:
    """States a field and rebuilds the school, as accepting a statement does."""
    statement = make_statement(program, field, value, **columns)
    rebuild_listing(1, [program.school_id], at=at)
    return statement


def row(program: Program) -> ListingRow:
    return ListingRow.objects.get(pk=program.pk)


@pytest.fixture
def program() -> Program:
    return make_school(programs=[{"awards": 40}]).programs.get()


def test_nothing_stated_is_not_collected(program: Program) -> None:
    found = row(program)
    assert (found.delivery, found.tuition, found.tuition_year, found.months) == (None, None, None, None)
    assert found.credentials_stated is False
    assert not found.credentials.exists()


def test_each_field_is_folded(program: Program) -> None:
    make_credential("CPC")
    state(program, "delivery", ["online", "hybrid"])
    state(program, "tuition", {"amount": 4200, "year": 2025})
    state(program, "months", 9)
    state(program, "credentials", ["cpc", "cca"])
    found = row(program)
    assert found.delivery == ListingRow.ONLINE + ListingRow.HYBRID
    assert (found.tuition, found.tuition_year, found.months) == (4200, 2025, 9)
    assert sorted(found.credentials.values_list("credential", flat=True)) == ["cca", "cpc"]
    school = School.objects.get()
    assert school.text.endswith("\ncca\nCPC Certified CPC")


def test_to_prepare_for_no_credential_is_a_statement(program: Program) -> None:
    state(program, "credentials", [])
    assert row(program).credentials_stated is True
    assert not row(program).credentials.exists()


def test_a_statement_about_the_school_holds_for_each_program_without_its_own(program: Program) -> None:
    other = make_program(program.school, "51.0714", 2)
    Statement.objects.create(school=program.school, field="delivery", value=["online"])
    state(program, "delivery", ["campus"])
    assert row(program).delivery == ListingRow.ON_CAMPUS
    assert row(other).delivery == ListingRow.ONLINE


def test_a_replaced_statement_counts_no_more(program: Program) -> None:
    first = state(program, "months", 9)
    Statement.objects.filter(pk=first.pk).update(replaced_at=AT)
    state(program, "months", 12)
    assert row(program).months == 12


def test_a_statement_ends_with_its_last_day(program: Program) -> None:
    state(program, "months", 9, valid_until=AT + DAY)
    assert row(program).months == 9
    assert expired(AT) == []
    assert expire_due(AT) == {"schools": 0}
    assert expired(AT + DAY) == [program.school_id]
    assert expire_due(AT + DAY) == {"schools": 1}
    assert row(program).months is None
    assert expire_due(AT + DAY) == {"schools": 0}


def test_a_tuition_counts_for_three_years(program: Program) -> None:
    state(program, "tuition", {"amount": 4200, "year": 2023})
    assert row(program).tuition == 4200
    last = datetime(2026, 12, 31, 12, tzinfo=UTC)
    assert expire_due(last) == {"schools": 0}
    assert expire_due(last + DAY) == {"schools": 1}
    assert (row(program).tuition, row(program).tuition_year) == (None, None)
    assert expire_due(last + DAY) == {"schools": 0}
    assert Statement.objects.filter(replaced_at=None).count() == 1


def test_a_poll_that_finds_nothing_writes_nothing(
    program: Program, django_assert_max_num_queries: Any
) -> None:
    changed = School.objects.get().changed_at
    with django_assert_max_num_queries(3) as queries:
        assert expire_due(AT) == {"schools": 0}
    assert not [query for query in queries if not query["sql"].startswith("SELECT")]
    assert School.objects.get().changed_at == changed


def test_without_a_version_nothing_expires() -> None:
    assert expire_due(AT) == {"schools": 0}


def test_the_school_is_told_to_have_changed(program: Program) -> None:
    state(program, "months", 9)
    assert School.objects.get().changed_at == AT
    assert rebuild_listing(1, at=AT + DAY) == 0
    assert School.objects.get().changed_at == AT


def test_only_schools_that_differ_are_touched(program: Program) -> None:
    make_school("Elsewhere College")
    make_statement(program, "months", 9)
    assert rebuild_listing(1, at=AT) == 1
    assert list(School.objects.filter(changed_at=AT)) == [program.school]


def test_the_order_of_a_school_is_computed_from_its_nearest_group(program: Program) -> None:
    make_program(program.school, "51.0714", 2, awards=3)
    make_program(program.school, "51.0706", 3, awards=900)
    make_statement(program, "months", 9)
    state(program, "delivery", ["online"])
    school = School.objects.get()
    expected = {"completeness": 2, "confirmed": True, "name": school.name, "school_id": school.pk}
    groups = {"billing-coding", "health-records"}
    assert bytes(school.rank_key) == rank_key(groups=groups, awards=43, **expected)
    assert bytes(school.name_key) == name_key(school.name, school.pk)
    assert bytes(row(program).rank_key) == rank_key(groups=["billing-coding"], awards=40, **expected)


def test_an_editors_statement_confirms_nothing(program: Program) -> None:
    state(program, "months", 9, by=Statement.By.EDITOR)
    school = School.objects.get()
    assert bytes(school.rank_key) == rank_key(
        groups=["billing-coding"],
        completeness=3,
        confirmed=False,
        awards=40,
        name=school.name,
        school_id=school.pk,
    )


def test_a_school_outside_ipeds_is_listed_with_all_its_programs() -> None:
    version = DataVersion.objects.create(number=1, year=2023, loaded_at=AT, is_current=True)
    school = School.objects.create(slug="by-itself", name="By Itself", city="Dayton", state="OH")
    program = Program.objects.create(school=school, cip="51.0713", award_level=21)
    make_statement(program, "months", 9)
    rebuild_listing(version.number, [school.pk], at=AT)
    found = row(program)
    assert (found.state, found.awards, found.months) == ("OH", None, 9)
    school.refresh_from_db()
    assert (school.status, school.name, school.city) == ("listed", "By Itself", "Dayton")
    assert bytes(school.rank_key)


def test_a_closed_school_leaves_the_list_and_keeps_its_statements(program: Program) -> None:
    state(program, "months", 9)
    program.school.directory_rows.update(closed_at="06/30/2023")
    rebuild_listing(1, [program.school_id], at=AT)
    assert not ListingRow.objects.exists()
    assert Statement.objects.exists()
    assert School.objects.get().text == "Ohio"


def test_a_statement_accepted_while_a_switch_is_prepared_is_not_lost(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = rebuilding.prepare

    def slow(*arguments: Any, **more: Any) -> rebuilding.Changes:
        prepared = real(*arguments, **more)
        monkeypatch.setattr(rebuilding, "prepare", real)
        # As another process leaves it that accepts a statement in this moment.
        make_statement(program, "months", 9)
        School.objects.filter(pk=program.school_id).update(changed_at=AT + DAY)
        return prepared

    monkeypatch.setattr(rebuilding, "prepare", slow)
    versions.switch(1, at=AT)
    assert row(program).months == 9


def test_the_database_has_a_clock() -> None:
    now = rebuilding.database_now()
    assert abs(now - datetime.now(tz=UTC)) < timedelta(minutes=1)
    assert Statement.objects.aggregate(newest=Max("stated_at"))["newest"] is None
    assert loading.expired() == []
