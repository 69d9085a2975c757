"""Every admin page that stands, as an editor opens it."""

from urllib.parse import urljoin, urlsplit

import pytest

from tests.browser.conftest import Watch

pytestmark = pytest.mark.browser

LISTS = "table th a[href*='/admin/']"


def models(editor: Watch) -> list[str]:
    """The list address of every model on the front page."""
    page = editor.open("/admin/")
    links = page.eval_on_selector_all(LISTS, "links => links.map(link => link.getAttribute('href'))")
    return sorted({urlsplit(link).path for link in links})


def rows(editor: Watch) -> list[str]:
    """The pages of the first object of the open list: its form, its history, its delete question."""
    link = editor.page.locator("#result_list tbody th a").first
    if not link.count():
        return []
    form = urlsplit(urljoin(editor.page.url, link.get_attribute("href") or "")).path
    return [form, form.replace("/change/", "/history/"), form.replace("/change/", "/delete/")]


def test_it_walks_every_admin_page_without_a_violation(editor: Watch) -> None:
    addresses = models(editor)
    assert len(addresses) > 20, addresses
    opened = 0
    for address in addresses:
        editor.open(address)
        forms = rows(editor)
        add = editor.page.locator("a.addlink").count()
        for path in [*forms, *([address + "add/"] if add else [])]:
            editor.collect()
            answer = editor.page.goto(editor.site.url + path)
            assert answer is not None
            assert answer.status in (200, 403), f"{path} answered {answer.status}"
            opened += answer.status == 200
    editor.collect()
    assert opened > 40
    assert [trouble for trouble in editor.troubles if "status of 403" not in trouble] == []


def test_it_searches_and_filters_every_list(editor: Watch) -> None:
    for address in models(editor):
        page = editor.open(address)
        if page.locator("#searchbar").count():
            editor.open(f"{address}?q=medical+'%22%25")
        editor.open(address)
        filters = page.eval_on_selector_all(
            "#changelist-filter a[href*='=']", "links => links.map(link => link.getAttribute('href'))"
        )
        once_each = {chosen.partition("=")[0]: chosen for chosen in filters}
        for chosen in once_each.values():
            editor.open(address + chosen)
    editor.collect()
    assert editor.troubles == []


def test_it_leads_from_the_front_page_to_the_rows_that_wait(editor: Watch) -> None:
    page = editor.open("/admin/")
    links = page.eval_on_selector_all(
        ".attention a", "links => links.map(link => [link.getAttribute('href'), link.textContent])"
    )
    assert links, "sample schools alone give one line"
    for href, text in links:
        # A list tells its number below; a page that the address leads into tells it in that heading.
        shown = editor.open(href).locator(":target, .paginator").first.text_content() or ""
        assert text.split()[0] in shown, f"{text.strip()} leads to {shown.strip()}"
