# dashes and quotes as pages write them
"""Every warning by a rule of its own, and what pages say about money."""

import pytest

from tests.content.pipeline.reading import dropped, read_page, warnings, words

pytestmark = pytest.mark.once

BOX = "# T\n\nLead.\n\n## Quick Facts\n\n{facts}\n\n{sources}\n\n## Next\n\nText.\n"


def with_facts(*lines: str, sources: str = "") -> set:
    return warnings(
        read_page(BOX.format(facts="\n".join(f"- {line}" for line in lines), sources=sources), "p.md")
    )


@pytest.mark.parametrize(
    ("line", "stale"),
    [
        ("Pay (2022): $41,000", True),
        ("Pay (2023): $41,000", False),
        ("Outlook (2022-2032): 5%", True),
        ("Outlook (2024-34): 5%", False),
    ],
)
def test_a_figure_is_stale_when_its_first_year_is_over_three_years_past(line, stale):
    label = line.partition(" ")[0]
    assert (("stale-statistic", label) in with_facts(line)) is stale


def test_figures_without_a_period_or_a_source():
    found = with_facts("Pay: $41,000", "Skills: tact, care, speed")
    assert found >= {("fact-without-period", "Pay"), ("fact-without-source", "Pay")}
    assert not {about for _code, about in found} & {"Skills"}


def test_markers_and_sources_that_miss_each_other():
    found = with_facts("Pay (2024): $41,000*", "Growth (2024-34): 7%†", sources="Sources: \\*Poll; ‡Office")
    assert found >= {
        ("marker-without-source", "Growth"),
        ("source-without-marker", "Office"),
        ("source-without-url", "Poll"),
    }
    assert ("marker-without-source", "Pay") not in found


def test_a_source_that_no_marker_could_name():
    assert ("source-without-marker", "Poll") in with_facts("Pay (2024): $41,000", sources="Source: Poll")


@pytest.mark.parametrize(
    ("lines", "about"),
    [
        (["Pay (2024): $41,000", "Top pay (2024): $60,000", "Pay abroad (2024): €30,000"], "Pay abroad"),
        (["Pay (2024): $41,000 (£32,000)"], "Pay"),
    ],
)
def test_a_box_that_mixes_currencies(lines, about):
    found = {label for code, label in with_facts(*lines) if code == "mixed-currency"}
    assert found == {about}


def test_a_page_that_promises_related_articles_and_has_none():
    found = warnings(
        read_page("T\n\nLead.\n\nOne\n\nText.\n\nLearn more by reading the related articles below:\n")
    )
    assert ("empty-related-list", None) in found
    assert ("empty-related-list", None) in warnings(
        read_page("# T\n\nLead.\n\n## A\n\nText.\n\n## Related\n", "p.md")
    )


def test_a_listing_that_leads_nowhere_and_one_that_does():
    listing = "# T\n\nLead.\n\n## A\n\nText.\n\n## 1. Degree Options:\n\n{}\n"
    bare = warnings(read_page(listing.format("- Harbor College"), "p.md"))
    linked = warnings(read_page(listing.format("- [Harbor College](https://h.example)"), "p.md"))
    assert ("unlinked-listing", "Degree Options") in bare
    assert ("unlinked-listing", "Degree Options") not in linked


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Two bodies test coders in this field. The Guild of Coders (GOC) does.", "Two bodies test coders"),
        (
            "The Guild of Coders (GOC) offers three credentials: the Certified Coder (CC) and the"
            " Certified Biller (CB).",
            "The Guild of Coders",
        ),
    ],
)
def test_a_number_that_the_page_does_not_bear_out(text, about):
    found = {
        label
        for code, label in warnings(read_page(f"# T\n\nLead.\n\n## A\n\n{text}\n", "p.md"))
        if code == "count-mismatch"
    }
    assert len(found) == 1
    assert found.pop().startswith(about)


@pytest.mark.parametrize(
    "text",
    [
        "Two bodies test coders. They are the Guild of Coders (GOC) and the Board of Billers (BOB).",
        "The Guild of Coders (GOC) offers 18 specialty certifications. It grants the Certified Coder (CC).",
        "The exam has two parts:\n\n1. Codes\n2. Rules",
    ],
)
def test_a_number_that_holds(text):
    found = {code for code, _about in warnings(read_page(f"# T\n\nLead.\n\n## A\n\n{text}\n", "p.md"))}
    assert "count-mismatch" not in found


