"""What is typed becomes a value, stands in the form again, and becomes the same value: for every field."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listings.stating import FIELDS
from listings.submissions.filling.inputs import is_blank
from listings.submissions.filling.sheets import SHEETS
from listings.submissions.filling.slots import Slot
from tests.build import make_credential
from tests.listings.stating.given import CREDENTIALS, GIVEN
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
TEXTS = st.one_of(
    st.text(max_size=40),
    st.from_regex(r"[0-9]{1,6}", fullmatch=True),
    st.from_regex(r"\$[0-9]{1,3},[0-9]{3}(\.[0-9]{1,2})?", fullmatch=True),
    st.from_regex(r"(1[0-2]|[1-9])/([12][0-9]|[1-9])/20[0-9]{2}", fullmatch=True),
    st.from_regex(r"[A-Z][a-z]{2,8}: ?[0-9]{1,3}(\n[A-Z][a-z:]{2,8})?", fullmatch=True),
    st.sampled_from(["yes", "no", "required", "none", "OH", "45402", "614-555-0123", "www.school.edu"]),
    st.sampled_from([*CREDENTIALS, "campus", "online", "federal", "books", ""]),
)


@pytest.fixture(autouse=True)
def known_credentials() -> None:
    for slug in CREDENTIALS:
        make_credential(slug.upper())


def typed(name: str, answers: dict[str, list[str]]) -> Slot:
    """The field in a form in which these answers stand, as a browser sends them."""
    made = Slot("s", "", FIELDS[name])
    made.typed = {made.name_of(control): as_sent(values) for control, values in answers.items()}
    return made


def as_sent(values: list[str]) -> list[str]:
    """Browsers end the lines of a text by two characters."""
    return [value.replace("\r\n", "\n").replace("\n", "\r\n") for value in values]


@FAST
@given(STATED)
def test_every_value_comes_back_from_the_form_as_it_was(stated: tuple[str, Any]) -> None:
    name, value = stated
    stored = FIELDS[name].parse(value)
    slot = typed(name, dict(SHEETS[name].write(stored)))
    entry = slot.entry()
    assert not slot.error, (stored, slot.given)
    assert entry is not None
    assert entry.value == stored


@FAST
@given(st.sampled_from(sorted(SHEETS)), st.data())
def test_whatever_is_typed_is_a_value_that_stays_or_a_sentence_at_a_control(name: str, data: Any) -> None:
    controls = SHEETS[name].inputs
    answers = {each.name: data.draw(st.lists(TEXTS, max_size=2)) for each in controls}
    slot = typed(name, answers)
    entry = slot.entry()
    if slot.error:
        assert entry is None
        assert slot.error[0].isupper()
        assert slot.faulty in {slot.name_of(each.name) for each in controls}
        return
    if entry is None:
        assert is_blank(slot.given)
        return
    again = typed(name, dict(SHEETS[name].write(entry.value)))
    assert again.entry() == entry
    try:
        assert FIELDS[name].parse(entry.value) == entry.value
    except ValidationError as refused:
        pytest.fail(str(refused))
