"""Every public page, as a reader opens it."""

from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Site, Watch

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KINDS = {
    "home": "/",
    "articles": "/articles/",
    "article": "/articles/what-is-a-coding-certification/",
    "topic": "/topics/",
    "credentials": "/credentials/",
    "credentials narrowed": "/credentials/?setting=office&level=core",
    "credential choice": "/credentials/which/?setting=office&shown=diploma",
    "credential": "/credentials/cpc/",
    "drawing": "/articles/medical-billing-or-medical-coding/",
    "specialties": "/specialties/",
    "specialty": "/specialties/cardiology/",
    "glossary": "/glossary/",
    "schools": "/schools/",
    "schools filtered": "/schools/?field=billing-coding&award=associate",
    "schools none": "/schools/?q=zzzzqqqq",
    "schools bad value": "/schools/?state=XX&sort=password",
    "statistics": "/statistics/",
    "receipt": "/statistics/oews.29-2072.us.median-annual/",
    "how ordered": "/how-listings-are-ordered/",
    "how paid": "/how-this-site-is-paid-for/",
    "for schools": "/for-schools/",
    "for schools found": "/for-schools/?q=college",
    "link to one's page": "/for-schools/link/",
}
NOT_FOUND = ("/nothing-here/", "/articles/nothing-here/", "/schools/nothing-here/", "/schools/?page=99999")
FILES = (".atom", ".xml", ".csv", ".txt", ".svg")


def public_paths(reader: Watch, most: int = 400) -> list[str]:
    """Every address that a reader reaches from the home page by links, filters and forms left out."""
    seen, waiting = {"/"}, ["/"]
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        page = reader.open(path)
        for href in page.eval_on_selector_all(
            "a[href]:not([rel~=nofollow])", "links => links.map(link => link.getAttribute('href'))"
        ):
            parts = urlsplit(urljoin(reader.site.url + path, href))
            inside = f"{parts.scheme}://{parts.netloc}" == reader.site.url
            if not inside or parts.query or parts.path in seen or parts.path.startswith("/admin/"):
                continue
            seen.add(parts.path)
            if not parts.path.endswith(FILES):
                waiting.append(parts.path)
    return sorted(seen)


def one_of_each(site: Site, reader: Watch) -> dict[str, str]:
    """The page kinds, with a school, a sponsored list and a topic that the site really holds."""
    kinds = dict(KINDS)
    page = reader.open("/schools/")
    kinds["school"] = (
        page.locator("main a[href^='/schools/']:not([href*='?'])").first.get_attribute("href") or ""
    )
    page = reader.open("/articles/")
    kinds["topic"] = page.locator("main a[href^='/topics/']").first.get_attribute("href") or ""
    page = reader.open("/specialties/")
    kinds["specialty"] = page.locator("main a[href^='/specialties/']").first.get_attribute("href") or ""
    return kinds


def test_it_walks_every_public_page_without_a_violation_a_cookie_or_a_foreign_request(
    watch: Callable[..., Watch],
) -> None:
    reader = watch()
    paths = public_paths(reader)
    reader.collect()
    assert len(paths) > 60, paths
    assert reader.troubles == []
    assert reader.context.cookies() == []
    assert reader.page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("path", NOT_FOUND)
def test_it_gives_a_way_back_from_a_page_that_is_not_there(watch: Callable[..., Watch], path: str) -> None:
    reader = watch()
    page = reader.open(path, status=404)
    assert page.locator("main a").count() > 0
    reader.collect()
    assert [trouble for trouble in reader.troubles if "404" not in trouble] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_breaks_no_accessibility_rule(site: Site, watch: Callable[..., Watch], scheme: str) -> None:
    reader = watch(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    found: list[str] = []
    for kind, path in one_of_each(site, reader).items():
        page = reader.open(path)
        result = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        for violation in result.response["violations"]:
            nodes = [node["html"][:120] for node in violation["nodes"][:3]]
            found.append(f"{kind}: {violation['id']}: {nodes}")
    assert found == []


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_it_never_scrolls_sideways(site: Site, watch: Callable[..., Watch], width: int) -> None:
    reader = watch(viewport={"width": width, "height": 800})
    wide = []
    for kind, path in one_of_each(site, reader).items():
        page = reader.open(path)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(kind)
    assert wide == []


# Buttons that only a script can answer are made by it.
WORDS = """() => {
  const main = document.querySelector("main").cloneNode(true);
  main.querySelectorAll("button[data-save]").forEach((button) => button.remove());
  return main.textContent;
}"""


def test_it_says_the_same_without_javascript(site: Site, watch: Callable[..., Watch]) -> None:
    with_scripts, without = watch(), watch(java_script_enabled=False)
    for kind, path in one_of_each(site, with_scripts).items():
        text = with_scripts.open(path).evaluate(WORDS)
        assert without.page.goto(site.url + path)
        assert (without.page.locator("main").text_content() or "").split() == text.split(), kind


def test_it_keeps_within_the_page_budget(site: Site, watch: Callable[..., Watch]) -> None:
    """HTML up to 60 kB before compression, up to 12 requests."""
    reader = watch()
    for kind, path in one_of_each(site, reader).items():
        reader.requests.clear()
        page = reader.open(path)
        assert len(page.content().encode()) <= 60_000, kind
        assert len(reader.requests) <= 12, kind
