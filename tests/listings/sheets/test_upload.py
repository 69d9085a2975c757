"""Many programs by spreadsheet: uploaded, mended in the browser, sent as one submission."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from listings.models import Sheet, SheetRow, Statement, Submission, SubmittedField
from listings.submissions import sending
from listings.submissions.deciding import Decision, decide
from listings.submissions.sheets import keeping
from tests.build import make_credential, make_school, make_statement
from tests.listings.sheets.made import HEADER, KEY, address, box, csv_file, press, upload, xlsx_file
from tests.listings.submissions.sent import make_mailbox, make_moderator
from tests.listings.submissions.visiting import visitor

pytestmark = pytest.mark.django_db
PROGRAMS = [{"cip": "51.0713"}, {"cip": "51.0714"}, {"cip": "51.0707", "award_level": 3}]


@pytest.fixture
def school():
    return make_school(programs=PROGRAMS)


@pytest.fixture
def client():
    return visitor()


def values() -> dict[tuple[str, str], object]:
    return {(row.program_key, row.field): row.value for row in SubmittedField.objects.all()}


def test_a_sound_sheet_is_one_submission_that_an_editor_accepts(client, school):
    sheet = csv_file(
        (*KEY, "$4,500.00", 2026, "9 months"),
        ("Billing", 51.0714, "certificate", "", "", 12),
        ("Records", "51.0707", "AAS", "", "", ""),
    )
    assert "3 lines can be sent" in upload(client, school, sheet).content.decode()
    assert not Submission.objects.exists()
    answer = press(client, school)
    sent = Submission.objects.get()
    assert answer["Location"] == f"/for-schools/my/sent/{sent.reference}/"
    assert (sent.kind, sent.state, sent.school) == ("update", "waiting", school)
    assert values() == {
        ("51.0713.21", "tuition"): {"amount": 4500, "year": 2026},
        ("51.0713.21", "months"): 9,
        ("51.0714.21", "months"): 12,
    }
    decide(sent, Decision(sent.version, frozenset(row.pk for row in sent.fields.all())), by=make_moderator())
    assert Statement.objects.get(program__cip="51.0714", field="months").value == 12


def test_a_bad_cell_says_why_and_nothing_is_sent_before_it_is_mended(client, school):
    upload(client, school, csv_file((*KEY, "4500", "2026", "9-12"), ("Billing", "51.0714", "", "", "", 12)))
    page = client.get(address(school)).content.decode()
    assert "1 of 2 lines needs mending" in page
    assert "Line 2, Length (months): Give the length in months as a whole number from 1 to 120." in page
    assert press(client, school)["Location"] == address(school)
    assert not Submission.objects.exists()
    press(client, school, **{box(school, 2, "months"): "10"})
    assert values()["51.0713.21", "months"] == 10
    assert len(values()) == 3


def test_bad_lines_are_left_out_by_a_button_and_stay_to_be_mended(client, school):
    upload(client, school, csv_file((*KEY, "free", "2026", "9"), ("Billing", "51.0714", "", "", "", 12)))
    press(client, school, "send-good", **{box(school, 2, "tuition"): "none at all"})
    first = Submission.objects.get()
    assert values() == {("51.0714.21", "months"): 12}
    page = client.get(address(school)).content.decode()
    assert first.reference in page
    assert "none at all" in page
    press(client, school, **{box(school, 2, "tuition"): "4500"})
    assert Submission.objects.count() == 2
    assert not SheetRow.objects.exists()


def test_a_second_press_of_the_button_leads_to_the_same_submission(client, school):
    upload(client, school, csv_file((*KEY, "4500", "2026", "9")))
    first, second = press(client, school), press(client, school)
    assert first["Location"] == second["Location"]
    assert Submission.objects.count() == 1


def test_the_same_sheet_uploaded_and_sent_again_is_the_same_submission(client, school):
    for _time in range(3):
        upload(client, school, csv_file((*KEY, "4500", "2026", "9")))
        press(client, school)
    assert Submission.objects.count() == 1


def test_an_empty_cell_changes_nothing_and_clear_takes_back(client, school):
    for program in school.programs.all():
        for field, value in {
            "months": 9,
            "prerequisites": "None.",
            "delivery": ["online"],
            "aid": ["none"],
        }.items():
            make_statement(program, field, value)
    header = (*HEADER, "Prerequisites", "How it is taught")
    page = upload(client, school, csv_file((*KEY, "", "", "", "__CLEAR__", ""), header=header))
    assert "stated values" not in page.content.decode()
    press(client, school)
    assert values() == {("51.0713.21", "prerequisites"): None}


def test_f27_a_sheet_that_takes_back_more_than_a_tenth_asks_for_the_number(client, school):
    program = school.programs.get(cip="51.0713")
    for field, value in {"months": 9, "prerequisites": "None.", "delivery": ["online"]}.items():
        make_statement(program, field, value)
    upload(client, school, csv_file((*KEY, "", "", "__CLEAR__")))
    page = client.get(address(school)).content.decode()
    assert "Type 1 to take back 1 of 3 stated values" in page
    assert "33% of what readers see" in page
    for word in ("", "2", "yes"):
        answer = press(client, school, word=word)
        assert "Nothing is sent: it would take back 1 of 3 values" in answer.content.decode()
    assert not Submission.objects.exists()
    press(client, school, word="1")
    assert values() == {("51.0713.21", "months"): None}


def test_an_empty_cell_keeps_its_part_and_a_new_lead_begins_anew(client, school):
    program = school.programs.get(cip="51.0713")
    make_statement(program, "externship", {"kind": "required", "hours": 160})
    make_statement(program, "tuition", {"amount": 4500, "year": 2025})
    header = ("Program", "CIP", "Externship", "Externship hours", "Tuition", "Tuition year")
    upload(client, school, csv_file(("Coding", "51.0713", "none", "", "", "2026"), header=header))
    press(client, school)
    assert values() == {
        ("51.0713.21", "externship"): {"kind": "none", "hours": None},
        ("51.0713.21", "tuition"): {"amount": 4500, "year": 2026},
    }


def test_a_new_tuition_without_its_year_is_asked_back(client, school):
    make_statement(school.programs.get(cip="51.0713"), "tuition", {"amount": 4500, "year": 2025})
    page = upload(client, school, csv_file((*KEY, "5000", "", ""))).content.decode()
    assert "Give the tuition in dollars and the year that it applies to." in page
    press(client, school, **{box(school, 2, "tuition_year"): "2027"})
    assert values() == {("51.0713.21", "tuition"): {"amount": 5000, "year": 2027}}


def test_what_is_not_confirmed_any_more_is_stated_again(client, school):
    lapsed = {"valid_until": "2020-01-01T00:00Z", "stated_at": "2019-01-01T00:00Z"}
    make_statement(school.programs.get(cip="51.0713"), "months", 9, **lapsed)
    upload(client, school, csv_file((*KEY, "", "", "9")))
    press(client, school)
    assert values() == {("51.0713.21", "months"): 9}


def test_a_sheet_that_says_nothing_new_is_not_sent(client, school):
    make_statement(school.programs.get(cip="51.0713"), "months", 9)
    page = upload(client, school, csv_file((*KEY, "", "", "9"))).content.decode()
    assert "Nothing differs from what we hold" in page
    assert "Nothing differs" in press(client, school).content.decode()
    assert not Submission.objects.exists()


def test_the_habits_of_excel_are_understood(client, school):
    make_credential("CPC")
    header = ("Fall catalog",)
    columns = ("Award", "CIP", "Program", "Length", "Start date", "Pass rate", "Tuition", "Tuition year")
    pass_rate = ("Pass rate: exam", "Pass rate: year", "Pass rate: source")
    rows = [
        (),
        (*columns, *pass_rate, "Contact"),
        (
            "1-2 years",
            51.0713,
            "Coding",
            9.0,
            46398,
            (0.875, "0.0%"),
            (4500.0, "$#,##0.00"),
            2026,
            "CPC",
            2025,
            "x",
        ),
        (
            openpyxl.utils.datetime.from_excel(46024),
            51.071,
            "Office",
            12,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            "Jo",
        ),
    ]
    page = upload(client, school, xlsx_file(*rows, header=header), "Copy of programs.xlsx").content.decode()
    assert "2 lines can be sent" in page
    assert "1 column was not read: “Contact”." in page
    press(client, school)
    assert values() == {
        ("51.0713.2", "months"): 9,
        ("51.0713.2", "starts"): {"dates": ["2027-01-11"]},
        ("51.0713.2", "tuition"): {"amount": 4500, "year": 2026},
        ("51.0713.2", "pass_rate"): {
            "credential": "cpc", "percent": 87.5, "year": 2025, "takers": None, "source": "x",
        },
        ("51.0710.2", "months"): 12,
    }  # fmt: skip


def test_two_lines_of_one_program_do_not_both_pass(client, school):
    page = upload(client, school, csv_file((*KEY, "", "", "9"), (*KEY, "", "", "10"))).content.decode()
    assert "Line 2 is of the same program and award." in page
    press(client, school, "send-good")
    assert values() == {("51.0713.21", "months"): 9}


def test_another_page_of_the_same_sheet_cannot_send_over_it(client, school):
    upload(client, school, csv_file((*KEY, "", "", "nine")))
    mine = box(school, 2, "months")
    press(client, school, **{mine: "ten"})
    answer = client.post(address(school), {"do": "send", "version": "1", mine: "my own words"})
    page = answer.content.decode()
    assert "changed, sent or replaced on another page" in page
    assert "my own words" in page
    assert not Submission.objects.exists()


def test_another_file_takes_its_place_and_a_sheet_can_be_deleted(client, school):
    upload(client, school, csv_file((*KEY, "", "", "nine")), "one.csv")
    upload(client, school, csv_file((*KEY, "", "", "10")), "../../two.csv")
    assert [sheet.name for sheet in Sheet.objects.all()] == ["two.csv"]
    press(client, school, "drop")
    assert not Sheet.objects.exists()
    assert "Choose the file" in client.post(address(school), {"do": "upload"}).content.decode()


def test_a_sheet_is_open_to_its_mailbox_alone(client, school):
    upload(client, school, csv_file((*KEY, "", "", "nine")))
    mine = box(school, 2, "months")
    stranger = visitor(make_mailbox("other@school.edu"))
    assert b"nine" not in stranger.get(address(school)).content
    upload(stranger, school, csv_file((*KEY, "", "", "soon")), "theirs.csv")
    theirs = Sheet.objects.get(name="theirs.csv")
    stranger.post(address(school), {"do": "send", "version": theirs.version, mine: "10"})
    assert SheetRow.objects.get(sheet__name="programs.csv").cells["months"] == "nine"


def test_without_an_open_page_nothing_is_stored_or_handed_out(school):
    given = {"do": "upload", "file": SimpleUploadedFile("a.csv", csv_file((*KEY, "", "", "9")))}
    assert Client().post(address(school), given).status_code == 403
    assert Client().get(f"{address(school)}programs.csv").status_code == 302
    assert not Sheet.objects.exists()


def test_a_school_that_is_not_there_is_not_found(client):
    assert client.get("/for-schools/my/upload/no-such-school/").status_code == 404


def test_a41_what_is_downloaded_runs_in_no_spreadsheet(client, school):
    program = school.programs.get(cip="51.0713")
    make_statement(program, "prerequisites", "=HYPERLINK(1)")
    make_statement(program, "pass_rate", {
        "credential": "cpc", "percent": 5, "year": 2025, "takers": None, "source": "\uff1d1+1",
    })  # fmt: skip
    text = client.get(f"{address(school)}programs.csv").content.decode("utf-8-sig")
    assert ",'=HYPERLINK(1)," in text
    assert ",'\uff1d1+1" in text
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address(school)}programs.xlsx").content))
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}


def test_a43_a_formula_is_text_whatever_it_would_give(client, school):
    sheet = xlsx_file((*KEY, "=2000+2500", 2026, None))
    page = upload(client, school, sheet, "p.xlsx").content.decode()
    assert "This cell is a formula, and formulas are not worked out here. Type its result." in page
    assert "=2000+2500" in page


def test_a44_a_line_of_another_school_is_refused(client, school):
    other = make_school("Other College")
    header = ("UNITID", "id", "school", *HEADER)
    rows = csv_file(
        (other.unitid, other.pk, other.slug, *KEY, "", "", "9"),
        (school.unitid, other.pk, other.slug, "B", "51.0714", "", "", "", "10"),
        header=header,
    )
    page = upload(client, school, rows).content.decode()
    assert f"This row is of another school: its UNITID is {other.unitid}." in page
    assert "2 columns were not read: “id”, “school”." in page
    press(client, school, "send-good")
    assert set(Submission.objects.values_list("school", flat=True)) == {school.pk}
    assert values() == {("51.0714.21", "months"): 10}


def test_questions_to_the_database_do_not_grow_with_the_lines(client, school, django_assert_max_num_queries):
    make_credential("CPC")
    header = ("Program", "CIP", "Award", "Prepares for", "Length", "Pass rate")
    few = [("x", "51.0713", "AAS", "CPC", "9", "x")]
    many = [
        ("x", f"51.07{code:02}", award, "CPC", "9", "x")
        for code in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
        for award in ("AAS", "2-4 years", "1-2 years", "Bachelor", "Master")
    ]
    counts = []
    for rows in (few, many):
        upload(client, school, csv_file(*rows, header=header))
        with django_assert_max_num_queries(25) as asked:
            client.get(address(school))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_sheet_that_was_deleted_on_another_page_says_so_and_shows_what_was_typed(
    client, school, monkeypatch
):
    upload(client, school, csv_file((*KEY, "", "", "nine")))
    mine, held = box(school, 2, "months"), keeping._held

    def deleted_first(sheet, version):
        Sheet.objects.all().delete()
        return held(sheet, version)

    monkeypatch.setattr(keeping, "_held", deleted_first)
    page = press(client, school, **{mine: "my own words"}).content.decode()
    assert "changed, sent or replaced on another page" in page
    assert "my own words" in page


def test_what_was_typed_stays_where_the_network_sent_too_much(client, school, monkeypatch):
    monkeypatch.setattr(sending, "FROM_ONE", (sending.FROM_ONE[0], 0))
    upload(client, school, csv_file((*KEY, "", "", "nine")))
    answer = press(client, school, **{box(school, 2, "months"): "10"})
    assert answer.status_code == 429
    assert SheetRow.objects.get().cells["months"] == "10"
    assert not Submission.objects.exists()


def test_a_version_that_no_page_had_is_another_page(client, school):
    upload(client, school, csv_file((*KEY, "", "", "9")))
    answer = press(client, school, version="9" * 5000)
    assert answer.status_code == 200
    assert "changed, sent or replaced on another page" in answer.content.decode()
    assert not Submission.objects.exists()
