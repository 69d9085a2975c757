"""A text that was rendered a moment ago is rendered of what is true now."""

import pytest

from content.acronyms import FirstUses
from content.links.shown import Withheld
from content.models import Statistic
from content.rendering import render, statistics_named
from tests.build import make_statistic, make_term

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAY = "oews.29-2072.us.median-annual"
TEXT = f"## Pay of [[stat:{PAY}]]\n\nAn EOB names [[stat:{PAY}|full]], says [a site](https://example.org/a)."


def shown(withheld: object = frozenset()) -> tuple[str, str]:
    """The text and the first entry of its contents."""
    found = render(TEXT, statistics_named(TEXT), uses=FirstUses(TEXT), withheld=withheld)  # type: ignore[arg-type]
    return str(found.html), found.contents[0].title


def test_a_figure_that_changed_is_the_new_one_in_text_and_contents() -> None:
    make_statistic(PAY, {2024: 50250})
    assert "$50,250 a year" in shown()[0]
    make_statistic(PAY, {2025: 51140})
    html, title = shown()
    assert "50,250" not in html
    assert "(May 2025, U.S. Bureau of Labor Statistics)" in html
    assert title == "Pay of $51,140 a year"
    Statistic.objects.update(stale_at="2020-01-01T00:00Z")
    assert "may be out of date" in shown()[0]
    Statistic.objects.all().delete()
    assert shown()[0].count("figure not available") == 2


def test_a_term_that_was_recorded_or_corrected_is_spelled_out_so() -> None:
    assert "(Explanation" not in shown()[0]
    term = make_term("Explanation of Benefits", "EOB")
    for _again in range(2):
        assert "EOB (Explanation of Benefits)" in shown()[0]
    term.name = "Explanation of the Bill"
    term.save()
    assert "EOB (Explanation of the Bill)" in shown()[0]


def test_an_acronym_of_a_text_that_is_kept_is_not_spelled_out_again_in_the_next() -> None:
    make_term("Explanation of Benefits", "EOB")
    for _again in range(2):
        uses = FirstUses("An EOB.", "Another EOB.")
        said = [str(render(text, {}, uses=uses).html) for text in ("An EOB.", "Another EOB.")]
        assert [text.count("Explanation") for text in said] == [1, 0]


def test_an_address_that_drifted_loses_its_link_and_gets_it_back() -> None:
    linked = 'href="https://example.org/a"'
    assert linked in shown(Withheld())[0]
    held = shown(frozenset(["https://example.org/a"]))[0]
    assert linked not in held
    assert "a site" in held
    assert linked in shown(Withheld())[0]