@pytest.mark.parametrize(
    ("markup", "detail"),
    [
        ("<script>alert(1)</script>", "script"),
        ('<p onclick="x()">Text</p>', "event handler"),
        ('<iframe src="https://x.example"></iframe>', "iframe"),
        ('<object data="x"></object>', "object"),
    ],
)
def test_what_a_page_would_run(markup, detail):
    page = read_page(f"<h1>T</h1><p>Lead.</p>{markup}", "p.html")
    assert {"code": "unsafe-content", "detail": detail} in page["warnings"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Schools listed below are sponsors of this site and pay to appear.", "sponsored-listing"),
        ("The schools below are not free and may include sponsored content.", "sponsored-listing"),
        ("We are compensated by some of the schools on this page.", "sponsored-listing"),
        ("This page contains affiliate links.", "affiliate"),
        ("We may earn a commission when you buy through our links.", "affiliate"),
        ("As a book store associate, the site earns a fee from sales.", "affiliate"),
    ],
)
def test_who_pays_is_kept_apart(text, kind):
    page = read_page(f"# T\n\nLead.\n\n## A\n\nBefore.\n\n{text}\n\nAfter.\n", "p.md")
    assert page["disclosures"] == [{"kind": kind, "text": text}]
    assert words(page) == "Lead. A Before. After."


@pytest.mark.parametrize(
    "text",
    [
        "Employer-sponsored insurance pays hospitals for each claim.",
        "Some employers pay for programs and sponsor the exam of a coder.",
        "A commission reviews the code set each year; the fee is low.",
        "Affiliate clinics share one billing office.",
    ],
)
def test_money_in_an_article_is_no_disclosure(text):
    page = read_page(f"# T\n\nLead.\n\n## A\n\n{text}\n", "p.md")
    assert page["disclosures"] == []
    assert text in words(page)


@pytest.mark.parametrize(
    "sentence",
    [
        "Find schools that teach coding and ask each for its pass rate before you sign.",
        "Register online for the exam at least 30 days ahead.",
        "Programs with an exam voucher cost more.",
        "Share the print with a second coder.",
        "Next, post the payment.",
        "You may apply for the exam after two years.",
        "Get the report signed by the trainer.",
        "The first page of a claim names the payer.",
    ],
)
def test_advice_is_no_advertisement(sentence):
    page = read_page(f"# T\n\nLead.\n\n## A\n\nBefore. {sentence} After.\n", "p.md")
    assert sentence in words(page)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("1 2 3 Next »", "pagination"),
        ("« Prev 1 … 4 5 Next »", "pagination"),
        ("Page 3 of 7", "pagination"),
        ("[1] [2] [3]", "pagination"),
        ("Older posts →", "pagination"),
        ("Home » Careers » Coding", "breadcrumb"),
        ("You are here: Home > Coding", "breadcrumb"),
        ("Share this: Facebook | Twitter | Email", "share"),
        ("Tweet", "share"),
        ("— ADVERTISEMENT —", "advertisement"),
        ("Story continues below", "advertisement"),
        ("Ad: Learn to code in six weeks", "advertisement"),
        ("This site uses cookies to analyse traffic.", "cookie-banner"),
        ("© 2024 CodeSite", "footer"),
        ("Privacy Policy · Terms of Service · Contact Us", "footer"),
        ("Home | Find Schools | Log in", "navigation"),
        ("Skip to main content", "navigation"),
        ("Last reviewed on March 3, 2021", "updated-line"),
        ("Written by Jane Q. Doe, June 2, 2020", "updated-line"),
        ("Sign up for our newsletter and get tips by email!", "call-to-action"),
        ("Download our free career guide", "call-to-action"),
        ("Schools offering coding degrees can also be found in these popular choices.", "promo"),
        ("Request free information from schools", "promo"),
        ("Enter your ZIP code to see schools", "form"),
    ],
)
def test_lines_that_sites_put_around_articles(line, kind):
    page = read_page(
        f"T\n\nLead words stand here.\n\nOne\n\nText words stand here.\n\n{line}\n\nMore text stands here.\n"
    )
    assert (kind, line) in dropped(page)
    assert line not in words(page)
