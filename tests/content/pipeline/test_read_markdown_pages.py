# dashes and quotes as pages write them
"""Markdown pages, invented, with the front matter that different sites write."""

import pytest

from tests.content.pipeline.reading import (
    amount,
    blocks,
    credentials,
    dropped,
    facts,
    headings,
    organisations,
    page_text,
    read_page,
    sources,
    warnings,
    words,
    years,
)

pytestmark = pytest.mark.once

EXAMINER = page_text("examiner.md")


def test_toml_front_matter_and_a_disclosure_in_a_quotation():
    page = read_page(EXAMINER, "page.md")
    assert page["title"] == "Claims Examiner: Pay, Training & Tests"
    assert page["slug"] == "claims-examiner-pay-training-tests"
    assert page["source"]["front_matter"] == {
        "date": "2020-05-01",
        "tags": ["claims", "insurance"],
        "draft": True,
    }
    assert page["lead"] == "Claims examiners decide what an insurer pays."
    assert [(each["kind"], each["text"][:22]) for each in page["disclosures"]] == [
        ("sponsored-listing", "Advertiser Disclosure:")
    ]
    assert headings(page) == ["Training", "Courses", "Tests"]
    assert [section["level"] for section in page["sections"]] == [2, 3, 2]


def test_footnotes_are_sources_in_a_facts_box_and_notes_in_a_text():
    page = read_page(EXAMINER, "page.md")
    found = facts(page)
    assert amount(found["Median Annual Wage"]) == ("money", 72040, None, None, "USD", "year")
    assert amount(found["Job Outlook"])[:2] == ("percent", -3)
    assert found["Top-paying states"]["value"] == ["Connecticut", "New Jersey", "Alaska"]
    assert sources(page) == [
        ("bls", "Bureau of Labor Statistics, Occupational Outlook Handbook", "https://www.bls.gov/ooh/?x=1")
    ]
    assert blocks(page)[0]["text"] == "Employers train new examiners for six to twelve months."
    assert blocks(page)[1] == {
        "type": "footnotes",
        "items": [{"marker": "1", "text": "Longer for health claims."}],
    }


def test_nothing_hidden_active_or_advertised_is_kept():
    page = read_page(EXAMINER, "page.md")
    for gone in ("hidden spam", "prep course", "alert", "javascript", "onerror"):
        assert gone not in words(page)
    assert dropped(page) >= {
        ("promo", "Find accredited programs near you!"),
        ("advertisement", "Buy our prep course today and save 20% off!"),
        ("tracking-parameters", "utm_campaign=abc"),
        ("unsafe-link", "javascript:alert(2)"),
        ("updated-line", "Last updated: 2020-05-01"),
    }
    assert warnings(page) >= {
        ("unsafe-link", None),
        ("unsafe-content", None),
        ("related-without-url", "Examiner FAQ"),
    }


def test_designations_whose_names_hold_a_comma():
    page = read_page(EXAMINER, "page.md")
    assert credentials(page) == {
        ("ALHC", "Associate, Life and Health Claims", "ICA"),
        ("FLHC", "Fellow, Life and Health Claims", "ICA"),
    }
    assert ("International Claims Association", "ICA", "www.ica.example") in organisations(page)


AUDITOR = page_text("auditor.md")


def test_front_matter_that_is_no_yaml_is_read_line_by_line():
    page = read_page(AUDITOR, "page.md")
    assert page["title"] == "Coding Auditor: What the Job Pays"
    assert page["source"]["front_matter"]["categories"] == ["audit", "pay"]
    assert page["source"]["canonical"] == "https://old.example/auditor"
    assert page["lead"] == "Coding auditors check other people's codes. They work for payers and hospitals."


def test_a_table_without_a_header_and_numbers_in_brackets_as_markers():
    page = read_page(AUDITOR, "page.md")
    found = facts(page)
    assert amount(found["Mean Wage"]) == ("money", 31.10, None, None, "USD", "hour")
    assert amount(found["Range"]) == ("money", None, 24, 45, "USD", "hour")
    assert years(found["Projected change"]) == (2023, 2033)
    assert found["Certification"]["value"] == ["CPMA", "CCS", "RHIT"]
    assert sources(page) == [
        ("[1]", "Bureau of Labor Statistics", "https://www.bls.gov/oes/"),
        ("[2]", "Employment Projections Program", None),
    ]


