"""A day of the editors: from an uploaded page to readers, and what readers and editors mend afterwards."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser import conftest
from tests.browser.conftest import Site, Watch
from tests.browser.editing import at_work, attend, clean, first_row, follow, hire, looked_at, press
from tests.browser.writing import body, ready, save
from tests.content.pictures.files import plain, saved

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = Path(__file__).parent / "data" / "first_week.html"
SUMMARY = "What a new biller does from Monday to Friday, from the front desk to the payments."
# The public texts of an article: how many there are, and how many of them differ.
TEXTS = """
from content.models import Publication
rows = Publication.objects.filter(revision__article__slug="online-or-on-campus")
bodies = rows.values_list("revision__body", flat=True)
print(len(bodies), len(set(bodies)))
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own where nobody approves their own words, with related links worked out."""
    with conftest.serve(tmp_path_factory.mktemp("day"), REQUIRE_SECOND_PERSON="1") as running:
        hire(running)
        running.manage("run_job", "rebuild_related")
        yield running


def upload(anna: Watch) -> Page:
    """Steps: the front page's "Add", a file, "Upload"; the page of the upload follows by itself."""
    page = follow(anna.open("/admin/").locator(".model-importbatch a.addlink"))
    looked_at(page)
    page.get_by_label("Pages:").set_input_files(PAGE)
    press(page, "Upload", "Stored")
    looked_at(page)
    anna.site.manage("run_job", "import_pages")
    expect(page.get_by_role("status")).to_contain_text("1 of 1 page", timeout=15_000)
    return follow(page.get_by_role("link", name=PAGE.name))


def mend(page: Page) -> None:
    """Steps: a dropped line put back and taken out again, a title, "Save and make the draft"."""
    frame = page.frame_locator("iframe[title='The page as it came']")
    expect(frame.locator("body")).to_contain_text("Share this article with a friend")
    expect(page.locator("#id_body")).not_to_have_value(re.compile("Share this article"))
    looked_at(page)
    left_out = page.locator(".left-out", has_text="Share this article with a friend")
    with page.expect_navigation():
        left_out.get_by_role("button").click()
    expect(left_out).to_contain_text("Back in the text")
    expect(page.locator("#id_body")).to_have_value(re.compile("Share this article with a friend"))
    words = page.locator("#id_body").input_value()
    page.locator("#id_body").fill(
        words.replace("Share this article with a friend", "Ask what you do not know.")
    )
    page.locator("#id_title").fill("Your First Week at a Billing Desk")
    press(page, "Save and make the draft", "Draft a-first-week")
    ready(page)


def describe(page: Page) -> None:
    """The form of a new picture, filled and sent."""
    looked_at(page)
    file = {"name": "desk.png", "mimeType": "image/png", "buffer": saved(plain(1200, 800))}
    page.get_by_label("File:").set_input_files([file])
    page.locator("#id_name").press_sequentially("A billing desk")
    page.locator("#id_alternative").fill("A desk with two screens and a telephone")
    page.locator("#id_licence").select_option("own-work")
    press(page, "Save and continue editing", "was added")
    looked_at(page)


def hang_picture(anna: Watch) -> None:
    """Steps: "Picture…", from there to the form in another tab, back, its name, itself, save."""
    page = anna.page
    body(page).evaluate("field => field.setSelectionRange(0, 0)")
    page.get_by_role("button", name="Picture…").click()
    box = page.get_by_role("dialog", name="Find a picture")
    expect(box.get_by_role("status")).to_contain_text("Nothing")
    looked_at(page)
    with anna.context.expect_page() as opened:
        box.get_by_role("link", name="Upload a picture").click()
    tab = Watch(anna.site, anna.context, opened.value)
    describe(tab.page)
    clean(tab)
    tab.page.close()
    box.get_by_role("searchbox").press_sequentially("billing desk")
    box.get_by_role("button", name="A billing desk").click()
    assert body(page).input_value().startswith("![](picture:a-billing-desk)")
    page.keyboard.type("\n\n")
    page.locator("#id_summary").fill(SUMMARY)
    save(page)
    looked_at(page)


