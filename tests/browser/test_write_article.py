"""An editor writes: live preview, searches by keyboard, marks, and what is kept until it is saved."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Watch
from tests.browser.writing import begin, body, go, kept, log_in, preview, ready, save

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AXE = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def test_the_preview_follows_what_is_written(editor: Watch) -> None:
    begin(editor)
    page = editor.page
    figure = "It pays [[stat:oews.29-2072.us.median-annual|full]], <script>alert(1)</script>so."
    body(page).fill(f"## Pay\n\n{figure}\n\n## Work\n\nWords.")
    page.keyboard.press("Control+Alt+p")
    expect(preview(page)).to_contain_text("$51,140 a year")
    expect(preview(page)).not_to_contain_text("alert(1)")
    page.locator("#id_title").fill("A title that is not saved")
    expect(preview(page).locator("h1")).to_have_text("A title that is not saved")
    with page.context.expect_page() as opened:
        preview(page).get_by_role("link", name="$51,140 a year").click()
    opened.value.wait_for_url("**/statistics/oews.29-2072.us.median-annual/")
    opened.value.close()
    preview(page).get_by_role("link", name="Pay", exact=True).first.click()
    assert body(page).input_value().startswith("## Pay")
    body(page).press("Control+Alt+p")
    expect(page.locator("#live-preview")).to_be_hidden()
    editor.collect()
    assert editor.troubles == []


def typed(page: Page, keys: str, text: str, start: int, end: int) -> str:
    body(page).fill(text)
    body(page).evaluate("(field, at) => field.setSelectionRange(...at)", [start, end])
    page.keyboard.press(keys)
    return body(page).input_value()


def test_keys_put_marks_around_words_and_undo_takes_them_back(editor: Watch) -> None:
    begin(editor)
    page = editor.page
    body(page).focus()
    assert typed(page, "Control+Alt+b", "Pay is high", 7, 11) == "Pay is **high**"
    page.keyboard.press("Control+Alt+b")
    assert body(page).input_value() == "Pay is high"
    page.keyboard.press("Control+z")
    assert body(page).input_value() == "Pay is **high**"
    assert typed(page, "Control+Alt+i", "Pay is high", 0, 3) == "_Pay_ is high"
    assert typed(page, "Control+Alt+k", "the body", 4, 8) == "the [body](https://)"
    page.keyboard.type("https://aapc.example/")
    assert body(page).input_value() == "the [body](https://aapc.example/)"
    assert typed(page, "Control+Alt+k", "/schools/", 0, 9) == "[](/schools/)"
    assert typed(page, "Control+Alt+h", "One\nTwo", 5, 5) == "One\n## Two"
    page.keyboard.press("Control+Alt+h")
    page.keyboard.press("Control+Alt+h")
    assert body(page).input_value() == "One\nTwo"
    # The browser's and the screen reader's own keys are left to them.
    for keys in ("Control+b", "Control+i", "Alt+b", "Control+Shift+b"):
        assert typed(page, keys, "Pay", 0, 3) == "Pay"
    body(page).fill("Saved by keys.")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert body(page).input_value() == "Saved by keys."
    editor.collect()
    assert editor.troubles == []


def picked(page: Page, keys: str, dialog: str, words: str, result: str) -> None:
    """By keys alone: opens the dialog, searches, goes down to the result, takes it."""
    page.keyboard.press(keys)
    box = page.get_by_role("dialog", name=dialog)
    box.get_by_role("searchbox", name="Words in its name").wait_for()
    page.keyboard.type(words)
    box.get_by_role("button", name=result).wait_for()
    expect(box.get_by_role("status")).to_contain_text("1 found")
    page.keyboard.press("ArrowDown")
    expect(box.get_by_role("button", name=result)).to_be_focused()
    page.keyboard.press("Enter")
    expect(body(page)).to_be_focused()


def test_figures_credentials_and_articles_are_picked_by_keyboard(editor: Watch) -> None:
    begin(editor)
    page = editor.page
    body(page).fill("It pays ")
    picked(page, "Control+Alt+f", "Find a figure", "29-2072 median annual united oews", "$51,140 a year")
    assert body(page).input_value() == "It pays [[stat:oews.29-2072.us.median-annual]]"
    page.keyboard.type(". See ")
    picked(
        page, "Control+Alt+c", "Find a credential", "certified outpatient coc", "COC: Certified Outpatient"
    )
    assert body(page).input_value().endswith(". See [COC](/credentials/coc/)")
    body(page).fill("read this")
    body(page).evaluate("field => field.setSelectionRange(5, 9)")
    picked(page, "Control+Alt+a", "Find an article", "what-is-a-coding", "What Is a Coding")
    assert body(page).input_value() == "read [this](/articles/what-is-a-coding-certification/)"
    page.keyboard.press("Control+Alt+f")
    page.keyboard.type("nothing of the kind")
    page.get_by_text("Nothing has all of these words.").wait_for()
    page.keyboard.press("Escape")
    expect(body(page)).to_be_focused()
    assert "/change/" in page.url
    editor.collect()
    assert editor.troubles == []


def test_a_figure_is_put_in_with_its_period_where_that_is_chosen(editor: Watch) -> None:
    begin(editor)
    page = editor.page
    page.get_by_role("button", name="Figure…").click()
    box = page.get_by_role("dialog")
    box.get_by_label("Put in as").select_option("value with period and source")
    box.get_by_role("searchbox").fill("29-2072 median annual united oews")
    box.get_by_role("button", name="$51,140 a year (May 2025)").click()
    assert body(page).input_value() == "[[stat:oews.29-2072.us.median-annual|full]]"


def test_what_is_not_saved_is_kept_and_offered_back(editor: Watch, site: Site) -> None:
    address = begin(editor)
    page = editor.page
    body(page).fill("Zanzibar, not saved.")
    page.get_by_label("CPC: Certified Professional Coder", exact=True).check()
    kept(page)
    page = go(editor, address)
    expect(page.get_by_role("heading", name="You have unsaved text of")).to_be_visible()
    assert body(page).input_value() == ""
    page.get_by_role("link", name="Compare", exact=True).last.click()
    expect(page.locator(".unsaved ins")).to_contain_text(["Zanzibar, not saved.", "CPC"])
    page.get_by_role("link", name="Restore it into the form").click()
    ready(page)
    assert body(page).input_value() == "Zanzibar, not saved."
    assert page.get_by_label("CPC: Certified Professional Coder", exact=True).is_checked()
    body(page).fill("Zanzibar, saved.")
    kept(page)
    save(page)
    page = go(editor, address)
    assert body(page).input_value() == "Zanzibar, saved."
    assert page.locator(".unsaved").count() == 0
    body(page).fill("Not wanted.")
    kept(page)
    page = go(editor, address)
    page.get_by_role("button", name="Discard it").click()
    expect(page.locator(".messagelist .success")).to_contain_text("discarded")
    assert page.locator(".unsaved").count() == 0
    editor.collect()
    assert editor.troubles == []


def test_a_new_article_is_kept_before_it_has_a_draft(editor: Watch) -> None:
    page = editor.open("/admin/content/article/add/")
    page.locator("#id_title").fill("Begun and left")
    kept(page)
    page = editor.open("/admin/content/article/add/")
    page.get_by_role("link", name="Restore it into the form").click()
    expect(page.locator("#id_title")).to_have_value("Begun and left")
    page = editor.open("/admin/content/article/add/")
    page.get_by_role("button", name="Discard it").click()
    expect(page.locator(".unsaved")).to_have_count(0)
    editor.collect()
    assert editor.troubles == []


def test_a_second_tab_is_told_before_it_replaces_what_the_first_kept(editor: Watch) -> None:
    address = begin(editor)
    first = editor.page
    body(first).fill("Of the first tab.")
    kept(first)
    second = editor.context.new_page()
    second.goto(address)
    ready(second)
    body(second).fill("Of the second tab.")
    alert = second.get_by_role("alert")
    expect(alert).to_contain_text("Another open page of yours keeps unsaved text", timeout=15_000)
    second.get_by_role("button", name="Keep the text of this page instead").click()
    kept(second)
    expect(alert).to_be_empty()
    body(first).fill("Of the first tab, later.")
    expect(first.get_by_role("alert")).to_contain_text("Another open page of yours", timeout=15_000)
    assert body(first).input_value() == "Of the first tab, later."
    editor.collect()
    assert [each for each in editor.troubles if "409" not in each] == []


def test_without_scripts_the_form_works_and_names_its_marks(
    site: Site, editor: Watch, watch: Callable[..., Watch]
) -> None:
    address = begin(editor)
    body(editor.page).fill("Zanzibar, not saved.")
    kept(editor.page)
    plain = watch(java_script_enabled=False)
    plain.context.add_cookies(editor.context.cookies())
    page = plain.open(address)
    expect(page.locator("[data-tools]")).to_be_hidden()
    expect(page.locator(".field-body .help")).to_contain_text("[[stat:KEY]]")
    page.get_by_text("Marks and shortcuts").click()
    expect(page.get_by_text("[[stat-chart:KEY]]")).to_be_visible()
    page.get_by_role("link", name="Restore it into the form").click()
    body(page).fill("Zanzibar, saved without scripts.")
    page.get_by_role("button", name="Save and continue editing").click()
    assert body(page).input_value() == "Zanzibar, saved without scripts."
    assert page.locator(".unsaved").count() == 0


# What axe says of colours does not depend on the width, nor of the layout on the colours.
@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_axe_finds_nothing_on_the_form(
    site: Site, watch: Callable[..., Watch], width: int, scheme: str
) -> None:
    editor = log_in(site, watch(viewport={"width": width, "height": 900}, color_scheme=scheme))
    begin(editor)
    page = editor.page

    def violations() -> list[Any]:
        found = Axe().run(page, options={"runOnly": AXE}).response["violations"]
        return [(each["id"], each["nodes"][0]["html"]) for each in found]

    assert violations() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    body(page).fill("## Part\n\nWords.")
    page.get_by_role("button", name="Live preview").click()
    expect(preview(page)).to_contain_text("Words.")
    kept(page)
    assert violations() == []
    page.get_by_role("button", name="Figure…").click()
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("found")
    assert violations() == []
    page.keyboard.press("Escape")
    page.goto(page.url + "?unsaved=compare")
    assert violations() == []
    page.locator("[aria-labelledby=standing] a").first.click()
    expect(page.locator("section[aria-labelledby=revisions]")).to_contain_text("you have unsaved text")
    assert violations() == []
    editor.open("/admin/content/article/add/")
    assert violations() == []
    assert editor.troubles == []
