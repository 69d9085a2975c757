"""A registrar sends forty programs by spreadsheet: by keyboard, at 360 px, without JavaScript."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Site, Watch
from tests.browser.keyboard import Keyboard, button, control

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AWARDS = ("Certificate of 12 weeks to 1 year", "1-2 years", "Associate's degree", "Bachelor's degree")
BAD = {
    3: (3, "call us"),
    8: (5, "12-Sep"),
    13: (1, "99.9999"),
    20: (2, "Nice award"),
    27: (4, ""),
    34: (5, "six"),
}
WIDTH = "document.documentElement.scrollWidth"
OPEN = """
from listings.models import MailKey, School, Sheet
from listings.submissions.mailboxes import mailbox_of
Sheet.objects.all().delete()
school = School.objects.samples().order_by("pk").first()
print(MailKey.hand_out(MailKey.Purpose.OPEN, mailbox_of("registrar@school.example.org")), school.slug)
"""
COUNT = """
from listings.models import Submission
sent = Submission.objects.get(mailbox__address="registrar@school.example.org")
keys = set(sent.fields.values_list("program_key", flat=True))
print(sent.reference, sent.state, len(keys), sent.fields.count())
"""


def forty() -> bytes:
    rows = [
        [
            f"Program {n}",
            f"51.07{n // 4 + 1:02}",
            AWARDS[n % 4],
            f"${4_000 + n:,}.00",
            "2027",
            str(6 + n % 12),
        ]
        for n in range(40)
    ]
    for line, (column, text) in BAD.items():
        rows[line][column] = text
    out = io.StringIO()
    header = ["Program", "CIP", "Award", "Tuition ($)", "Tuition year", "Length (months)"]
    csv.writer(out, delimiter=";").writerows([["Fall catalog"], header, *rows])
    return out.getvalue().encode("cp1252")


def test_forty_programs_of_which_six_need_mending(
    site: Site, watch: Callable[..., Watch], tmp_path: Path
) -> None:
    token, slug = site.manage("shell", "-v0", "-c", OPEN).split()
    file = tmp_path / "programs.csv"
    file.write_bytes(forty())
    watched = watch(java_script_enabled=False, viewport={"width": 360, "height": 740})
    Keyboard(watched, f"/for-schools/my/{token}/").follow(button("Open"))
    person = Keyboard(watched, f"/for-schools/my/upload/{slug}/")
    assert watched.page.evaluate(WIDTH) <= 360
    person.go_to(control("file"))
    # The system's own window of files is not a page.
    watched.page.locator("#file").set_input_files(file)
    person.steps += 1
    person.follow(button("Upload"))
    assert person.said("h1") == "6 of 40 lines need mending"
    assert watched.page.evaluate(WIDTH) <= 360
    mended = (
        ("tuition", "4003"),
        ("months", "14"),
        ("cip", "Clinical Research"),
        ("award", "Certificate of 12"),
        ("tuition_year", "2027"),
        ("months", "16"),
    )
    for column, text in mended:
        person.write(lambda at, end=f"-{column}": at["name"].endswith(end) and wrong(watched, at), text)
    person.follow(button("Send all 40"))
    reference, state, programs, fields = site.manage("shell", "-v0", "-c", COUNT).split()
    assert watched.page.url.endswith(f"/sent/{reference}/")
    assert (state, programs) == ("waiting", "40")
    assert int(fields) == 80
    assert person.steps <= 9
    watched.collect()
    assert not watched.troubles


def wrong(watched: Watch, at: dict[str, str]) -> bool:
    """Whether the field has the focus because of its own mistake; what it holds is then typed over."""
    is_wrong = watched.page.locator(f"[id='{at['id']}'][aria-invalid]").count() > 0
    if is_wrong and at["tag"] == "input":
        watched.page.keyboard.press("Control+A")
    return is_wrong


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_pages_break_no_rule_of_access(
    site: Site, watch: Callable[..., Watch], tmp_path: Path, scheme: str
) -> None:
    token, slug = site.manage("shell", "-v0", "-c", OPEN).split()
    file = tmp_path / "programs.csv"
    file.write_bytes(forty())
    watched = watch(color_scheme=scheme, viewport={"width": 320, "height": 640})
    page = watched.open(f"/for-schools/my/{token}/")
    page.get_by_role("button", name="Open").click()
    page.wait_for_url("**/for-schools/my/")
    watched.open(f"/for-schools/my/upload/{slug}/")
    pages = [found(watched)]
    page.get_by_role("button", name="Upload", exact=True).click()
    pages.append(found(watched))
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name="Upload", exact=True).click()
    for summary in page.locator("main summary").all():
        summary.click()
    pages.append(found(watched))
    assert page.evaluate(WIDTH) <= 320
    page.get_by_role("button", name="Delete what I uploaded").click()
    assert pages == [[], [], []]
    watched.collect()
    assert not watched.troubles


def found(watched: Watch) -> list[str]:
    result = Axe().run(watched.page, options={"runOnly": {"type": "tag", "values": TAGS}})
    return [f"{watched.page.url}: {each['id']} {each['nodes']}" for each in result.response["violations"]]