def test_a_page_is_imported_mended_reviewed_and_published(site: Site, watch: Callable[..., Watch]) -> None:
    anna, ruth, paul = (at_work(site, watch, name) for name in ("anna", "ruth", "paul"))
    looked_at(anna.page)
    draft = upload(anna)
    mend(draft)
    hang_picture(anna)
    press(draft, "Save and ask for review", "waits for review now")
    expect(draft.get_by_role("button", name="Approve")).to_have_count(0)
    expect(draft.get_by_role("link", name="View on site")).to_have_count(0)
    looked_at(draft)

    review = attend(ruth, "text waits for review")
    looked_at(review)
    looked_at(first_row(review))
    follow(review.get_by_role("link", name="Preview", exact=True))
    expect(review.frame_locator("iframe").first.locator("h1")).to_have_text(
        "Your First Week at a Billing Desk"
    )
    looked_at(review)
    follow(review.locator(".breadcrumbs").get_by_role("link", name="Revision 2"))
    press(review, "Approve", "is approved")

    page = first_row(attend(paul, "approved text waits to be published"))
    later = timezone.localtime() + timedelta(days=1)
    page.get_by_label("Date").fill(f"{later:%Y-%m-%d}")
    page.get_by_label("Time").fill("09:00")
    press(page, "Publish on this date", "is scheduled")
    looked_at(page)
    reader = watch()
    address = page.locator(".standing a").first.text_content()
    reader.open(f"/articles/{address}/", status=404)
    reader.troubles.clear()
    press(page, "Publish now", "is published")
    expect(page.get_by_role("link", name="View on site")).to_be_visible()
    shown = reader.open(f"/articles/{address}/")
    expect(shown.get_by_role("img", name="A desk with two screens")).to_be_visible()
    expect(shown.locator("main")).to_contain_text("Ask what you do not know.")
    clean(anna, ruth, paul, reader)


def write(editor: Watch, slug: str, old: str, new: str) -> Page:
    """Steps: find the article, "Edit the text in a new draft", change it, "Save and ask for review"."""
    page = editor.open(f"/admin/content/article/?q={slug}")
    return rewrite(first_row(page), old, new)


def rewrite(page: Page, old: str, new: str) -> Page:
    press(page, "Edit the text in a new draft", "This draft has the text")
    ready(page)
    words = body(page).input_value()
    assert old in words
    body(page).fill(words.replace(old, new))
    press(page, "Save and ask for review", "waits for review now")
    return page


def let_through(paul: Watch) -> None:
    """Steps: front page, list, text, "Approve", "Publish now"."""
    page = first_row(attend(paul, "text waits for review"))
    press(page, "Approve", "is approved")
    press(page, "Publish now", "is published")


def report(reader: Watch, slug: str, words: str) -> None:
    page = reader.open(f"/articles/{slug}/")
    follow(page.get_by_role("link", name="Report an error"))
    page.get_by_label("What is wrong?").fill(words)
    # What comes within three seconds was not typed by a person.
    page.wait_for_timeout(3000)
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def test_an_error_that_a_reader_reported_is_corrected_and_answered(
    site: Site, watch: Callable[..., Watch]
) -> None:
    reader, ruth, paul = watch(), at_work(site, watch, "ruth"), at_work(site, watch, "paul")
    report(reader, "what-accreditation-means", "It says three stamps and draws four.")
    page = attend(ruth, "error that a reader reported")
    looked_at(page)
    looked_at(follow(page.get_by_role("link", name="Answer", exact=True)))
    answer = page.url
    looked_at(follow(page.get_by_role("link", name="its texts")))
    rewrite(page, "## Three stamps, three givers", "## Three stamps and their givers")
    let_through(paul)
    page = ruth.open(answer)
    page.get_by_label("It was wrong and is corrected").check()
    page.get_by_label("Answer for readers").fill("The heading counted wrong, and says it otherwise now.")
    page.get_by_label("Corrected in").select_option(index=1)
    press(page, "Store the answer", "Readers find the answer under corrections")
    expect(reader.open("/corrections/").locator("main")).to_contain_text("The heading counted wrong")
    shown = reader.open("/articles/what-accreditation-means/")
    expect(shown.get_by_role("heading", name="Three stamps and their givers")).to_be_visible()
    clean(reader, ruth, paul)