def test_a_bold_line_is_a_heading_and_letters_alone_may_grant():
    page = read_page(AUDITOR, "page.md")
    assert headings(page) == ["What They Check", "How to Qualify", "Exam outline"]
    assert credentials(page) == {
        ("CPMA", "Certified Professional Medical Auditor", "AAPC"),
        ("CAC", "Certified Auditor of Claims", "Claims Guild of America"),
    }
    assert blocks(page, 2)[0]["text"] == "code and struck text, plus a line break."
    assert [(each["title"], each["url"]) for each in page["related"]] == [
        ("Coder", "/coder"),
        ("Biller", "/biller"),
    ]
    assert ("promo", "Enroll today at QuickSchool!") in dropped(page)


OPHTHALMIC = page_text("ophthalmic.md")


def test_a_definition_list_of_facts_and_a_table_of_credentials():
    page = read_page(OPHTHALMIC, "page.markdown")
    assert page["title"] == "Ophthalmic Biller FAQ"
    assert page["fact_boxes"][0]["title"] == "Quick Facts"
    assert amount(facts(page)["Median Pay"])[1] == 39800
    assert facts(page)["Growth"]["sources"] == ["Projections Office"]
    assert credentials(page) == {
        ("CEB", "Certified Eye Biller", "NEB"),
        ("ECS", "Eye Claims Specialist", "Claims Institute"),
    }
    assert ("National Eye Board", "NEB", "www.neb.example") in organisations(page)


def test_links_that_lead_elsewhere_than_they_say_lose_their_address():
    page = read_page(OPHTHALMIC, "page.markdown")
    assert blocks(page, 2)[1]["text"] == "See the NEB site, its mail, this or that."
    assert {link["url"] for link in page["links"]} == {
        "https://www.neb.example/#x",
        "mailto:info@neb.example",
    }
    assert dropped(page) >= {
        ("unsafe-link", "//evil.example"),
        ("unsafe-link", "https://user@evil.example/"),
        ("tracking-parameters", "utm_content=a"),
        ("updated-line", "By Sam Ray, 4 June 2022"),
        ("footer", "© 2022 EyeSite. All rights reserved."),
    }


@pytest.mark.parametrize(
    ("front", "title", "slug"),
    [
        ("---\ntitle: 'Quoted: Here'\nslug: My Own_Slug\n---\n", "Quoted: Here", "my-own-slug"),
        ("---\r\nTitle: Upper\r\n---\r\n", "Upper", "upper"),
        ("\ufeff---\ntitle: After a mark\n...\n", "After a mark", "after-a-mark"),
        ("Title: Without a fence\nAuthor: A B\n\n", "Without a fence", "without-a-fence"),
        ("---\ntitle: 2024\n---\n", "2024", "2024"),
        ("---\na: &a [x, x]\nb: *a\ntitle: Aliases\n---\n", "Aliases", "aliases"),
    ],
)
def test_front_matter_in_other_forms(front, title, slug):
    page = read_page(f"{front}# {title}\n\nA lead.\n\n## First\n\nText.\n", "page.md")
    assert (page["title"], page["slug"]) == (title, slug)
    assert page["lead"] == "A lead."
    assert headings(page) == ["First"]


def test_front_matter_names_the_page_and_another_first_heading_is_remembered():
    page = read_page("---\ntitle: The Name\n---\n# Another Name\n\nLead.\n\n## One\n\nText.\n", "page.md")
    assert page["title"] == "The Name"
    assert page["source"]["front_matter"]["heading"] == "Another Name"
    assert headings(page) == ["One"]


