"""A draft to write in, and what its page says."""

import re
from itertools import count

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Site, Watch

_numbers = count(1)


def begin(editor: Watch, title: str = "Written in a browser") -> str:
    """Begins an article through its form; the page of its first draft is open then."""
    page = editor.open("/admin/content/article/add/")
    page.locator("#id_title").fill(title)
    page.locator("#id_slug").fill(f"written-{next(_numbers)}")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile(r"/revision/\d+/change/"))
    ready(page)
    return page.url


def log_in(site: Site, editor: Watch, user: str = "") -> Watch:
    page = editor.open(site.manage("editor_login", *(["--user", user] if user else [])))
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(site.url + "/admin/")
    return editor


def ready(page: Page) -> None:
    """Until the scripts of the form have begun."""
    page.get_by_role("button", name="Live preview").wait_for()


def go(editor: Watch, address: str) -> Page:
    """Opens the form again, as on a next visit."""
    page = editor.open(address)
    ready(page)
    return page


def body(page: Page) -> Locator:
    return page.locator("#id_body")


def kept(page: Page) -> None:
    """Until the server has what was written."""
    expect(page.locator("[data-said]")).to_contain_text("not saved yet", timeout=15_000)


def preview(page: Page) -> Locator:
    return page.frame_locator("iframe[title='Live preview of what you write']").locator("main")


def save(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    ready(page)
