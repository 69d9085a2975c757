# dashes and quotes as pages write them
"""Plain text pages, invented: what an editor would read out of each."""

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

REGISTRAR = page_text("registrar.txt")


def test_underlined_headings_a_trail_above_and_a_rule_where_a_heading_was_lost():
    page = read_page(REGISTRAR)
    assert page["title"] == "How to Become a Tumor Registrar"
    assert page["slug"] == "how-to-become-a-tumor-registrar"
    assert page["lead"] == "Tumor registrars gather and code data about cancer patients."
    assert headings(page) == ["What Registrars Do", "Certification", None]
    assert blocks(page)[1] == {
        "type": "ol",
        "items": [
            {"text": "Abstracting"},
            {"text": "Coding"},
            {"text": "Follow-up"},
            {"text": "Data quality"},
        ],
    }
    assert ("breadcrumb", "CareerHarbor > Health > Medical Records") in dropped(page)
    assert ("updated-line", "By Jane Doe | Updated March 3, 2021") in dropped(page)
    assert ("promo", "Request free information from schools today!") in dropped(page)
    assert ("pagination", "< Prev | 1 | 2 | 3 | Next >") in dropped(page)


def test_facts_in_columns_with_sources_that_carry_an_address():
    page = read_page(REGISTRAR)
    found = facts(page)
    assert page["fact_boxes"][0]["title"] == "Career Facts"
    assert page["fact_boxes"][0]["after_section"] == 0
    assert amount(found["Median Salary"]) == ("money", 62990, None, None, "USD", "year")
    assert years(found["Median Salary"]) == (2023, 2023)
    assert years(found["Job Outlook"]) == (2023, 2033)
    assert found["Job Outlook"]["qualifier"] == "faster than average"
    assert amount(found["Annual Openings"]) == ("count", 3000, None, None, "openings", "year")
    assert found["Key Skills"]["value"] == ["Attention to detail", "medical terminology", "privacy law"]
    assert sources(page) == [
        ("*", "U.S. Bureau of Labor Statistics", "https://www.bls.gov/ooh"),
        ("**", "Registry Careers Poll, 2023", None),
    ]


def test_a_renamed_credential_is_given_under_its_new_name_alone():
    page = read_page(REGISTRAR)
    assert credentials(page) == {
        ("CTR", "Certified Tumor Registrar", "NCTR"),
        ("ODS", "Oncology Data Specialist", "Oncology Registry Institute"),
    }
    assert organisations(page) == {
        ("National Council of Tumor Registrars", "NCTR", None),
        ("Oncology Registry Institute", None, "www.ori.example"),
        ("U.S. Bureau of Labor Statistics", None, None),
        ("Registry Careers Poll", None, None),
    }


def test_a_listing_of_schools_goes_and_its_disclosure_stays():
    page = read_page(REGISTRAR)
    assert [each["text"] for each in page["disclosures"]] == [
        "Disclosure: The schools above pay this site to appear here."
    ]
    assert ("listing-heading", "Sponsored Listings") in dropped(page)
    assert "SkillQuick" not in words(page)
    assert [each["title"] for each in page["related"]] == ["Medical Records Jobs", "Coding Careers"]
    assert warnings(page) >= {
        ("unlinked-listing", "Sponsored Listings"),
        ("related-without-url", "Coding Careers"),
        ("count-mismatch", "The exam has three parts"),
        ("missing-heading", None),
        ("missing-site", "NCTR"),
    }


PHLEBOTOMY = page_text("phlebotomy.txt")


def test_the_same_marker_means_another_source_in_the_second_box():
    page = read_page(PHLEBOTOMY)
    assert sources(page, 0) == [
        ("*", "NHS Pay Tables", "https://pay.example/tables"),
        ("†", "Pay Poll", None),
    ]
    assert sources(page, 1) == [("*", "Teacher Pay Survey", None), ("**", "Ministry of Training", None)]
    assert facts(page, 0)["Average Salary"]["sources"] == ["NHS Pay Tables"]
    assert facts(page, 1)["Median Salary"]["sources"] == ["Teacher Pay Survey"]
    assert amount(facts(page, 1)["Trainers per Student"]) == ("ratio", 0.125, None, None, None, None)


