"""The page to try the API on, under the strict policy."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Watch

pytestmark = pytest.mark.browser


def test_a_call_is_tried_without_a_violation_or_a_foreign_request(watch: Callable[..., Watch]) -> None:
    reader = watch()
    page = reader.open("/api/v1/")
    page.get_by_role("link", name="Try it in the browser").click()
    row = page.locator("#operations-api-credentials")
    row.wait_for()
    row.locator(".opblock-summary-control").click()
    row.get_by_role("button", name="Try it out").click()
    row.get_by_role("button", name="Execute").click()
    row.locator(".live-responses-table .response-col_status", has_text="200").wait_for()
    reader.collect()
    assert reader.troubles == []
    assert reader.context.cookies() == []


def test_without_javascript_the_page_leads_on(watch: Callable[..., Watch]) -> None:
    reader = watch(java_script_enabled=False)
    page = reader.open("/api/v1/docs/")
    assert page.get_by_role("link", name="schema").get_attribute("href") == "/api/v1/schema/"
    page.get_by_role("link", name="guide").click()
    page.get_by_role("heading", name="For developers: the API").wait_for()


def test_no_page_of_the_api_breaks_the_policy(watch: Callable[..., Watch]) -> None:
    reader = watch()
    for path in ("", "docs/", "schema/", "schools/?per_page=1", "credentials/cpc/"):
        reader.open(f"/api/v1/{path}")
    reader.page.goto(reader.site.url + "/api/v1/docs/?lang=x&url=https://evil.example/schema.json#/a/b")
    reader.page.locator("#operations-api-credentials").wait_for()
    reader.collect()
    assert reader.troubles == []
