# ruff: noqa: RUF001  # dashes and quotes as pages write them
"""Values of facts lines, as pages write them."""

import pytest

from content.pipeline.document import Paragraph
from content.pipeline.facts import split_line, take_period
from content.pipeline.marks import take_marks
from content.pipeline.sources import parse_sources
from content.pipeline.text import Span, Text
from content.pipeline.values import parse_value

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("label", "text", "wanted"),
    [
        ("Median Salary", "$41,000 (for medical coders)", ("money", 41000, None, None, "USD", "year")),
        ("Pay Range", "$38,000–$52,000", ("money", None, 38000, 52000, "USD", "year")),
        ("Pay", "between $20 and $30 an hour", ("money", None, 20, 30, "USD", "hour")),
        ("Salary", "$41K–$52K", ("money", None, 41000, 52000, "USD", "year")),
        ("Salary", "$33-65K", ("money", None, 33000, 65000, "USD", "year")),
        ("Median Salary", "$36\u202f740", ("money", 36740, None, None, "USD", "year")),
        ("Entry-Level Wage", "less than $15.00", ("money", None, None, 15.0, "USD", None)),
        ("Top 10%", "More than $48,000", ("money", None, 48000, None, "USD", None)),
        ("Pay", "$50,000+", ("money", None, 50000, None, "USD", "year")),
        ("Pay", "€36 740", ("money", 36740, None, None, "EUR", "year")),
        ("Pay", "45,000 USD per year", ("money", 45000, None, None, "USD", "year")),
        ("Pay", "C$52,000", ("money", 52000, None, None, "CAD", "year")),
        ("Fee", "$350 per credit", ("money", 350, None, None, "USD", "credit")),
        ("Exam Fee", "$299", ("money", 299, None, None, "USD", None)),
        ("Market", "$1.2 million", ("money", 1200000, None, None, "USD", None)),
        ("Job Outlook", "13%", ("percent", 13, None, None, "percent", None)),
        ("Employment Change", "-3%", ("percent", -3, None, None, "percent", None)),
        ("Employment Change", "−3 percent", ("percent", -3, None, None, "percent", None)),
        ("Job Outlook", "3% decline", ("percent", -3, None, None, "percent", None)),
        ("Job Outlook", "growth of 9 percent", ("percent", 9, None, None, "percent", None)),
        ("Growth", "5–7%", ("percent", None, 5, 7, "percent", None)),
        ("Growth", "−2% to 1%", ("percent", None, -2, 1, "percent", None)),
        ("Job Openings", "About 9,200 a year", ("count", 9200, None, None, "openings", "year")),
        ("Number of Jobs", "192,300", ("count", 192300, None, None, "jobs", None)),
        ("Employment", "194,800", ("count", 194800, None, None, "jobs", None)),
        ("Exam Length", "150 multiple-choice questions", ("count", 150, None, None, "questions", None)),
        ("New jobs", "+15,100", ("count", 15100, None, None, "jobs", None)),
        ("Study Time", "4-6 months", ("duration", None, 4, 6, "month", None)),
        ("Study Time", "Six months", ("duration", 6, None, None, "month", None)),
        ("Experience", "2 years or more", ("duration", None, 2, None, "year", None)),
        ("Experience", "at least 18 months", ("duration", None, 18, None, "month", None)),
        ("Student-Faculty Ratio", "15:1", ("ratio", 15, None, None, None, None)),
        ("Certified", "1 in 5", ("ratio", 0.2, None, None, None, None)),
        ("Key Skills", "accuracy, tact", ("list", ("accuracy", "tact"), None, None, None, None)),
        ("Exams", "CPC, CCS and RHIT", ("list", ("CPC", "CCS", "RHIT"), None, None, None, None)),
        ("Renewal", "every 2 years, 20 hours", ("text", "every 2 years, 20 hours", None, None, None, None)),
        ("SOC Code", "29-2072", ("text", "29-2072", None, None, None, None)),
        ("Founded", "1928", ("text", "1928", None, None, None, None)),
        ("Exam", "100 questions, 3 hours", ("text", "100 questions, 3 hours", None, None, None, None)),
        (
            "Education",
            "Certificate, degree preferred",
            ("text", "Certificate, degree preferred", None, None, None, None),
        ),
        ("Pay", "9" * 40, ("text", "9" * 40, None, None, None, None)),
        ("Pay", "", ("text", "", None, None, None, None)),
    ],
)
def test_amounts_ranges_units_and_rates(label, text, wanted):
    value = parse_value(text.replace("\u202f", " "), label)
    assert (value.kind, value.value, value.value_min, value.value_max, value.unit, value.per) == wanted


