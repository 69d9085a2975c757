"""Credentials, redirects, sponsorships, statements by bulk file: preview first, errors by row, safe cells."""

import io
import re
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from content.lib.bulk import files
from content.lib.cells import plain, safe
from content.models import Attribution, Credential, Redirect
from listings.models import ListingRow, Sponsorship, Statement
from listings.statements import state
from tests.build import make_article, make_credential, make_school, make_source, make_sponsorship
from tests.content.workflow.people import logged_in, make_editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher() -> Client:
    return logged_in(make_editor("Publisher"))


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)


def address(model: str, page: str) -> str:
    return reverse(f"admin:{model}_{page}")


def preview(client: Client, model: str, data: str | bytes, name: str = "rows.csv") -> str:
    """What the page shows after the upload; nothing is changed yet."""
    sent = {"import_file": SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)}
    answer = client.post(address(model, "import"), {**sent, "format": "0", "resource": "0"})
    assert answer.status_code == 200
    return answer.content.decode()


def confirm(client: Client, model: str, shown: str, **typed: str) -> str:
    hidden = dict(re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', shown))
    answer = client.post(address(model, "process_import"), {**hidden, **typed}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def bring(client: Client, model: str, data: str | bytes) -> str:
    shown = preview(client, model, data)
    assert "Confirm import" in shown, re.sub(r"<[^>]+>|\s+", " ", shown)[-1500:]
    return confirm(client, model, shown)


def exported(client: Client, model: str, form: int = 0) -> bytes:
    answer = client.post(address(model, "export"), {"format": str(form), "resource": "0"})
    assert answer.status_code == 200
    return answer.content


def test_nothing_changes_before_it_is_confirmed(publisher):
    make_credential("CPC", name="Coder")
    shown = preview(publisher, "content_credential", "slug,name\ncpc,Certified Professional Coder\n")
    assert "<ins>" in shown
    assert "style=" not in shown.split('class="import-preview"')[1].split("</table>")[0]
    assert Credential.objects.get().name == "Coder"
    assert "1 updated" in confirm(publisher, "content_credential", shown)
    assert Credential.objects.get().name == "Certified Professional Coder"


def test_a_new_credential_says_nothing_that_the_file_does_not_say(publisher):
    make_credential("CPC")
    bring(publisher, "content_credential", "slug,code,name,body\ncic,CIC,Inpatient Coder,AAPC\n")
    new = Credential.objects.get(slug="cic")
    assert (new.body.acronym, new.status, new.level, new.as_of) == ("AAPC", "", "", None)


def test_an_empty_cell_changes_nothing_and_a_mark_takes_a_value_away(publisher):
    make_credential("CPC", name="Coder", summary="Words", setting="Offices", as_of=2024)
    rows = "slug,name,summary,setting,as_of\ncpc,,__CLEAR__,,\n"
    assert "1 updated" in confirm(
        publisher, "content_credential", preview(publisher, "content_credential", rows), cleared="__CLEAR__"
    )
    one = Credential.objects.get()
    assert (one.name, one.summary, one.setting, one.as_of) == ("Coder", "", "Offices", 2024)


def test_f27_a_file_that_clears_much_needs_a_typed_word(publisher):
    make_credential("CPC", summary="Words")
    shown = preview(publisher, "content_credential", "slug,summary\ncpc,__CLEAR__\n")
    assert "more than a tenth" in confirm(publisher, "content_credential", shown)
    assert Credential.objects.get().summary == "Words"
    confirm(publisher, "content_credential", shown, cleared="__CLEAR__")
    assert Credential.objects.get().summary == ""


def test_a_value_that_changes_is_no_more_what_its_source_reported(publisher):
    one = make_credential("CPC", level="core")
    for attribute in ("level", "status"):
        Attribution.objects.create(credential=one, attribute=attribute, source=make_source())
    bring(publisher, "content_credential", "slug,level\ncpc,advanced\n")
    assert [each.attribute for each in one.attributions.all()] == ["status"]


def test_errors_are_told_by_row_and_keep_the_whole_file_out(publisher):
    make_credential("CPC", name="Coder")
    rows = "slug,name,body,level,as_of\ncpc,New,,,\nx,X,NOBODY,,\ny,Y,AAPC,highest,\nz,Z,AAPC,,soon\n"
    shown = preview(publisher, "content_credential", rows)
    assert "Confirm import" not in shown
    for said in ("There is no certifying body “NOBODY”.", "is not a valid choice", "is no whole number"):
        assert said.replace("'", "&#x27;") in shown
    assert list(Credential.objects.values_list("name", flat=True)) == ["Coder"]


def test_redirects_follow_the_rules_of_their_form(publisher):
    make_article("coding")
    rows = "path,to,article\n/old/,,coding\n/a/,/b/,\n/b/,/c/,\n"
    bring(publisher, "content_redirect", rows)
    assert Redirect.objects.get(path="/old/").article.slug == "coding"
    assert Redirect.objects.get(path="/a/").history.get().history_user.username == "publisher"
    for row, said in (
        ("/c/,/a/,", "lead in a circle"),
        ("/d/,/d/,", "cannot lead to itself"),
        ("/d/,//evil.example/,", "begins with one slash"),
        ("/d/,/e/,coding", "not both"),
        ("/d/,,no-such", "There is no article"),
    ):
        shown = preview(publisher, "content_redirect", f"path,to,article\n{row}\n")
        assert said in shown
        assert "Confirm import" not in shown
    assert Redirect.objects.count() == 3


def test_sponsorships_do_not_overlap_and_wait_for_approval(publisher):
    school = make_school("Greenwood", slug="greenwood")
    head = "school,program,placement,starts_at,ends_at,note,is_approved\n"
    row = "greenwood,51.0713.21,school-list,2027-01-01,2027-02-01 09:00,Contract 7,1\n"
    bring(publisher, "listings_sponsorship", head + row)
    one = Sponsorship.objects.get()
    assert (one.program, one.note, one.is_approved) == (school.programs.get(), "Contract 7", False)
    assert timezone.localtime(one.ends_at).isoformat() == "2027-02-01T09:00:00-05:00"
    assert one.history.count() == 1
    for row, said in (
        ("greenwood,51.0713.21,school-list,2027-01-15,2027-03-01,,", "overlaps another one"),
        ("greenwood,,school-list,2027-03-01,2027-01-01,,", "span"),
        ("greenwood,51.9999.21,school-list,2027-01-15,2027-03-01,,", "has no program"),
        ("nowhere,,school-list,2027-01-15,2027-03-01,,", "There is no school"),
        ("greenwood,,front-page,2027-01-15,2027-03-01,,", "is not a valid choice"),
        ("greenwood,,school-list,soon,2027-03-01,,", "is no date"),
    ):
        shown = preview(publisher, "listings_sponsorship", head + row + "\n")
        assert said in shown, row
        assert "Confirm import" not in shown
    assert Sponsorship.objects.count() == 1


def test_statements_replace_what_stood_and_the_listing_follows(publisher):
    make_credential("CPC")
    school = make_school("Greenwood", slug="greenwood", programs=[{"months": 9}])
    head = "school,program,field,value,year,valid_until\n"
    row = "greenwood,51.0713.21,{},{},{},\n"
    rows = [("months", "12", ""), ("delivery", '"online,campus"', ""), ("tuition", "4500", "2026")]
    rows.append(("credentials", "cpc", ""))
    bring(publisher, "listings_statement", head + "".join(row.format(*each) for each in rows))
    now = {each.field: each for each in Statement.objects.filter(replaced_at=None)}
    assert {name: each.value for name, each in now.items()} == {
        "months": 12,
        "delivery": ["campus", "online"],
        "tuition": {"amount": 4500, "year": 2026},
        "credentials": ["cpc"],
    }
    assert {each.editor.username for each in now.values()} == {"publisher"}
    assert Statement.objects.filter(field="months").count() == 2
    listed = ListingRow.objects.get(school=school)
    assert (listed.months, listed.tuition) == (12, 4500)
    again = bring(publisher, "listings_statement", head + "".join(row.format(*each) for each in rows))
    assert "4 skipped" in again
    assert Statement.objects.count() == 5
    for each, said in (
        (("months", "0", ""), "as a whole number from 1 to 120"),
        (("months", "", ""), "Give a value"),
        (("tuition", "4500", ""), "Give the year"),
        (("delivery", "by-post", ""), "Choose how the program is taught"),
        (("credentials", "xyz", ""), "No credential here is called"),
        (("colour", "red", ""), "is not a valid choice"),
    ):
        shown = preview(publisher, "listings_statement", head + row.format(*each))
        assert said in shown, each
        assert "Confirm import" not in shown


def test_every_stated_field_goes_out_and_comes_back_the_same(publisher):
    make_credential("CPC")
    school = make_school(
        "Greenwood", slug="greenwood", programs=[{"tuition": {"amount": 4500, "year": 2026}}]
    )
    program = school.programs.get()
    given = {
        "curriculum": {"courses": [{"title": "Anatomy: basics"}], "hours": 540},
        "prerequisites": "=A diploma\nTyping",
        "pass_rate": {"credential": "cpc", "percent": 80.5, "year": 2025, "source": "Report; page 3"},
    }
    for field, value in given.items():
        state(school=school, program=program, field=field, value=value, by="school")
    state(school=school, program=None, field="phone", value="614-555-0123", by="school")
    before = dict(Statement.objects.values_list("field", "value"))
    out = exported(publisher, "listings_statement")
    Statement.objects.all().delete()
    bring(publisher, "listings_statement", out)
    assert dict(Statement.objects.values_list("field", "value")) == before
    assert Statement.objects.get(field="phone").program is None


def test_a_field_of_a_school_names_no_program(publisher):
    make_school("Greenwood", slug="greenwood")
    head = "school,program,field,value,year,valid_until\n"
    shown = preview(publisher, "listings_statement", head + "greenwood,51.0713.21,phone,614-555-0123,,\n")
    assert "Leave it empty" in shown
    shown = preview(publisher, "listings_statement", head + "greenwood,,months,9,,\n")
    assert "Name the program" in shown


def test_what_is_exported_comes_back_unchanged(publisher):
    evil = ["=HYPERLINK(1)", "+1", "-2+3", "@SUM(1)", "'=quoted", "\t=tab", 'a, "b" é']
    for number, name in enumerate(evil):
        make_credential(f"C{number}", name=name, summary=f"{name}\nsecond")
    stored = list(Credential.objects.values_list("slug", "name", "summary"))
    for form in (0, 1):
        data = exported(publisher, "content_credential", form)
        if form:
            sheet = openpyxl.load_workbook(io.BytesIO(data)).active
            assert not any(cell.data_type == "f" for row in sheet.rows for cell in row)
        else:
            assert data.startswith(b"\xef\xbb\xbf")
            assert b",=" not in data
        shown = preview(publisher, "content_credential", data)
        assert shown.count(">skip<") == len(evil)
        confirm(publisher, "content_credential", shown)
        assert [
            (slug, name.strip(), text)
            for slug, name, text in Credential.objects.values_list("slug", "name", "summary")
        ] == [(slug, name.strip(), text) for slug, name, text in stored]
    assert all(plain(safe(name)) == name for name in evil)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"slug,name\n", "no rows"),
        (b"slug,name\ncpc,Jos\xe9\n", "not UTF-8"),
        (b"slug,name\ncpc,a\0b\n", "NUL"),
        (b'slug,name\n"cpc,open\n', "not sound csv"),
        (b"slug,name\ncpc,a,b\n", "Line 2 has 3 cells"),
        (b"slug,name\nslug,name\n", "header again"),
        (b"slug,slug\na,b\n", "Two columns"),
        (b"slug,name\ncpc," + b"a" * 5_001 + b"\n", "5,000 signs"),
        (b"slug,name\n" + b"cpc,a\n" * 501, "over 500 rows"),
        (b"a" * 2_000_001, "over 2 MB"),
        (b",".join(b"c%d" % number for number in range(5_000)) + b"\nx\n", "300 columns"),
        (b"PK\x03\x04damaged", "damaged"),
        (b"\xd0\xcf\x11\xe0old", "old Excel form"),
        (b"\xff\xfe" + b"s\0", "no rows"),
        (b"name\nx\n", "not present in the file headers"),
    ],
)
def test_f25_f26_a_bad_file_is_refused_with_a_sentence(publisher, data, said):
    shown = preview(publisher, "content_credential", data)
    assert said in shown
    assert "Traceback" not in shown
    assert "Confirm import" not in shown
    assert Credential.objects.count() == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line", ["\n", "\r\n"])
