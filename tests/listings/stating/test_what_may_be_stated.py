"""The one table of what may be stated: every value has one form, plain words, and a sentence if refused."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listings.models import Statement
from listings.statements import put
from listings.stating import FIELDS, PROGRAM_FIELDS, SCHOOL_FIELDS, typed
from tests.build import make_credential, make_school
from tests.listings.stating.given import CREDENTIALS, GIVEN, JUNK, UNSHOWN
from tests.proof import count

pytestmark = pytest.mark.django_db
FAST = settings(
    max_examples=count(2_000),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
STATED = st.sampled_from(sorted(GIVEN)).flatmap(lambda name: st.tuples(st.just(name), GIVEN[name]))


@pytest.fixture(autouse=True)
def known_credentials() -> None:
    for slug in CREDENTIALS:
        make_credential(slug.upper())


def texts_of(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts_of(each)]
    if isinstance(value, list):
        return [text for each in value for text in texts_of(each)]
    return [value] if isinstance(value, str) else []


def test_every_field_of_a_statement_is_in_the_table() -> None:
    assert set(FIELDS) == set(Statement.Field.values) == set(GIVEN) == {str(field) for field in typed.HOW}
    assert list(FIELDS) == [*PROGRAM_FIELDS, *SCHOOL_FIELDS]


@FAST
@given(STATED)
def test_a_value_has_one_form_and_plain_words(stated: tuple[str, Any]) -> None:
    name, value = stated
    field = FIELDS[name]
    stored = field.parse(value)
    assert field.parse(stored) == stored
    assert not UNSHOWN & set("".join(texts_of(stored)))
    words = field.in_words(stored)
    assert words
    assert not isinstance(words, SafeString)


@FAST
@given(STATED)
def test_a_value_is_typed_as_one_text(stated: tuple[str, Any]) -> None:
    name, value = stated
    stored = FIELDS[name].parse(value)
    assert FIELDS[name].parse(typed.read(name, typed.write(name, stored))) == stored


@FAST
@given(st.sampled_from(sorted(FIELDS)), JUNK)
def test_what_is_refused_is_refused_in_a_sentence(name: str, value: Any) -> None:
    try:
        stored = FIELDS[name].parse(value)
    except ValidationError as refusal:
        [said] = refusal.messages
        assert said.endswith(".")
        assert said[0].isupper()
        assert len(said) > 15
    else:
        assert FIELDS[name].parse(stored) == stored


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("delivery", [], "Choose how the program is taught: on campus, online or hybrid."),
        ("credentials", ["xyz"], "No credential here is called “xyz”."),
        ("tuition", {"amount": 500_001, "year": 2026}, "from 0 to 500,000"),
        ("tuition", {"amount": True, "year": 2026}, "from 0 to 500,000"),
        ("tuition", {"amount": 4500}, "and the year"),
        ("months", 0, "from 1 to 120"),
        ("months", 9.5, "from 1 to 120"),
        ("starts", {"dates": []}, "or say that students start at any time"),
        ("starts", {"dates": ["2027-02-30"]}, "a date such as"),
        ("starts", {"dates": ["2027-01-11"] * 25}, "up to 24"),
        ("starts", {"rolling": False}, "or say that students start at any time"),
        ("curriculum", {"courses": []}, "or the hours in all"),
        ("curriculum", {"courses": [{"title": " \u200b "}]}, "Give the title of each course."),
        ("curriculum", {"courses": [{"title": "A", "hours": 0}]}, "Give the hours of “A” as a whole number"),
        ("prerequisites", "x" * 1001, "Shorten the prerequisites to 1,000 characters; it has 1,001."),
        ("aid", ["none", "federal"], "Choose “none” alone"),
        ("externship", {"kind": "none", "hours": 10}, "Leave out the hours"),
        ("voucher", {"included": False, "credential": "cpc"}, "Leave out the credential"),
        ("pass_rate", {"credential": "cpc", "percent": 80, "year": 2025}, "where it is published"),
        ("pass_rate", {"credential": "cpc", "percent": float("nan"), "year": 2025, "source": "x"}, "from 0"),
        ("address", {"street": "1 Main", "city": "Dayton", "state": "ZZ", "zip": "45402"}, "such as OH"),
        ("address", {"street": "1 Main", "city": "Dayton", "state": "OH", "zip": "4540"}, "five digits"),
        ("phone", "555-0123", "with its area code"),
        ("phone", "1-800-CODER", "with its area code"),
        ("website", "javascript:alert(1)", "such as https://www.school.edu/"),
        ("website", "http://127.0.0.1/", "not public"),
        ("website", "http://0x7f.1/", "not public"),
        ("website", "http://localhost/", "no public site"),
        ("website", "https://intranet.local/", "no public site"),
        ("website", "https://user@school.edu/", "user name"),
        ("closure", {"closed_on": "soon"}, "a date such as"),
    ],
)
def test_it_says_what_to_do(name: str, value: Any, says: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        FIELDS[name].parse(value)
    assert says in refusal.value.messages[0]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("delivery", ["hybrid", "online", "online"], "Online, hybrid"),
        ("credentials", ["cpc", "ccs"], "CCS, CPC"),
        ("credentials", [], "no credential"),
        ("tuition", {"amount": 4500, "year": 2026}, "$4,500 (2026)"),
        ("covers", ["books", "tuition-fees"], "Tuition and fees, books"),
        ("months", 1, "1 month"),
        ("starts", {"dates": ["2027-05-03", "2027-01-11"]}, "11 Jan 2027, 3 May 2027"),
        ("starts", {"rolling": True}, "At any time"),
        (
            "curriculum",
            {"courses": [{"title": "Anatomy", "hours": 60}, {"title": "Coding I"}], "hours": 540},
            "Anatomy, 60 hours; Coding I; 540 hours in all",
        ),
        ("aid", ["veterans", "federal"], "Federal student aid, veterans' benefits"),
        ("externship", {"kind": "required", "hours": 160}, "Required, 160 hours"),
        ("voucher", {"included": True, "credential": "cpc"}, "Included: CPC"),
        (
            "pass_rate",
            {"credential": "cpc", "percent": 87.54, "year": 2025, "takers": 40, "source": "Annual report"},
            "87.5% of 40 passed CPC in 2025. Source: Annual report",
        ),
        (
            "address",
            {"street": " 12  Main St", "city": "Dayton", "state": "oh", "zip": "45402"},
            "12 Main St, Dayton, OH 45402",
        ),
        ("phone", "1 (614) 555-0123 ext. 45", "(614) 555-0123, extension 45"),
        ("website", "www.School.edu/coding#top", "https://www.school.edu/coding"),
        (
            "closure",
            {"closed_on": "2026-06-30", "note": "Ask\u202e the state."},
            "30 Jun 2026. Ask the state.",
        ),
    ],
)
def test_it_reads_as_a_reader_would_say_it(name: str, value: Any, words: str) -> None:
    assert FIELDS[name].in_words(FIELDS[name].parse(value)) == words


def test_nothing_else_can_be_stored() -> None:
    school = make_school()
    program = school.programs.get()
    with pytest.raises(ValidationError, match="from 1 to 120"):
        put(school=school, program=program, field="months", value=-3, by="school")
    with pytest.raises(ValidationError, match="of the whole school"):
        put(school=school, program=program, field="name", value="Greenwood", by="school")
    assert not Statement.objects.exists()
    stored = put(school=school, program=None, field="name", value=" Green\u200bwood ", by="school")
    assert Statement.objects.get().value == stored.value == "Greenwood"


def test_a_closing_does_not_lapse() -> None:
    school = make_school()
    said = put(school=school, program=None, field="closure", value={"closed_on": "2026-06-30"}, by="school")
    assert Statement.objects.get(pk=said.pk).valid_until is None
