"""A school goes through its whole listing: programs changed, added, copied; looked at; kept; sent."""

from datetime import timedelta

import pytest

from listings.models import Letter, ListingRow, Mailbox, Program, School, Statement, Submission
from listings.statements import state
from listings.submissions import limits
from tests.build import make_school
from tests.listings.for_schools.filled import ADDRESS, controls, problems, visiting
from tests.reading import Page

pytestmark = pytest.mark.django_db
WHOLE = "/schools/greenwood/correct/"
CODER, BILLER = "p51.0713.21", "p51.0714.2"


@pytest.fixture
def school():
    programs = [{"cip": "51.0713", "award_level": 21}, {"cip": "51.0714", "award_level": 2}]
    return make_school(programs=programs, slug="greenwood")


def press(client, button, /, **changes):
    """Opens the form, types what is changed, and presses one of its buttons."""
    sent = controls(Page(client, WHOLE)) | {"address": ADDRESS, "do": button} | changes
    return client.post(WHOLE, sent)


def sent_values() -> dict[str, object]:
    return {f"{each.program_key} {each.field}": each.value for each in Submission.objects.get().fields.all()}


def test_what_differs_in_several_programs_is_one_submission(client, school):
    state(school=school, program=school.programs.first(), field="months", value=9, by="school")
    answer = press(
        client,
        "send",
        **{
            f"{CODER}-months": "10",
            f"{CODER}-delivery": ["online", "campus"],
            f"{BILLER}-tuition-amount": "3,900",
            f"{BILLER}-tuition-year": "2026",
            f"{BILLER}-starts-dates": "1/11/2027\nMay 3, 2027",
            f"{BILLER}-curriculum-courses": "Anatomy: 60\nTerms",
            "s-phone": "614-555-0123",
            "note": "From the registrar.",
        },
    )
    assert answer.status_code == 302
    sent = Submission.objects.get()
    assert (sent.kind, sent.state, sent.note) == ("update", "unconfirmed", "From the registrar.")
    assert sent_values() == {
        "51.0713.21 months": 10,
        "51.0713.21 delivery": ["campus", "online"],
        "51.0714.2 tuition": {"amount": 3900, "year": 2026},
        "51.0714.2 starts": {"dates": ["2027-01-11", "2027-05-03"]},
        "51.0714.2 curriculum": {
            "courses": [{"title": "Anatomy", "hours": 60}, {"title": "Terms", "hours": None}],
            "hours": None,
        },
        " phone": "6145550123",
    }


def test_mistakes_in_three_places_are_links_to_their_controls(client, school):
    changes = {
        f"{CODER}-months": "soon",
        f"{BILLER}-pass_rate-percent": "90",
        "s-website": "http://127.0.0.1/",
        "address": "",
    }
    answer = press(client, "send", **changes)
    said = problems(answer)
    assert [each.partition(":")[0] for each in said] == [
        "Website",
        "Medical Insurance Coding Specialist/Coder",
        "Medical Insurance Specialist/Medical Biller",
        "Your e-mail address",
    ]
    page = Page.of(answer)
    assert page.tree.css(f"details[open] #{CODER.replace('.', chr(92) + '.')}")
    again = controls(page)
    assert [again[name][0] for name in changes] == list(changes.values())
    assert not Submission.objects.exists()