def test_ranges_other_currencies_and_rates():
    page = read_page(PHLEBOTOMY)
    found = facts(page)
    assert amount(found["Average Salary"]) == ("money", None, 28500, 31000, "GBP", "year")
    assert amount(found["Hourly Pay"]) == ("money", 17.5, None, None, "USD", "hour")
    assert amount(found["Openings"]) == ("count", 19600, None, None, "openings", "year")
    assert amount(found["Share certified"])[:2] == ("ratio", 0.75)
    assert warnings(page) >= {
        ("mixed-currency", "Average Salary"),
        ("marker-without-source", "Pass Rate"),
        ("stale-statistic", "Pass Rate"),
        ("fact-without-source", "Openings"),
        ("fact-without-period", "Openings"),
        ("count-mismatch", "Three bodies certify phlebotomists"),
        ("empty-related-list", None),
    }


def test_a_table_drawn_with_spaces_and_specialties_of_one_sentence():
    page = read_page(PHLEBOTOMY)
    assert headings(page) == ["Who Certifies?", "Salary by Setting"]
    assert blocks(page, 1)[0]["header"] == ["Setting", "Median", "Jobs"]
    assert blocks(page, 1)[0]["rows"][1] == ["Labs", "$42,100", "44,000"]
    assert page["specialties"] == ["pediatrics", "geriatrics", "donor collection"]
    assert credentials(page) == {
        ("CPT", "Certified Phlebotomy Technician", "ABP"),
        ("RP", "Registered Phlebotomist", "BBS"),
    }


CLERK = page_text("clerk.txt")


def test_headings_right_above_wrapped_lines():
    page = read_page(CLERK)
    assert page["title"] == "What Does a Health Records Clerk Do?"
    assert page["lead"] == "Health records clerks file, scan and release patient charts."
    assert headings(page) == ["Job Description", "Steps to the Job", None]
    assert blocks(page)[0]["text"].endswith("on the night shift of a large hospital.")
    assert blocks(page, 1)[0]["items"][1] == {
        "text": "Learn the release rules.",
        "items": [{"text": "State law"}, {"text": "Federal law"}],
    }


def test_sources_on_two_lines_and_an_outlook_without_a_figure():
    page = read_page(CLERK)
    assert sources(page) == [("*", "Clerk Wage Study", None), ("**", "U.S. Bureau of Labor Statistics", None)]
    outlook = facts(page)["Job Outlook"]
    assert amount(outlook)[:2] == ("text", "Little or no change")
    assert years(outlook) == (2022, 2032)
    assert facts(page)["Required Education"]["value"] == "High school diploma or GED"


def test_furniture_below_an_article():
    page = read_page(CLERK)
    assert dropped(page) >= {
        ("promo", "Compare top schools near you today!"),
        ("advertisement", "ADVERTISEMENT"),
        ("share", "[ Email this page ] [ Print ]"),
        ("listing-heading", "Schools That Offer Records Programs"),
        ("footer", "Terms of Use | Privacy Policy"),
    }
    assert "Harbor College" not in words(page)


SPACED = page_text("advocate.txt")


def test_wide_gaps_everywhere_are_no_lost_headings():
    page = read_page(SPACED)
    assert headings(page) == ["Overview of the Work", "Training"]
    assert len(blocks(page)) == 2
    assert ("missing-heading", None) not in warnings(page)


def test_facts_and_notes_that_stand_apart_line_by_line():
    page = read_page(SPACED)
    assert amount(facts(page)["Salary Range"]) == ("money", None, 38000, 52000, "USD", "year")
    assert facts(page)["Job Growth"]["sources"] == ["Bureau of Labor Statistics"]
    assert sources(page)[0] == ("*", "PayScale, Inc.", None)


def test_a_name_in_quotes_a_title_of_its_own_and_an_address_without_tracking():
    page = read_page(SPACED)
    assert ("PBA", "Patient Bill Advocate", "PAI") in credentials(page)
    assert "https://www.state.example/advocates?id=5 for" in words(page)
    assert ("tracking-parameters", "fbclid=abc") in dropped(page)


RADIOLOGY = page_text("radiology.txt").replace("\n", "\r\n")


def test_one_page_in_four_encodings_reads_the_same():
    pages = [read_page(RADIOLOGY.encode(encoding)) for encoding in ("utf-8", "utf-8-sig", "cp1252")]
    pages.append(read_page(b"\xff\xfe" + RADIOLOGY.encode("utf-16-le")))
    pages.append(read_page(b"\xfe\xff" + RADIOLOGY.encode("utf-16-be")))
    assert [page["source"]["encoding"] for page in pages] == [
        "utf-8",
        "utf-8",
        "cp1252",
        "utf-16-le",
        "utf-16-be",
    ]
    for page in pages:
        assert page["source"]["newline"] == "crlf"
        assert {name: page[name] for name in page if name != "source"} == {
            name: pages[0][name] for name in pages[0] if name != "source"
        }