def test_f26_names_stay_whole_in_every_encoding_that_says_what_it_is(publisher, encoding, line):
    make_credential("CPC")
    rows = line.join(["slug,name", "cpc,José Ünïcode", ""])
    bring(publisher, "content_credential", rows.encode(encoding))
    assert Credential.objects.get().name == "José Ünïcode"


def test_no_path_comes_from_the_form(publisher, tmp_path):
    make_credential("CPC", name="Coder")
    outside = tmp_path / "outside.csv"
    outside.write_text("slug,name\ncpc,Stolen\n")
    for name in (str(outside), "../outside.csv", "outside.csv", "", "x" * 32, "0" * 32):
        sent = {"import_file_name": name, "original_file_name": "x.csv", "format": "0", "resource": "0"}
        answer = publisher.post(address("content_credential", "process_import"), sent)
        assert answer.status_code in (200, 302)
    for wrong in ("7", "x", "-1"):
        sent = {"import_file_name": "0" * 32, "original_file_name": "x.csv", "format": wrong}
        assert publisher.post(address("content_credential", "process_import"), sent).status_code == 200
    assert outside.exists()
    assert Credential.objects.get().name == "Coder"


def test_a_confirmation_counts_once(publisher):
    make_credential("CPC")
    shown = preview(publisher, "content_credential", "slug,name\ncpc,New\n")
    confirm(publisher, "content_credential", shown)
    assert "imported already" in confirm(publisher, "content_credential", shown)
    assert list(files.folder().iterdir()) == []