def test_a_related_link_is_vetoed_and_readers_get_it_no_more(site: Site, watch: Callable[..., Watch]) -> None:
    reader, ruth = watch(), at_work(site, watch, "ruth")
    related = reader.open("/articles/what-is-a-coding-certification/").locator(".related")
    title = related.get_by_role("link").first.text_content() or ""
    page = ruth.open("/admin/content/article/?q=what-is-a-coding-certification")
    looked_at(follow(first_row(page).locator(".object-tools").get_by_role("link", name="Related links")))
    press(page, f"Veto: {title}", "This article will not link to")
    expect(page.get_by_role("region", name="Never linked").get_by_role("button")).to_have_count(1)
    looked_at(page)
    looked_at(ruth.open("/admin/content/relatedlink/coverage/"))
    related = reader.open("/articles/what-is-a-coding-certification/").locator(".related")
    expect(related.get_by_role("link", name=title, exact=True)).to_have_count(0)
    expect(related.get_by_role("link").first).to_be_visible()
    clean(reader, ruth)


def test_who_guesses_too_often_is_told_what_to_do(watch: Callable[..., Watch]) -> None:
    guesser = watch()
    page = guesser.open("/admin/login/")
    for _ in range(10):
        page.locator("#id_username").fill("guesser")
        page.locator("#id_password").fill("wrong")
        page.get_by_role("button", name="Log in").click()
        if page.get_by_text("wrong too often").count():
            break
    expect(page.get_by_role("heading", name="Too many tries")).to_be_visible()
    looked_at(page)


def test_an_earlier_revision_is_restored(site: Site, watch: Callable[..., Watch]) -> None:
    reader, ruth, paul = watch(), at_work(site, watch, "ruth"), at_work(site, watch, "paul")
    before = reader.open("/articles/online-or-on-campus/").locator("main h2").all_text_contents()
    page = write(ruth, "online-or-on-campus", "## ", "## Perhaps: ")
    let_through(paul)
    after = reader.open("/articles/online-or-on-campus/").locator("main h2").all_text_contents()
    assert after != before
    follow(page.get_by_role("link", name="Compare", exact=True))
    expect(page.get_by_role("region", name="Body").locator("ins").first).to_have_text(re.compile("Perhaps"))
    looked_at(page)
    press(page, "Start a draft with the text of revision 1", "This draft has the text of revision 1")
    ready(page)
    press(page, "Save and ask for review", "waits for review now")
    let_through(paul)
    again = reader.open("/articles/online-or-on-campus/").locator("main h2").all_text_contents()
    assert again == before
    assert site.manage("shell", "-v0", "-c", TEXTS) == "3 2"
    clean(reader, ruth, paul)


def test_redirects_go_out_and_come_in_as_a_file(
    site: Site, watch: Callable[..., Watch], tmp_path: Path
) -> None:
    reader, paul = watch(), at_work(site, watch, "paul")
    page = paul.open("/admin/content/redirect/")
    looked_at(follow(page.get_by_role("link", name="Export", exact=True)))
    page.get_by_label("Format:").select_option(label="csv")
    with page.expect_download() as download:
        page.get_by_role("button", name="Submit").click()
    rows = tmp_path / "redirects.csv"
    rows.write_text(
        Path(download.value.path()).read_text("utf-8-sig").strip() + "\n/articles/old-name/,/articles/,\n"
    )
    page = paul.open("/admin/content/redirect/")
    looked_at(follow(page.get_by_role("link", name="Import", exact=True)))
    page.get_by_label("File to import:").set_input_files(rows)
    page.get_by_role("button", name="Submit").click()
    looked_at(page)
    press(page, "Confirm import", "1 new")
    assert reader.open("/articles/old-name/").url == site.url + "/articles/"
    clean(reader, paul)