@pytest.mark.parametrize(
    ("text", "period", "qualifier"),
    [
        ("$41,000 in 2019", (2019, 2019), None),
        ("$41,000, as of May 2023", (2023, 2023), None),
        ("13% from 2016 to 2026", (2016, 2026), None),
        ("9% (2024-34, faster than average)", (2024, 2034), "faster than average"),
        ("7% (1999-04)", (1999, 2004), None),
        ("$299 (members); $399", None, "$399; members"),
        ("About $41,000 (nationwide)", None, "about; nationwide"),
    ],
)
def test_periods_and_qualifiers_in_a_value(text, period, qualifier):
    value = parse_value(text, "Median Salary")
    assert (value.period and (value.period.first, value.period.last)) == period
    assert value.qualifier == qualifier


@pytest.mark.parametrize(
    ("written", "label", "period", "note"),
    [
        ("Median Salary (2019)", "Median Salary", (2019, 2019), None),
        ("Job Outlook (2024-34)", "Job Outlook", (2024, 2034), None),
        ("Job Outlook (2022–2032):", "Job Outlook", (2022, 2032), None),
        ("Median Pay (May 2025, national)", "Median Pay", (2025, 2025), "national"),
        ("Median Salary, 2022", "Median Salary", (2022, 2022), None),
        ("2023 Median Pay", "Median Pay", (2023, 2023), None),
        ("Exam Fee (members)", "Exam Fee (members)", None, None),
        ("Top 10%", "Top 10%", None, None),
    ],
)
def test_the_period_of_a_label(written, label, period, note):
    found = take_period(written)
    assert (found[0], found[1] and (found[1].first, found[1].last), found[2]) == (label, period, note)


@pytest.mark.parametrize(
    ("line", "label", "value"),
    [
        ("Median Salary (2019) $41,000* (for coders)", "Median Salary (2019)", "$41,000* (for coders)"),
        ("Work Environment Hospitals, surgery centers", "Work Environment", "Hospitals, surgery centers"),
        ("Key Skills Analytical skills, integrity", "Key Skills", "Analytical skills, integrity"),
        ("Patient Contact Little, mostly by phone", "Patient Contact", "Little, mostly by phone"),
        ("Pay – $20 an hour", "Pay", "$20 an hour"),
        ("Pay .......... $20 an hour", "Pay", "$20 an hour"),
        ("Licensure: None", "Licensure", "None"),
        ("Job Openings About 9,200", "Job Openings", "About 9,200"),
    ],
)
def test_where_a_label_ends(line, label, value):
    row = split_line(Text.plainly(line), sure=True)
    assert row is not None
    assert (row.label.plain, row.value.plain) == (label, value)


@pytest.mark.parametrize("line", ["", ":", "no capital here", "A whole sentence. It goes on: like this."])
def test_a_line_that_is_no_fact(line):
    assert split_line(Text.plainly(line)) is None


def test_marks_stand_apart_from_digits_and_join_where_they_touch():
    marked = Text.of([Span("$47,360"), Span("1,2", raised=True), Span(" per year*†")]).marked
    assert take_marks(marked) == ("$47,360 per year", ["1", "2", "*", "†"])


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Sources: *Payscale.com; **BLS", [("*", "Payscale.com", None), ("**", "BLS", None)]),
        ("Source: U.S. Bureau of Labor Statistics.", [(None, "U.S. Bureau of Labor Statistics", None)]),
        ("*Source: Pay Poll, 2021", [("*", "Pay Poll, 2021", None)]),
        ("Sources: *A and **B", [("*", "A", None), ("**", "B", None)]),
        ("Sources: Payscale.com*; BLS**", [("*", "Payscale.com", None), ("**", "BLS", None)]),
        (
            "Sources: [1] BLS https://www.bls.gov/oes/; [2] Poll",
            [("[1]", "BLS", "https://www.bls.gov/oes/"), ("[2]", "Poll", None)],
        ),
        ("Data from: Pay Poll; Job Office", [(None, "Pay Poll", None), (None, "Job Office", None)]),
        ("Sources: ¹ Wage Atlas ² Job Office", [("¹", "Wage Atlas", None), ("²", "Job Office", None)]),
    ],
)
def test_lines_of_sources(line, wanted):
    found = parse_sources([Paragraph((Text.plainly(line),))])
    assert [(each.marker, each.name, each.url) for each in found] == wanted
