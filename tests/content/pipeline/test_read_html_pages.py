# ruff: noqa: RUF001  # dashes and quotes as pages write them
"""HTML pages, invented: sites of twenty years ago and of today."""

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

SCRIBE = page_text("scribe.html")


def test_the_name_of_the_site_is_no_title():
    page = read_page(SCRIBE, "page.html")
    assert page["title"] == "Medical Scribe Certification"
    assert page["lang"] == "en-US"
    assert page["lead"] == "Scribes write notes while the clinician works. The job is a way into medicine."
    assert headings(page) == ["First Steps", None]


def test_a_definition_list_of_facts_with_raised_markers():
    page = read_page(SCRIBE, "page.html")
    found = facts(page)
    assert page["fact_boxes"][0]["title"] == "Key Facts"
    assert amount(found["Average pay"]) == ("money", 14.20, None, None, "USD", "hour")
    assert amount(found["Demand"]) == ("count", None, None, 100000, "scribes", None)
    assert (found["Demand"]["qualifier"], years(found["Demand"])) == ("up to", (2020, 2020))
    assert found["Work settings"]["value"] == ["Emergency rooms", "clinics", "remote teams"]
    assert sources(page) == [
        ("1", "Scribe Pay Index", "https://scribepay.example/2018"),
        ("2", "Scribe Society", None),
    ]


def test_blocks_of_every_kind_below_an_empty_heading():
    page = read_page(SCRIBE, "page.html")
    kinds = [block["type"] for block in blocks(page, 1)]
    assert kinds == ["p", "quote", "code", "table", "footnotes"]
    assert blocks(page, 1)[2]["text"] == "Step 1\nStep 2"
    assert blocks(page, 1)[3]["caption"] == "Fees"
    assert blocks(page, 1)[4]["items"] == [{"marker": "1", "text": "Since 2011."}]
    assert "(CMSP). A board test" in blocks(page, 1)[0]["text"]


def test_what_readers_never_saw_and_what_sites_put_around_goes():
    page = read_page(SCRIBE, "page.html")
    assert dropped(page) >= {
        ("cookie-banner", "We use cookies to improve your experience. Accept all"),
        ("navigation", "Home Jobs"),
        ("navigation", "MedPath"),
        ("share", "Facebook X"),
        ("updated-line", "By Pat Lee · March 2, 2019"),
        ("promo", "Secret text"),
        ("promo", "More secret"),
        ("advertisement", "Advertisement Earn your degree online!"),
        ("form", "Zip Find schools"),
        ("image", "A scribe at work"),
        ("footer", "© 2019 MedPath"),
        ("unsafe-link", "data:text/html;base64,xx"),
        ("tracking-parameters", "gclid=1"),
    }
    for gone in ("Secret", "secret", "cookies", "degree online", "steal", "var a"):
        assert gone not in words(page)


def test_a_disclosure_in_the_footer_and_links_to_the_bodies():
    page = read_page(SCRIBE, "page.html")
    assert page["disclosures"] == [
        {"kind": "affiliate", "text": "Some links are affiliate links and we may earn a commission."}
    ]
    assert credentials(page) == {
        ("CMSP", "Certified Medical Scribe Professional", "AHDS"),
        ("RS", "Registered Scribe", "Board for Scribe Certification"),
        ("SA", "Scribe Auditor", "AHDS"),
    }
    assert ("Board for Scribe Certification", None, "www.bsc.example") in organisations(page)
    assert page["related"] == [{"title": "Nurse guide", "url": "/a/1"}]
    assert warnings(page) >= {("unsafe-content", None), ("unsafe-link", None), ("missing-site", "AHDS")}


OLD = page_text("ekg.htm")


def test_an_old_page_laid_out_in_tables():
    page = read_page(OLD.encode("cp1252"), "page.htm")
    assert page["source"]["encoding"] == "cp1252"
    assert page["title"] == "EKG Technician Careers"
    assert page["lead"] == "EKG technicians record heart rhythms. Their rôle is growing."
    assert headings(page) == ["Getting Certified"]
    assert blocks(page)[1]["items"][1] == {"text": "A diploma", "items": [{"text": "or GED"}]}
    assert dropped(page) >= {
        ("breadcrumb", "Home > Jobs > EKG"),
        ("navigation", "Nurses Coders"),
        ("pagination", "Next Page | Print"),
        ("footer", "Copyright 2018 HealthJobs. All Rights Reserved."),
    }