def test_a_program_is_added_with_what_another_one_has(client, school):
    added = Page.of(press(client, "add", **{f"{CODER}-months": "9", f"{CODER}-aid": ["federal", "state"]}))
    assert added.tree.css("select#n0-cip[autofocus]")
    typed = controls(added) | {"address": [ADDRESS]}
    assert typed[f"{CODER}-months"] == ["9"]
    typed |= {"n0-cip": ["51.0715"], "n0-level": ["21"], "n0-months": ["4"], "n0-from": [CODER]}
    copied = controls(Page.of(client.post(WHOLE, typed | {"do": "copy-n0"}))) | {"address": [ADDRESS]}
    assert (copied["n0-months"], copied["n0-aid"]) == (["4"], ["federal", "state"])
    copied[f"{CODER}-months"], copied[f"{CODER}-aid"] = [""], []
    client.post(WHOLE, copied | {"do": "send"})
    assert sent_values() == {"51.0715.21 months": 4, "51.0715.21 aid": ["federal", "state"]}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"n0-months": "9"}, "Choose what the program is about."),
        ({"n0-cip": "51.0715", "n0-months": "9"}, "Choose what students get in the end."),
        ({"n0-cip": "51.0715", "n0-level": "21"}, "Say at least one thing of this program"),
        ({"n0-cip": "51.0713", "n0-level": "21", "n0-months": "9"}, "This program is there already."),
        ({"n0-cip": "11.0101", "n0-level": "21", "n0-months": "9"}, "Choose what the program is about."),
        ({"n0-cip": "51.0715", "n0-level": "9" * 5000, "n0-months": "9"}, "Choose what students get"),
        ({"n0-cip": "51.0715", "n0-level": "٢١", "n0-months": "9"}, "Choose what students get"),
    ],
)
def test_an_added_program_that_says_too_little_is_named(client, school, typed, said):
    assert any(said in each for each in problems(press(client, "send", added="1", **typed)))
    assert not Submission.objects.exists()


def test_an_added_program_left_empty_is_no_mistake(client, school):
    press(client, "send", added="3", **{f"{CODER}-months": "9"})
    assert sent_values() == {"51.0713.21 months": 9}


def test_a_closure_is_sent_as_one(client, school):
    press(client, "send", **{"s-closure-closed_on": "6/30/2026", "s-closure-note": "Taught out at Dayton."})
    assert Submission.objects.get().kind == "closure"
    assert sent_values() == {" closure": {"closed_on": "2026-06-30", "note": "Taught out at Dayton."}}


def test_a_preview_is_the_schools_page_and_stores_nothing(client, school):
    before = (School.objects.get(), ListingRow.objects.count())
    answer = press(
        client,
        "preview",
        added="1",
        **{
            f"{CODER}-months": "11",
            "n0-cip": "51.0715",
            "n0-level": "21",
            f"{BILLER}-tuition-amount": "4321",
            f"{BILLER}-tuition-year": "2026",
            "n0-tuition-amount": "1234",
            "n0-tuition-year": "2026",
            "note": "<b>bold</b>",
        },
    )
    page = Page.of(answer)
    assert "11 months" in page.text(".school-page")
    assert "$4,321 (2026)" in page.text(".school-page")
    assert "$1,234 (2026)" in page.text(".school-page")
    assert "<b>bold" not in page.html
    assert not Statement.objects.exists()
    assert not Submission.objects.exists()
    assert Program.objects.count() == 2
    assert (School.objects.get(), ListingRow.objects.count()) == before
    # From the preview it is sent, or changed, without typing anything again.
    carried = controls(page)
    changed = controls(Page.of(client.post(WHOLE, carried | {"do": "change"})))
    assert (changed["n0-tuition-amount"], changed["note"]) == (["1234"], ["<b>bold</b>"])
    client.post(WHOLE, carried | {"do": "send"})
    assert len(sent_values()) == 3


def test_a_preview_with_a_mistake_says_so_first(client, school):
    [said] = problems(press(client, "preview", **{f"{CODER}-months": "soon"}))
    assert "Length" in said
    [said] = problems(press(client, "preview"))
    assert said.startswith("Nothing differs")


def test_a_half_finished_form_is_kept_as_it_is_and_gone_on_with(client, school):
    visiting(client)
    answer = press(client, "save", **{f"{CODER}-months": "soon", f"{CODER}-aid": ["federal"], "note": "Half"})
    draft = Submission.objects.get()
    assert (draft.state, draft.school) == ("draft", school)
    assert answer["Location"].startswith(f"/for-schools/my/draft/{draft.reference}/")
    page = Page(client, answer["Location"])
    assert "Saved" in page.text("main [role=status]")
    again = controls(page)
    assert (again[f"{CODER}-months"], again[f"{CODER}-aid"]) == (["soon"], ["federal"])
    assert again["note"] == ["Half"]
    here = f"/for-schools/my/draft/{draft.reference}/"
    client.post(here, again | {"do": "save", f"{CODER}-months": "12"})
    draft.refresh_from_db()
    assert draft.version == 2
    client.post(here, controls(Page(client, here)) | {"do": "send"})
    draft.refresh_from_db()
    assert (draft.state, draft.draft) == ("waiting", {})
    assert sent_values() == {"51.0713.21 months": 12, "51.0713.21 aid": ["federal"]}
    assert client.get(here)["Location"] == f"/for-schools/my/sent/{draft.reference}/"


