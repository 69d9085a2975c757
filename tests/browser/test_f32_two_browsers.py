"""F32: two editors save one text; a login ends while somebody writes; a form is sent again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, Watch
from tests.browser.writing import begin, body, go, kept, log_in, ready, save

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SECOND = "from django.contrib.auth.models import User; User.objects.filter(username='second').exists()"
SECOND += " or User.objects.create_superuser('second', password='correct horse battery')"


def test_the_second_to_save_sees_three_texts_and_keeps_their_own(
    site: Site, editor: Watch, watch: Callable[..., Watch]
) -> None:
    site.manage("shell", "-v0", "-c", SECOND)
    address = begin(editor)
    body(editor.page).fill("The fee is high.")
    save(editor.page)
    other = log_in(site, watch(), "second")
    page = go(other, address)
    body(editor.page).fill("The fee is low.")
    save(editor.page)
    body(page).fill("The fee is high and due at once.")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".meanwhile")).to_contain_text("editor saved this draft after you opened it")
    expect(page.locator(".meanwhile del").first).to_have_text("high")
    assert body(page).input_value() == "The fee is high and due at once."
    assert body(go(editor, address)).input_value() == "The fee is low."
    ready(page)
    save(page)
    listed = editor.open("/admin/content/revision/?state=kept&q=written-").locator("#result_list")
    expect(listed).to_contain_text("Written in a browser")
    assert body(go(editor, address)).input_value() == "The fee is high and due at once."
    for each in (editor, other):
        each.collect()
        assert each.troubles == []


def test_a_login_that_ends_while_somebody_writes_is_said_and_the_text_goes_on(
    site: Site, editor: Watch
) -> None:
    address = begin(editor)
    page = editor.page
    body(page).fill("Kept before.")
    kept(page)
    editor.context.clear_cookies(name="sessionid")
    body(page).fill("Kept before. Written after the login ended.")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Your login ran out. All your text stands in this page.", timeout=15_000)
    expect(alert).to_contain_text("What you wrote until")
    with page.context.expect_page() as opened:
        alert.get_by_role("link", name="Log in in another tab").click()
    expect(opened.value.locator("#id_username")).to_be_visible()
    opened.value.goto(site.manage("editor_login"))
    opened.value.get_by_role("button", name="Log in").click()
    opened.value.wait_for_url(site.url + "/admin/")
    expect(alert).to_be_empty(timeout=20_000)
    kept(page)
    save(page)
    assert body(go(editor, address)).input_value() == "Kept before. Written after the login ended."
    assert page.locator(".unsaved").count() == 0
    editor.collect()
    assert [each for each in editor.troubles if not re.search(r"status of 40[13]", each)] == []


def test_saving_after_the_login_ended_carries_the_text_through_it(
    site: Site, watch: Callable[..., Watch]
) -> None:
    site.manage("shell", "-v0", "-c", SECOND)
    writer = log_in(site, watch(), "second")
    address = begin(writer)
    page = writer.page
    body(page).fill("An hour of words, long enough to be shown again after the login that ended.")
    writer.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save and continue editing").click()
    page.locator("#id_username").fill("second")
    page.locator("#id_password").fill("correct horse battery")
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("pre")).to_contain_text("An hour of words")
    page.get_by_role("button", name="Send it once more").click()
    ready(page)
    assert body(go(writer, address)).input_value().startswith("An hour of words")
    writer.collect()
    assert writer.troubles == []


def test_a_form_sent_again_by_the_back_button_overwrites_nothing(editor: Watch) -> None:
    address = begin(editor)
    page = editor.page
    body(page).fill("First.")
    save(page)
    body(page).fill("Second.")
    save(page)
    page.go_back()
    ready(page)
    body(page).fill("Written on the page before.")
    page.get_by_role("button", name="Save and continue editing").click()
    ready(page)
    assert body(page).input_value() == "Written on the page before."
    compared = editor.open(address.replace("/change/", "/compare/"))
    expect(compared.locator(".comparison")).to_contain_text("Second.")
    expect(compared.locator(".comparison")).to_contain_text("Written on the page before.")
    editor.collect()
    assert editor.troubles == []
