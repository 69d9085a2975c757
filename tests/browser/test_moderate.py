"""An editor decides on what a school sent, by keyboard, and looks at a claim; axe finds nothing."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, Watch
from tests.browser.test_import_pages import faults

pytestmark = pytest.mark.browser
SEND = """
from listings.models import School
from tests.listings.submissions.sent import make_claim, make_mailbox, make_submission
school = School.objects.listed().filter(programs__cip="51.0713", programs__award_level=21).first()
sent = make_submission(school, mailbox=make_mailbox("jo@gmail.com"), months=9, prerequisites="A diploma.")
make_claim(sent)
print(sent.reference, school.get_absolute_url())
"""


def test_a_moderator_decides_by_keyboard(editor: Watch, site: Site) -> None:
    reference, address = site.manage("shell", "-v0", "-c", SEND).split()
    page = editor.open("/admin/listings/submission/")
    found = [*faults(page)]
    page.get_by_role("link", name=reference).press("Enter")
    expect(page.get_by_text("Anybody can have an address at gmail.com.")).to_be_visible()
    found += faults(page)
    page.get_by_role("group", name="Length").get_by_label("Accept").press("Space")
    field = page.get_by_role("group", name="Prerequisites")
    expect(field.get_by_role("textbox")).to_be_hidden()
    field.get_by_label("Return", exact=True).press("Space")
    field.get_by_role("combobox").select_option(label="Which program")
    expect(field.get_by_role("textbox")).to_have_value(
        "Please tell us for which of your programs this holds, by its name and award."
    )
    found += faults(page)
    page.get_by_role("button", name="Decide as chosen").press("Enter")
    expect(page.get_by_text(f"Accepted 1, returned 1: {reference}.")).to_be_visible()
    expect(editor.open(address).get_by_text("9 months").first).to_be_visible()
    page = editor.open("/admin/listings/claim/")
    page.locator("#result_list tbody th a").first.press("Enter")
    expect(page.get_by_text("I am the registrar.")).to_be_visible()
    found += faults(page)
    page.get_by_role("button", name="Grant").press("Enter")
    expect(page.get_by_text("Granted. What they sent and waits")).to_be_visible()
    editor.collect()
    assert found == []
    assert editor.troubles == []
