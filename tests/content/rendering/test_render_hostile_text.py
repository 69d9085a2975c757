"""Whatever stands in a text, readers get prose."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.lib.sanitise import LINK_REL
from content.rendering import plain, render
from tests.content.rendering.corpus import CLOBBERS, ELEMENTS, EVERYTHING, HIDDEN, LINKS, MUTATIONS, RELS
from tests.content.rendering.safety import assert_safe
from tests.proof import count

pytestmark = pytest.mark.once


@pytest.mark.parametrize("text", EVERYTHING)
def test_no_text_acts_on_readers(text):
    assert_safe(render(text, {}).html)


@pytest.mark.parametrize("text", [*ELEMENTS, *LINKS])
def test_the_words_around_a_refused_element_or_link_stay(text):
    html = render(text, {}).html
    assert "kept" in html
    assert "href" not in html


@pytest.mark.parametrize("text", RELS)
def test_rel_is_ours(text):
    assert f'rel="{LINK_REL}"' in render(text, {}).html


@pytest.mark.parametrize("text", HIDDEN)
def test_what_is_hidden_goes_with_its_words(text):
    html = render(text, {}).html
    assert "secret" not in html
    assert "kept" in html


@pytest.mark.parametrize("text", CLOBBERS)
def test_ids_cannot_shadow_what_scripts_know(text):
    html = render(text, {}).html
    assert 'id="h-' in html or "id=" not in html
    assert all(section.anchor.startswith("h-") for section in render(text, {}).contents)


@pytest.mark.parametrize(
    "text", ["{{ 7*7 }}", "{% debug %}", "${7*7}", "%s%n", "{event._init}", "<%= 7*7 %>"]
)
def test_no_other_markup_is_evaluated(text):
    assert plain(text, {}) == text


@settings(max_examples=count(2000), deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            [*EVERYTHING, "\n\n", "> ", "- ", "| a | b |\n|-|-|\n| ", "[[stat:a.b|full]]", "\x00"]
        )
    )
)
def test_no_mixture_acts_on_readers(parts):
    assert_safe(render("".join(parts), {}).html)


@settings(max_examples=count(2000), deadline=None, derandomize=True)
@given(
    st.text(
        alphabet=st.sampled_from("<>\"'=/!-[]()&;:#*_`|\\ \n\tasvgmhtyle\ue000\ue001\ue002\x00"), max_size=80
    )
)
def test_no_scrap_acts_on_readers(text):
    assert_safe(render(text, {}).html)


@pytest.mark.parametrize(
    "piece",
    ["[", "*a", "<b>", "![[", "^[", "# a\n", "<svg>", "<div>\n", "[[stat:", "[a](", "|a", "&#x", "- ", "> "],
)
def test_64_kb_of_anything_is_quick(piece):
    began = time.process_time()
    html = render(piece * (65_536 // len(piece)), {}).html
    assert time.process_time() - began < 5
    assert_safe(html)


def test_mutations_leave_no_attribute_behind():
    for text in MUTATIONS:
        assert "onerror=alert" not in render(text, {}).html.replace("&lt;img src=x onerror=alert", "")