def test_facts_and_their_source_in_one_old_table():
    page = read_page(OLD.encode("cp1252"), "page.htm")
    found = facts(page)
    assert page["fact_boxes"][0]["title"] == "Important Facts About EKG Technicians"
    assert amount(found["Median Salary"]) == ("money", 55270, None, None, "USD", "year")
    assert found["Median Salary"]["qualifier"] == "for all cardiovascular technologists"
    assert found["Job Outlook"]["sources"] == ["U.S. Bureau of Labor Statistics"]
    assert credentials(page) == {("CCT", "Certified Cardiographic Technician", "CCI")}


OPTOMETRY = page_text("optometry.html")


def test_a_page_of_today():
    page = read_page(OPTOMETRY, "page.html")
    assert page["title"] == "Optometric Coding Credentials"
    assert page["lead"] == "Eye clinics bill vision plans and medical plans. Coders who know both are rare."
    assert headings(page) == ["Two Paths"]
    assert page["source"]["canonical"] == "https://visionwork.example/optometric-coding"
    assert blocks(page)[0] == {
        "type": "ul",
        "items": [
            {"text": "Clinic route", "items": [{"text": "Work at a desk for a year."}]},
            {"text": "School route", "items": [{"text": "Take a certificate course."}]},
        ],
    }
    assert dropped(page) >= {
        ("navigation", "Contents Pay and Outlook Two Paths"),
        ("breadcrumb", "Home Eye Care"),
        ("updated-line", "Updated May 1, 2023 by Lee Gray"),
        ("form", "Great post!"),
        ("listing-heading", "Featured Schools"),
        ("pagination", "Page 1 of 2 Next"),
    }
    assert [each["kind"] for each in page["disclosures"]] == ["affiliate", "sponsored-listing"]


def test_two_boxes_with_letters_and_stars_as_markers():
    page = read_page(OPTOMETRY, "page.html")
    assert amount(facts(page)["Lowest 10%"]) == ("money", None, None, 16.0, "USD", None)
    assert amount(facts(page)["Coder-to-clinic ratio"])[:2] == ("ratio", 0.25)
    assert sources(page) == [
        ("a", "Eye Pay Study", "https://eyepay.example/?y=2024"),
        ("b", "Bureau of Labor Statistics", None),
    ]
    assert page["fact_boxes"][1]["title"] == "Facts for Managers"
    assert amount(facts(page, 1)["Hours"]) == ("count", 40, None, None, "hours", "week")
    assert sources(page, 1) == [("*", "Manager Pay Guide, 2021", None)]
    assert warnings(page) >= {
        ("marker-without-source", "Coder-to-clinic ratio"),
        ("stale-statistic", "Average salary"),
    }


def test_a_body_whose_site_is_linked_and_a_credential_with_a_raised_sign():
    page = read_page(OPTOMETRY, "page.html")
    assert credentials(page) == {("OCA", "Optometric Coding Associate", "OCS")}
    assert ("Optometric Coders’ Society", "OCS", "www.ocs.example") in organisations(page)


def html(body: str) -> dict:
    return read_page(
        f"<html><head><title>T</title></head><body><h1>T</h1><p>Lead.</p>{body}</body></html>", "p.html"
    )


def test_a_header_row_of_one_cell_names_the_table():
    page = html(
        '<table><tr><th colspan="2">Career Snapshot</th></tr><tr><td>Median pay (2024)</td>'
        "<td>$50,000*</td></tr>"
        '<tr><td>Degree</td><td>None</td></tr><tr><td colspan="2"><small>*Pay Poll</small></td></tr></table>'
    )
    assert page["fact_boxes"][0]["title"] == "Career Snapshot"
    assert sources(page) == [("*", "Pay Poll", None)]


def test_rows_of_labels_and_values_that_are_no_table():
    page = html(
        '<div class="quick-facts"><h3>Quick facts</h3><p><strong>Median pay:'
        "</strong> $24.00 per hour (2024)<br>"
        "<strong>Outlook:</strong> 7% growth, 2024-34</p></div><h2>Next</h2><p>Text.</p>"
    )
    assert amount(facts(page)["Median pay"]) == ("money", 24.0, None, None, "USD", "hour")
    assert years(facts(page)["Median pay"]) == (2024, 2024)
    assert (amount(facts(page)["Outlook"])[1], years(facts(page)["Outlook"])) == (7, (2024, 2034))


