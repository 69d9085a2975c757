"""An acronym is spelled out where a text first uses it."""

import re
from random import Random

import pytest
from selectolax.lexbor import LexborHTMLParser

from content.acronyms import LETTERS, FirstUses, recorded
from content.rendering import render
from tests.build import make_article, make_credential, make_term
from tests.proof import count
from tests.reading import Page

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NAME = "Explanation of Benefits"


@pytest.fixture
def eob() -> None:
    make_term(NAME, "EOB")


def html(text: str, *more: str) -> str:
    return str(render(text, {}, uses=FirstUses(text, *more)).html).strip()


def test_only_the_first_use_on_the_page_is_spelled_out(client, eob):
    make_article(lead="The EOB comes by mail.", body="## The EOB\n\nAn EOB is no bill.")
    page = Page(client, "/articles/coding-certification/")
    assert page.text(".lede") == "The EOB (Explanation of Benefits) comes by mail."
    assert page.text(".prose") == "The EOB An EOB is no bill."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# EOB\n\nAn EOB.", '<h2 id="h-eob">EOB</h2>\n<p>An EOB (Explanation of Benefits).</p>'),
        ("`EOB` and EOB", "<p><code>EOB</code> and EOB (Explanation of Benefits)</p>"),
        ("[EOB](/a/) EOB", '<p><a href="/a/">EOB</a> EOB (Explanation of Benefits)</p>'),
        ('<a href="/a/">EOB</a> EOB', '<p><a href="/a/">EOB</a> EOB (Explanation of Benefits)</p>'),
        ("<abbr>EOB</abbr> EOB", "<p><abbr>EOB</abbr> EOB (Explanation of Benefits)</p>"),
        ("![EOB](/a.png)", "<p>EOB</p>"),
        ("A letter [EOB] comes", '<p>A letter [<abbr title="Explanation of Benefits">EOB</abbr>] comes</p>'),
        ("An EOB\u00ae form", '<p>An <abbr title="Explanation of Benefits">EOB</abbr>\u00ae form</p>'),
        ("**EOB** [x](/x/)", "<p><strong>EOB (Explanation of Benefits)</strong> "
         '<a href="/x/">x</a></p>'),
        ("EOB-X and EOBs", "<p>EOB-X and EOBs</p>"),
    ],
)  # fmt: skip
def test_never_in_headings_links_code_or_a_second_bracket(eob, text, shown):
    assert html(text) == shown


def test_in_a_table_there_is_no_room_so_it_is_a_title(eob):
    assert '<td><abbr title="Explanation of Benefits">EOB</abbr></td>' in html("| A |\n| --- |\n| EOB |")


@pytest.mark.parametrize(
    "text",
    [
        "The explanation of benefits comes. The EOB is no bill.",
        "An EOB, in full an Explanation of Benefits.",
        "What it paid (EOB). The EOB.",
        "An EOB (a letter of the plan).",
    ],
)
def test_what_the_text_explains_itself_is_left_alone(eob, text):
    assert html(text) == f"<p>{text}</p>"


def test_names_are_escaped_and_marks_of_statistics_stay(client):
    make_term("<b>A & B</b>", "EOB")
    assert html("EOB") == "<p>EOB (&lt;b&gt;A &amp; B&lt;/b&gt;)</p>"
    make_article(body="EOB [[stat:x.EOB.y]]")
    assert "figure not available" in Page(client, "/articles/coding-certification/").text(".prose")


def test_one_query_reads_terms_credentials_and_bodies_and_none_is_asked_without_letters(
    django_assert_num_queries,
):
    make_term(NAME, "EOB")
    make_credential("CPC")
    make_credential("CPC-H", status="retired", name="Old")
    with django_assert_num_queries(1):
        every = recorded()
    assert every == {
        "EOB": NAME,
        "CPC": "Certified CPC",
        "AAPC": "American Academy of Professional Coders",
    }
    with django_assert_num_queries(1):
        assert recorded({"CPC", "NONE"}) == {"CPC": "Certified CPC"}
    with django_assert_num_queries(0):
        FirstUses("No letters stand here.")


def test_nothing_else_of_a_text_changes(eob):
    """Random texts: taken back, the expansions leave the page as it is without; each comes once at most."""
    make_term("Claim Form", "CF")
    make_term("Remark Code", "ARC")
    rng = Random(4)
    parts = (
        *("EOB", "CF", "ARC", "EOBs", "EOB-CF", "(EOB)", "CF\u00ae", "a claim", "form", "and", "benefits."),
        *(
            "`CF`",
            "[ARC](/a/)",
            "**EOB**",
            "*CF*",
            "\n\n",
            "\n\n## ",
            "\n\n- ",
            "\n\n> ",
            "<b>ARC</b>",
            "[",
            ")",
        ),
        *(
            "\n\n| a | b |\n| - | - |\n| EOB | CF |\n\n",
            "<a href='/x/'>CF</a>",
            "[[stat:EOB]]",
            "&amp;",
            "\\",
        ),
    )
    names = {"EOB": NAME, "CF": "Claim Form", "ARC": "Remark Code"}
    for _ in range(count(2_000)):
        text = " ".join(rng.choices(parts, k=rng.randint(1, 30)))
        bare, spelled = str(render(text, {}).html).strip(), html(text)
        tree = LexborHTMLParser(spelled)
        for letters, name in names.items():
            written = f"{letters} ({name})"
            titled = f'<abbr title="{name}">{letters}</abbr>'
            assert spelled.count(written) + spelled.count(titled) <= 1, text
            for node in tree.css("h2, h3, a, code"):
                assert name not in node.text(), text
            spelled = spelled.replace(written, letters).replace(titled, letters)
        assert spelled == bare, text


def test_letters_are_found_as_the_lint_finds_them():
    found = LETTERS.findall("An EOB, ICD-10-CM, E&M, CPC-H; iPhone, A, Eob, x.EOB")
    assert found == ["EOB", "ICD-10-CM", "E&M", "CPC-H"]
    assert not re.search(LETTERS, "no letters")
