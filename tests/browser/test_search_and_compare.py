"""Search suggestions by keyboard alone; saving and comparing schools; with and without JavaScript."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Site, Watch
from tests.browser.test_public_walk import RULES

pytestmark = pytest.mark.browser


def first_slugs(reader: Watch, number: int) -> list[str]:
    boxes = reader.open("/schools/").locator("input[name=school]").all()[:number]
    return sorted({box.get_attribute("value") or "" for box in boxes})


def test_suggestions_are_walked_by_keyboard(watch: Callable[..., Watch]) -> None:
    reader = watch()
    page = reader.open("/")
    page.keyboard.press("Tab")
    for _ in range(12):
        if page.evaluate("document.activeElement.id") == "site-q":
            break
        page.keyboard.press("Tab")
    box = page.locator("#site-q")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("role", "combobox")
    page.keyboard.type("coding", delay=30)
    options = page.locator("#suggestions [role=option]")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-0")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("coding")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    result = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert [violation["id"] for violation in result.response["violations"]] == []
    page.keyboard.press("ArrowDown")
    address = options.first.get_attribute("data-address") or ""
    page.keyboard.press("Enter")
    page.wait_for_url(reader.site.url + address)
    reader.collect()
    assert reader.troubles == []
    assert reader.context.cookies() == []


def test_enter_without_a_choice_searches(watch: Callable[..., Watch]) -> None:
    reader = watch()
    page = reader.open("/")
    page.locator("#site-q").focus()
    page.keyboard.type("zzqq")
    page.keyboard.press("Enter")
    page.wait_for_url(reader.site.url + "/search/?q=zzqq")
    assert "Nothing is called" in (page.locator("main").text_content() or "")


def test_a_list_is_saved_in_the_browser_and_nowhere_else(watch: Callable[..., Watch]) -> None:
    reader = watch()
    page = reader.open("/schools/")
    link = page.locator("[data-saved-link]")
    expect(link).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0
    buttons = page.locator("button[data-save]")
    slugs = [buttons.nth(place).get_attribute("data-save") for place in (0, 1)]
    for place in (0, 1):
        buttons.nth(place).focus()
        page.keyboard.press("Enter")
        expect(buttons.nth(place)).to_have_attribute("aria-pressed", "true")
    expect(link).to_have_text("Saved schools (2)")
    expect(page.locator("[data-saved-said]")).to_have_text("Saved. Your list holds 2 schools.")
    link.click()
    page.wait_for_url("**/schools/saved/?schools=*")
    assert page.url.endswith(",".join(sorted(slug for slug in slugs if slug)))
    shared = page.url
    reader.open("/schools/saved/")
    page.wait_for_url(shared)
    for button in page.locator("button[data-save]").all():
        button.click()
    assert page.evaluate("localStorage.length") == 0
    expect(link).to_be_hidden()
    reader.collect()
    assert reader.troubles == []
    assert reader.context.cookies() == []


def test_schools_are_compared_without_javascript(site: Site, watch: Callable[..., Watch]) -> None:
    reader = watch(java_script_enabled=False)
    reader.page.goto(site.url + "/schools/")
    boxes = reader.page.locator("input[name=school]")
    for place in range(3):
        boxes.nth(place).check()
    assert reader.page.locator("button[data-save]").first.is_hidden()
    reader.page.get_by_role("button", name="Compare the ticked schools").click()
    expect(reader.page.locator("thead th")).to_have_count(3)
    assert "/schools/compare/?schools=" in reader.page.url


@pytest.mark.parametrize("number", [2, 5])
def test_a_comparison_prints_on_one_page(watch: Callable[..., Watch], number: int) -> None:
    reader = watch()
    page = reader.open(f"/schools/compare/?schools={','.join(first_slugs(reader, number))}")
    printed = page.pdf(format="Letter")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    reader.collect()
    assert reader.troubles == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_break_no_accessibility_rule_and_fit(watch: Callable[..., Watch], scheme: str) -> None:
    reader = watch(color_scheme=scheme, viewport={"width": 360, "height": 800})
    slugs = ",".join(first_slugs(reader, 3))
    for path in (
        "/search/?q=coding",
        f"/schools/compare/?schools={slugs}",
        f"/schools/saved/?schools={slugs}",
    ):
        reader.requests.clear()
        page = reader.open(path)
        result = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        assert [violation["id"] for violation in result.response["violations"]] == [], path
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), path
        assert len([asked for asked in reader.requests if asked.startswith(reader.site.url)]) <= 12, path
        assert len(page.content().encode()) <= 60_000, path
    reader.collect()
    assert reader.troubles == []