def test_what_was_never_confirmed_is_purged(publisher):
    make_credential("CPC")
    preview(publisher, "content_credential", "slug,name\ncpc,New\n")
    assert files.sweep() == 0
    assert files.sweep(timezone.now() + timedelta(days=2)) == 1
    call_command("run_job", "purge", verbosity=0)


def test_f24_a_row_that_fails_at_the_end_leaves_nothing_of_the_file(publisher):
    school = make_school("Greenwood", slug="greenwood")
    head = "school,program,placement,starts_at,ends_at\n"
    shown = preview(publisher, "listings_sponsorship", head + "".join(
        f"greenwood,,school-list,2027-{month:02}-01,2027-{month:02}-20\n" for month in range(1, 6)
    ))  # fmt: skip
    day = datetime(2027, 5, 10, tzinfo=UTC)
    make_sponsorship(school, starts_at=day, ends_at=day + timedelta(days=1))
    assert "Nothing was changed" in confirm(publisher, "listings_sponsorship", shown)
    assert Sponsorship.objects.count() == 1


@pytest.mark.parametrize(
    "model", ["content_credential", "content_redirect", "listings_sponsorship", "listings_statement"]
)
def test_a_template_names_the_columns_and_is_found_on_the_page(publisher, model):
    page = publisher.get(address(model, "import")).content.decode()
    assert address(model, "template") in page
    header = publisher.get(address(model, "template")).content.decode("utf-8-sig").strip()
    assert "," in header
    assert header.split(",") == exported(publisher, model).decode("utf-8-sig").splitlines()[0].replace(
        ",is_approved", ""
    ).split(",")
