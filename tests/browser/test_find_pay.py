"""A reader on a phone, by keyboard alone: what would I earn in Puerto Rico, and how sure is that."""

import time
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]
STATES = Path(__file__).resolve().parent / "data" / "oews_2025_states_wide.csv"
MOST_TABS = 40


@pytest.fixture(scope="session")
def with_states(site):
    """The site with wages of some states, Puerto Rico among them."""
    site.manage("import_statistics", str(STATES))
    return site


def tab_to(page, selector):
    """Presses Tab until the element has the focus; says how often."""
    for presses in range(1, MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return presses
    pytest.fail(f"{selector} is not reached within {MOST_TABS} presses of Tab")


@pytest.mark.parametrize("script", [True, False])
def test_pay_in_puerto_rico_is_found_from_the_start_page_by_keyboard(with_states, watch, script):
    seen = watch(viewport={"width": 360, "height": 740}, java_script_enabled=script)
    began = time.monotonic()
    page = seen.open("/")
    tab_to(page, "#pay-state")
    page.keyboard.type("Puerto")
    tab_to(page, "button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/statistics/pay-by-state/?state=pr*")
    assert time.monotonic() - began < 60
    answer = page.locator("#answer section").first
    assert "In Puerto Rico" in answer.inner_text()
    assert "$27,990 a year" in answer.inner_text()
    assert "May 2025" in answer.inner_text()
    assert "How sure is that?" in answer.inner_text()
    assert "6% (May 2025)" in " ".join(answer.inner_text().split())
    assert answer.bounding_box()["y"] < 740
    tab_to(page, "a[href='/statistics/oews.29-2072.pr.median-annual/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/statistics/oews.29-2072.pr.median-annual/")
    assert "Where it is from" in page.inner_text("main")
    seen.collect()
    assert seen.troubles == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_of_pay_is_accessible_and_never_wider_than_the_screen(with_states, watch, scheme, width):
    seen = watch(viewport={"width": width, "height": 740}, color_scheme=scheme)
    page = seen.open("/statistics/pay-by-state/?state=pr")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    assert found.violations_count == 0, found.generate_report()
    seen.collect()
    assert seen.troubles == []
