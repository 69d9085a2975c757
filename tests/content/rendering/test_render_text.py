"""Markdown becomes what readers see."""

from content.rendering import Section, plain, render


def html(text: str) -> str:
    return str(render(text, {}).html).strip()


def test_sections_make_the_contents():
    text = "## Pay\n\nA.\n\n### By state\n\nB.\n\n## Pay\n\nC.\n\n## *What* `it` asks\n\nD."
    rendered = render(text, {})
    assert rendered.contents == (
        Section("h-pay", "Pay"),
        Section("h-pay-2", "Pay"),
        Section("h-what-it-asks", "What it asks"),
    )
    assert '<h3 id="h-by-state">By state</h3>' in rendered.html


def test_a_section_that_lost_its_heading_begins_with_a_plain_break():
    rendered = render("A.\n\n## {untitled}\n\nB.", {})
    assert rendered.html == '<p>A.</p>\n<hr class="break">\n<p>B.</p>\n'
    assert rendered.contents == ()


def test_levels_go_on_from_the_title_of_the_page_without_a_gap():
    found = html("# One\n\n#### Deep\n\n###### Deeper\n\n## Two\n\n#### Again")
    assert [
        found[place + 1 : place + 3] for place in range(len(found)) if found[place : place + 2] == "<h"
    ] == [
        "h2",
        "h3",
        "h4",
        "h2",
        "h3",
    ]


def test_a_heading_without_letters_still_has_an_anchor():
    assert render("## 面积\n\n## !!!", {}).contents == (
        Section("h-section", "面积"),
        Section("h-section-2", "!!!"),
    )


def test_tables_scroll_and_align_without_style_attributes():
    found = html("| State | Pay |\n| --- | ---: |\n| Ohio | 5 |")
    assert '<div class="table-scroll" role="group" aria-label="Table" tabindex="0"><table>' in found
    assert '<th class="number" scope="col">Pay</th>' in found
    assert '<td class="number">5</td>' in found
    assert "style" not in found


def test_notes_link_there_and_back():
    found = html("Fees differ.[^1] They change.[^1]\n\n[^1]: As *reported*.")
    assert '<a href="#h-fn1" id="h-fnref1">[1]</a>' in found
    assert '<a href="#h-fn1" id="h-fnref1:1">[1]</a>' in found
    assert '<section class="footnotes" aria-label="Notes">' in found
    assert 'href="#h-fnref1" class="footnote-backref" aria-label="Back to the text"' in found


def test_pictures_become_their_words():
    assert html("![A *coder* at work](https://x.example/a.png)") == "<p>A coder at work</p>"
    assert html('<img alt="A < B" src="/a.png">').strip() == "A &lt; B"


def test_links_within_the_site_and_the_page_carry_no_rel():
    assert (
        html("[list](/schools/?state=OH&page=2)") == '<p><a href="/schools/?state=OH&amp;page=2">list</a></p>'
    )
    assert html("[pay](#pay)") == '<p><a href="#h-pay">pay</a></p>'
    assert html("[us](mailto:a@b.example)") == '<p><a href="mailto:a@b.example">us</a></p>'


def test_one_line_without_markup():
    assert plain("It *pays*\n\n- a & b\n- c", {}) == "It pays a & b c"
    assert plain("*So* it is, `x`.", {}) == "So it is, x."
    assert plain("", {}) == ""
