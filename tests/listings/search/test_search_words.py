"""A reader searches schools by words."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client

from listings.models import SCHOOL_TEXT, School
from tests.build import make_school
from tests.listings.reading import names

pytestmark = pytest.mark.django_db


@pytest.fixture
def schools() -> None:
    make_school("José Martí College", city="Miami", state="FL", aliases="JMC")
    make_school("Greenwood Institute", city="San José", state="CA", programs=[{"cip": "51.0707"}])
    make_school("St. Mary's School", city="Dayton", programs=[{"cip": "51.0710"}])


@pytest.mark.usefixtures("schools")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("jose", {"José Martí College", "Greenwood Institute"}),
        ("JOSÉ", {"José Martí College", "Greenwood Institute"}),
        ("josé miami", {"José Martí College"}),
        ("gree", {"Greenwood Institute"}),
        ("green wood", set()),
        ("medical ohio", {"St. Mary's School"}),
        ("records", {"Greenwood Institute"}),
        ("jmc", {"José Martí College"}),
        ("mary's", {"St. Mary's School"}),
        ("st mary", {"St. Mary's School"}),
        ("col* OR school", set()),
        ('"college"', {"José Martí College"}),
        ("college -miami", {"José Martí College"}),
        ("\uff43ollege", {"José Martí College"}),
        ("dayt\0on", {"St. Mary's School"}),
        ("(((", {"José Martí College", "Greenwood Institute", "St. Mary's School"}),
    ],
)
def test_every_word_is_held_the_last_one_perhaps_unfinished(
    client: Client, words: str, found: set[str]
) -> None:
    assert set(names(client, "?" + urlencode({"q": words}))) == found


def test_the_index_follows_what_is_written() -> None:
    school = make_school("Greenwood College")
    make_school("Other")
    School.objects.filter(pk=school.pk).update(name="Redwood College")
    assert not _found("greenwood")
    assert _found("redwood") == {"Redwood College"}
    School.objects.filter(pk=school.pk).update(text="apprentices")
    assert _found("apprentices") == {"Redwood College"}
    School.objects.filter(pk=school.pk).delete()
    assert not _found("redwood")
    assert SCHOOL_TEXT.guesses("redwod") == []


def test_the_database_keeps_the_index_by_itself() -> None:
    """SQLite loses triggers without a word when a migration builds the table anew."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'listings_school'"
            )
            assert dict(cursor.fetchall()) == SCHOOL_TEXT.triggers()
            cursor.execute("INSERT INTO listings_school_fts(listings_school_fts) VALUES ('integrity-check')")
        else:
            cursor.execute(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_name = 'listings_school' AND is_generated = 'ALWAYS'"
            )
            assert cursor.fetchall() == [("document",)]


def test_deleting_a_school_needs_no_row_of_the_index() -> None:
    school = make_school("Greenwood College", programs=[])
    school.directory_rows.all().delete()
    school.delete()
    assert not _found("greenwood")


def test_a_guess_shares_most_of_its_letters() -> None:
    make_school("Greenwood College")
    make_school("Medical Coding Academy")
    assert SCHOOL_TEXT.guesses("grenwood") == ["Greenwood College"]
    assert SCHOOL_TEXT.guesses("xyzzy") == []
    assert SCHOOL_TEXT.guesses("gr") == []
    assert SCHOOL_TEXT.guesses('"; DROP TABLE') == []


def _found(word: str) -> set[str]:
    return {school.name for school in School.objects.filter(SCHOOL_TEXT.holds([word]))}