def test_two_boxes_share_the_one_line_of_sources_below_them():
    page = read_page(
        "# Pay\n\nLead.\n\n## Quick Facts: Coders\n\n- Median pay (2024): $50,000*\n- Outlook (2024-34):"
        " 7%**\n\n"
        "## Quick Facts: Billers\n\n- Median pay (2024): $45,000*\n\nSources: \\*Pay Poll; \\*\\*Job"
        " Office\n",
        "page.md",
    )
    assert facts(page, 0)["Median pay"]["sources"] == ["Pay Poll"]
    assert facts(page, 1)["Median pay"]["sources"] == ["Pay Poll"]
    assert sources(page, 0) == [("*", "Pay Poll", None), ("**", "Job Office", None)]


def test_a_table_of_the_text_stays_one():
    page = read_page(
        "# Exams\n\nLead.\n\n## Fees\n\n| Exam | Fee |\n|---|---|\n| CPC | $425 |\n| COC | $425 "
        "|\n\nMembers pay less.\n",
        "page.md",
    )
    assert page["fact_boxes"] == []
    assert blocks(page)[0] == {
        "type": "table",
        "header": ["Exam", "Fee"],
        "rows": [["CPC", "$425"], ["COC", "$425"]],
    }


def test_an_empty_heading_is_a_lost_one():
    page = read_page("# Title\n\nLead.\n\n## One\n\nText.\n\n##\n\nMore text.\n", "page.md")
    assert headings(page) == ["One", None]
    assert [each for each in page["warnings"] if each["code"] == "missing-heading"] == [
        {"code": "missing-heading", "count": 1}
    ]


def test_a_facts_table_with_columns_for_period_and_source():
    page = read_page(
        "# Pay\n\nLead.\n\n## Key Figures\n\n| Measure | Value | Year | Source |\n|---|---|---|---|\n"
        "| Median pay | $50,250 | 2024 | [BLS](https://www.bls.gov/ooh/) |\n| Openings | 14,200 a year "
        "| 2024-34 | BLS |\n",
        "page.md",
    )
    found = facts(page)
    assert (amount(found["Median pay"])[1], years(found["Median pay"])) == (50250, (2024, 2024))
    assert (amount(found["Openings"])[1], years(found["Openings"])) == (14200, (2024, 2034))
    assert found["Median pay"]["sources"] == ["BLS"]


def test_a_page_with_a_byline_tags_and_raised_numbers():
    page = read_page(page_text("bootcamps.md"), "page.md")
    assert page["lead"] == "Bootcamps teach coding fast. Here is what they cost."
    assert headings(page) == [None, "Credentials they prepare for", "Is it worth it?", "Sources"]
    assert amount(facts(page)["Cost"]) == ("money", None, 2400, 6000, "USD", None)
    assert facts(page)["Pass rate"]["markers"] == ["²"]
    assert sources(page) == [("¹", "Bootcamp Watch", None), ("²", "Coders' Poll", None)]
    assert credentials(page) == {
        ("CPC", "Certified Professional Coder", "AAPC"),
        ("CCA", "Certified Coding Associate", "AHIMA"),
    }
    assert dropped(page) >= {
        ("updated-line", "By Ana Lee | 12 min read"),
        ("navigation", "Tags: coding, bootcamp"),
        ("navigation", "Previous: Billing | Next: Auditing"),
        ("call-to-action", "Want to learn more? Find bootcamps near you!"),
    }


def test_facts_in_one_line_and_a_rule_instead_of_a_heading():
    page = read_page(page_text("access.md"), "page.md")
    assert headings(page) == [None, "Credentials"]
    assert ("breadcrumb", "Home / Careers / Patient Access") in dropped(page)
    assert amount(facts(page)["Jobs"])[:2] == ("count", 400000)
    assert (amount(facts(page)["Growth"])[1], years(facts(page)["Growth"])) == (3, (2023, 2033))
    assert credentials(page) == {
        ("CHAA", "Certified Healthcare Access Associate", "NAHAM"),
        ("CHAM", "Certified Healthcare Access Manager", "NAHAM"),
    }
    assert organisations(page) == {
        ("National Association of Healthcare Access Management", "NAHAM", "www.naham.example")
    }
    assert page["source"]["front_matter"]["authors"] == ["A. One", "B. Two"]