def test_a_second_press_on_a_draft_leads_to_what_was_sent_and_other_words_are_kept(client, school):
    visiting(client)
    press(client, "save", **{f"{CODER}-months": "9"})
    draft = Submission.objects.get()
    here = f"/for-schools/my/draft/{draft.reference}/"
    typed = controls(Page(client, here)) | {"do": "send"}
    answers = [client.post(here, typed) for _ in range(2)]
    assert {answer["Location"] for answer in answers} == {f"/for-schools/my/sent/{draft.reference}/"}
    for button in ("save", "send", "preview"):
        answer = client.post(here, typed | {"do": button, f"{CODER}-prerequisites": "My own words."})
        assert "on another page meanwhile" in problems(answer)[0]
        assert controls(Page.of(answer))[f"{CODER}-prerequisites"] == ["My own words."]
    assert sent_values() == {"51.0713.21 months": 9}


def test_a_draft_that_went_on_elsewhere_is_not_overwritten(client, school):
    visiting(client)
    press(client, "save", **{f"{CODER}-months": "9"})
    draft = Submission.objects.get()
    here = f"/for-schools/my/draft/{draft.reference}/"
    old = controls(Page(client, here))
    client.post(here, old | {"do": "save", f"{CODER}-months": "10"})
    for button in ("save", "send", "preview"):
        answer = client.post(here, old | {"do": button, f"{CODER}-months": "11"})
        [said] = problems(answer)
        assert "on another page meanwhile" in said
        assert controls(Page.of(answer))[f"{CODER}-months"] == ["11"]
    draft.refresh_from_db()
    assert (draft.state, draft.draft[f"{CODER}-months"]) == ("draft", ["10"])


def test_drafts_of_others_are_not_there(client, school):
    visiting(client)
    press(client, "save", **{f"{CODER}-months": "9"})
    here = f"/for-schools/my/draft/{Submission.objects.get().reference}/"
    visiting(client, "somebody@else.edu")
    assert client.get(here).status_code == 404
    assert client.post(here, {"do": "send"}).status_code == 404


def test_without_an_open_page_a_link_to_the_draft_is_sent(client, school):
    answer = press(client, "save", **{f"{CODER}-months": "9"})
    assert "link in our mail" in Page(client, answer["Location"]).text()
    assert Submission.objects.get().mailbox.address == ADDRESS
    assert Letter.objects.get().key_purpose == "open"
    [said] = problems(press(client, "save", address="nobody"))
    assert "as in registrar@school.edu" in said


def test_a_draft_is_kept_where_the_network_asked_for_very_many_mails(client, school, monkeypatch):
    monkeypatch.setitem(limits.MOST, limits.Kind.MAIL, (timedelta(days=1), 0))
    assert press(client, "save", **{f"{CODER}-months": "9"}).status_code == 302
    assert Submission.objects.get().state == "draft"
    assert not Letter.objects.exists()


def test_a_full_trap_keeps_no_draft(client, school):
    answer = press(client, "save", website="spam")
    assert "link in our mail" in Page(client, answer["Location"]).text()
    assert not Submission.objects.exists()
    assert not Mailbox.objects.exists()


def test_a_program_that_the_federal_file_prices_shows_it_beside(client, school):
    page = Page(client, WHOLE)
    assert "IPEDS" in page.text("main form")
    assert page.texts("details.panel summary strong") == [
        "Medical Insurance Coding Specialist/Coder",
        "Medical Insurance Specialist/Medical Biller",
    ]


def test_zero_bytes_and_strange_names_are_kept_out(client, school):
    visiting(client)
    press(
        client, "save", **{f"{CODER}-prerequisites": "a\0b", "state": "done", "is_trusted": "1", "p-x": "1"}
    )
    draft = Submission.objects.get()
    assert draft.draft[f"{CODER}-prerequisites"] == ["ab"]
    assert not {"state", "is_trusted", "p-x", "stamp", "address", "do"} & draft.draft.keys()
    assert (draft.state, draft.is_trusted) == ("draft", False)