def test_tabs_daggers_capitals_and_spaces_before_signs():
    page = read_page(RADIOLOGY)
    assert page["fact_boxes"][0]["title"] == "KEY FACTS"
    assert facts(page)["Outlook"]["markers"] == ["‡"]
    assert facts(page)["Outlook"]["qualifier"] == "all billing"
    assert sources(page)[1] == ("‡", "Bureau of Job Futures", "https://bjf.example/r")
    assert page["sections"][0]["display_heading"] == "The Work"
    assert blocks(page)[1]["items"][1]["items"] == [{"text": "CPT"}, {"text": "ICD-10"}]
    assert credentials(page) == {("CRB", "Certified Radiology Biller", "RBA")}


def test_lines_without_a_blank_one_between_them():
    page = read_page(
        "Chart Auditor\n"
        "Chart auditors compare what was coded with what was written down, and they explain the difference to"
        " everyone who asks.\n"
        "Quick Facts\n"
        "Median Salary (2024): $61,000*\n"
        "Job Outlook (2024-34): 6%*\n"
        "Source: *Audit Pay Poll\n"
        "A Day at Work\n"
        "The morning goes to a sample of thirty charts; the afternoon to talks with the people who coded"
        " them and to"
        " the report.\n"
    )
    assert page["title"] == "Chart Auditor"
    assert headings(page) == ["A Day at Work"]
    assert amount(facts(page)["Median Salary"])[1] == 61000
    assert sources(page) == [("*", "Audit Pay Poll", None)]


def test_footnotes_and_code_and_a_quotation():
    page = read_page(
        "Payer Rules\n\nPayers publish edits.\n\nReading an Edit\n\nAn edit names two codes[1] and a"
        " reason.\n\n"
        "> Read the footer first.\n\n```\nIF a AND b\n  DENY\n```\n\n[1] Column one and column two.\n"
    )
    assert blocks(page) == [
        {"type": "p", "text": "An edit names two codes and a reason."},
        {"type": "quote", "text": "Read the footer first."},
        {"type": "code", "text": "IF a AND b\n  DENY"},
        {"type": "footnotes", "items": [{"marker": "1", "text": "Column one and column two."}]},
    ]


def test_the_first_paragraph_leads_where_every_heading_was_lost():
    page = read_page("A Short Note\n\nFirst words.\n\nSecond words.\n\nThird words.\n")
    assert page["lead"] == "First words."
    assert headings(page) == [None]
    assert [block["text"] for block in blocks(page)] == ["Second words.", "Third words."]


VASCULAR = page_text("vascular.txt")


def test_a_list_below_a_disclosure_is_a_listing_without_a_heading():
    page = read_page(VASCULAR)
    assert headings(page) == [
        "Job Overview",
        "Training Options",
        "Certification",
        "Career Outlook and Salary Information",
    ]
    assert dropped(page) >= {
        ("advertisement", "Harbor College Medical Coding - Associate"),
        ("form", "What is your highest level of education? Select One... High School Diploma Some College"),
        ("pagination", "1 2 3 Next »"),
    }
    assert blocks(page, 3)[0]["text"] == "Coders earned a median of $58,900 in 2024."


def test_a_survey_of_a_known_body_is_no_body_of_its_own():
    page = read_page(VASCULAR)
    assert organisations(page) == {
        ("Vascular Coders League", "VCL", "vcl.example"),
        ("Bureau of Job Counts", None, None),
    }
    assert sources(page)[0] == ("*", "Pay Survey of the Vascular Coders League (VCL)", None)
    assert credentials(page) == {
        ("VCA", "Vascular Coding Associate", "VCL"),
        ("VCS", "Vascular Coding Specialist", "VCL"),
        ("CVA", "Certified Vascular Auditor", "VCL"),
    }


def test_a_range_between_two_hedges_and_a_body_in_the_middle_of_a_sentence():
    page = read_page(page_text("ccs.txt"))
    assert page["lead"] is None
    assert headings(page)[0] == "Overview"
    assert amount(facts(page)["Salary Range"]) == ("money", None, 26550, 66260, "USD", "year")
    assert facts(page)["Exam Fee"]["qualifier"] == "for members; $399 for non-members"
    assert credentials(page) == {
        ("CCS", "Certified Coding Specialist", "AHIMA"),
        ("CPC", "Certified Professional Coder", "AAPC"),
    }
    assert ("American Health Information Management Association", "AHIMA", "www.ahima.org") in organisations(
        page
    )
    assert ("promo", "Next: View Schools »") in dropped(page)