def test_a_facts_box_floats_inside_a_section():
    page = html(
        '<h2>The Work</h2><p>One.</p><div class="factbox"><h3>Facts</h3><ul>'
        "<li>Pay (2024): $50,000</li></ul></div>"
        "<p>Two.</p>"
    )
    assert headings(page) == ["The Work"]
    assert [block["text"] for block in blocks(page)] == ["One.", "Two."]
    assert page["fact_boxes"][0]["after_section"] == 0


def test_bare_words_and_unclosed_elements():
    page = html("<h2>One</h2>Bare words <b>here</b><p>Next & last <i>words")
    assert [block["text"] for block in blocks(page)] == ["Bare words here", "Next & last words"]


def test_a_title_that_only_the_head_gives():
    page = read_page(
        '<head><title>Coder Pay | Site</title><meta property="og:title" content="Coder Pay">'
        "</head><p>Lead.</p>"
        "<h2>Coder Pay</h2><p>Text.</p>",
        "page.html",
    )
    assert page["title"] == "Coder Pay"
    assert words(page) == "Lead. Text."


def test_a_figure_with_a_table_is_kept_and_a_picture_is_not():
    page = html(
        "<h2>One</h2><figure><table><thead><tr><th>A</th><th>B</th><th>C</th></tr></thead>"
        "<tr><td>1</td><td>2</td><td>3</td></tr></table><figcaption>Counts</figcaption></figure>"
        '<p>Before <img src="/x/chart.png?utm_source=a"> after</p>'
    )
    assert [block["type"] for block in blocks(page)] == ["table", "p", "p"]
    assert ("image", "chart.png") in dropped(page)
    assert blocks(page)[2]["text"] == "Before after"


def test_a_page_of_boxes_without_a_main_element():
    page = read_page(page_text("manager.html"), "page.html")
    assert page["lead"] == "Billing managers run the office that sends claims."
    assert headings(page) == [
        "Duties",
        "Certification",
        "Frequently Asked Questions",
        "Is it hard?",
        "Is it paid well?",
    ]
    assert blocks(page)[1]["text"] == "They also train staff."
    assert amount(facts(page)["Median salary"]) == ("money", 101340, None, None, "USD", "year")
    assert sources(page) == [("[1]", "U.S. Bureau of Labor Statistics", "https://www.bls.gov/ooh/")]
    assert credentials(page) == {
        ("CBM", "Certified Billing Manager", "RMA"),
        ("FBI", "Fellow of the Billing Institute", "Billing Institute of Ohio"),
    }
    assert [each["text"] for each in page["disclosures"]] == ["We are paid by the schools shown here."]
    assert dropped(page) >= {
        ("navigation", "HealthCareers"),
        ("breadcrumb", "Home Careers"),
        ("call-to-action", "Request Info"),
        ("listing-heading", "Sponsored Schools"),
        ("promo", "cheap degrees"),
    }


def test_a_source_in_the_foot_of_a_table_and_falling_numbers():
    page = read_page(page_text("transcription.html"), "page.html")
    assert page["title"] == "Transcription & Scoping Careers"
    assert page["source"]["updated"] == "2024-05-02"
    found = facts(page)
    assert page["fact_boxes"][0]["title"] == "At a Glance"
    assert amount(found["Median Pay"]) == ("money", 37060, None, None, "USD", "year")
    assert years(found["Number of Jobs"]) == (2023, 2023)
    assert amount(found["Job Outlook"])[1] == -5
    assert amount(found["Employment Change"]) == ("count", -2400, None, None, "jobs", None)
    assert sources(page) == [("*", "Occupational Outlook Handbook", "https://www.bls.gov/ooh/")]
    assert credentials(page) == {
        ("RHDS", "Registered Healthcare Documentation Specialist", "ATI"),
        ("CHDS", "Certified Healthcare Documentation Specialist", "ATI"),
        ("CST", "Certified Speech Transcriber", "Speech Board"),
    }
