"""An editor imports: a page from upload to draft, and a bulk file from template to confirmation."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Watch

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]
PAGE = """<html><head><title>How to Become a Coder</title></head><body>
<nav><a href="/">Home</a> <a href="/x">All</a></nav><main><h1>How to Become a Coder</h1>
<p>Coders read charts.</p><h2>Training</h2><p>Programs take nine months.</p>
<p>Share this article on Facebook</p><p>Exams follow.</p><script>document.title = "ran"</script></main>
</body></html>"""


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    (tmp_path / "coder.html").write_text(PAGE)
    (tmp_path / "broken.html").write_bytes(b"\0\0")
    return [str(tmp_path / "coder.html"), str(tmp_path / "broken.html")]


def faults(page: Page) -> Iterator[str]:
    """What axe has against the page in each width and colour."""
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        for each in found.response["violations"]:
            yield f"{page.url} {width} {scheme}: {each['id']} {each['nodes'][0]['html'][:200]}"
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")


def test_a_page_goes_from_upload_to_draft(editor: Watch, site: Site, files: list[str]) -> None:
    page = editor.open("/admin/content/importbatch/add/")
    found = [*faults(page)]
    page.get_by_label("Pages:").set_input_files(files)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("0 of 2 pages")).to_be_visible()
    found += faults(page)
    site.manage("run_job", "import_pages")
    expect(page.get_by_text("2 of 2 pages")).to_be_visible(timeout=10_000)
    found += faults(page)
    editor.collect()
    page.get_by_role("link", name="coder.html").click()
    expect(page.frame_locator("iframe").get_by_text("Programs take nine months.")).to_be_visible()
    found += faults(page)
    line = page.locator(".left-out", has_text="Facebook")
    line.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("Body:")).to_have_value(
        "## Training\n\nPrograms take nine months.\n\nShare this article on Facebook\n\nExams follow."
    )
    page.get_by_role("link", name="As it is written").click()
    expect(page.frame_locator("iframe").get_by_text("document.title")).to_be_visible()
    page.get_by_label("Title:").fill("Becoming a Coder")
    editor.collect()
    page.get_by_role("button", name="Save and make the draft").click()
    expect(page.locator("#id_title")).to_have_value("Becoming a Coder")
    assert "/admin/content/revision/" in page.url
    editor.collect()
    assert found == []
    assert editor.troubles == []


def test_it_works_without_scripts(site: Site, watch: Callable[..., Watch], files: list[str]) -> None:
    bare = watch(java_script_enabled=False)
    page = bare.page
    page.goto(site.manage("editor_login"))
    page.get_by_role("button", name="Log in").click()
    page.goto(site.url + "/admin/content/importbatch/add/")
    page.get_by_label("Pages:").set_input_files(files)
    page.get_by_role("button", name="Upload").click()
    assert page.locator("meta[http-equiv=refresh]").count() == 1
    site.manage("run_job", "import_pages")
    page.reload()
    assert page.get_by_text("2 of 2 pages").count() == 1


def test_a_bulk_file_is_previewed_and_confirmed(editor: Watch, tmp_path: Path) -> None:
    page = editor.open("/admin/content/credential/import/")
    found = [*faults(page)]
    rows = tmp_path / "rows.csv"
    rows.write_text("slug,setting\ncpc,Doctors' offices of the test\n")
    page.get_by_label("File to import:").set_input_files(str(rows))
    page.get_by_role("button", name="Submit").click()
    expect(page.locator(".import-preview ins", has_text="of the test").first).to_be_visible()
    found += faults(page)
    editor.collect()
    page.get_by_role("button", name="Confirm import").click()
    expect(page.get_by_text("1 updated")).to_be_visible()
    rows.write_text("slug,level\ncpc,highest\n")
    editor.open("/admin/content/credential/import/")
    page.get_by_label("File to import:").set_input_files(str(rows))
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("is not a valid choice").first).to_be_attached()
    editor.collect()
    for model in ("content/credential", "content/redirect", "listings/sponsorship", "listings/statement"):
        for name in ("import", "export"):
            editor.open(f"/admin/{model}/{name}/")
    editor.open("/admin/content/credential/export/")
    page.get_by_label("Format:").select_option(label="csv")
    with page.expect_download() as download:
        page.get_by_role("button", name="Submit").click()
    assert "of the test" in Path(download.value.path()).read_text("utf-8-sig")
    editor.collect()
    assert editor.troubles == []
    assert found == []
