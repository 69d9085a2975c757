"""Editors at their day's work: who they are, how a page of theirs is looked at, what its buttons do."""

from collections.abc import Callable
from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Site, Watch
from tests.browser.writing import log_in

AXE: Final = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
LOOKS: Final = [(360, "light"), (360, "dark"), (1280, "dark"), (1280, "light")]
PEOPLE: Final = {"anna": "Author", "ruth": "Reviewer", "paul": "Publisher"}
HIRE: Final = f"""
from tests.content.workflow.people import make_editor
for name, role in {PEOPLE}.items():
    make_editor(role, name)
"""


def hire(site: Site) -> None:
    """An author, a reviewer and a publisher begin to work here."""
    site.manage("shell", "-v0", "-c", HIRE)


def at_work(site: Site, watch: Callable[..., Watch], name: str) -> Watch:
    """That editor in a browser of their own, on the front page of the admin."""
    return log_in(site, watch(viewport={"width": 1280, "height": 900}), name)


def looked_at(page: Page) -> None:
    """Nothing on the open page keeps anybody out, narrow and wide, light and dark, or breaks the policy."""
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # two of its words
        page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")
        found = Axe().run(page, options={"runOnly": AXE}).response["violations"]
        told = [(each["id"], each["nodes"][0]["html"]) for each in found]
        assert told == [], f"{page.url} at {width}, {scheme}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} is too wide"
    assert page.evaluate("window.__csp") == []


def follow(link: Locator) -> Page:
    """Follows a link; the page it leads to is open then."""
    with link.page.expect_navigation():
        link.click()
    return link.page


def attend(editor: Watch, line: str) -> Page:
    """From the front page of the admin to the rows that it says wait."""
    page = editor.open("/admin/")
    return follow(page.get_by_role("region", name="What needs attention").get_by_role("link", name=line))


def first_row(page: Page) -> Page:
    """From a list to the page of its first row."""
    return follow(page.locator("#result_list tbody th a").first)


def press(page: Page, button: str, said: str) -> None:
    """Presses a button that leads to another page, which says what was done."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text(said)


def clean(*people: Watch) -> None:
    """No policy was violated and nothing was written to the console, on any page they were on."""
    for each in people:
        each.collect()
        assert each.troubles == []
