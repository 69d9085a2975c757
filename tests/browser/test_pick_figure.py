"""An editor picks a figure from a search; its mark stands where the editor wrote."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_figure_is_picked_into_the_body(editor):
    page = editor.open("/admin/content/revision/")
    page.locator("input.action-select").first.check()
    page.select_option("select[name=action]", "start_draft")
    page.locator("button[name=index]").click()
    editor.open("/admin/content/revision/?state__exact=draft")
    page.locator("#result_list tbody th a").first.click()
    page.locator("#id_body").fill("It pays ")
    page.locator("#find-figures").press_sequentially("29-2072 median annual united")
    found = page.get_by_role("button", name="$51,140 a year (May 2025)")
    found.click()
    assert page.locator("#id_body").input_value() == "It pays [[stat:oews.29-2072.us.median-annual]]"
    page.locator("#find-figures").press("Enter")
    assert "/change/" in page.url
    page.locator("#find-figures").fill("nothing of the kind")
    page.get_by_text("No figure has all of these words.").wait_for()
    editor.collect()
    assert editor.troubles == []
