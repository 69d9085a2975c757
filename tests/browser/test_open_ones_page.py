"""Somebody of a school opens their page by a mail: keyboard, telephone, no JavaScript."""

import re
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Site, Watch
from tests.browser.keyboard import Keyboard, address, button, control, link
from tests.browser.test_public_walk import RULES

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}


def newest_link(site: Site) -> str:
    """What the worker mailed: the path in the newest mail."""
    site.manage("run_job", "send_letters")
    newest = max((Path(site.env["VAR_DIR"]) / "mail").iterdir(), key=lambda file: file.stat().st_mtime_ns)
    mail = message_from_bytes(newest.read_bytes(), policy=policy.default)
    body = mail.get_body(("plain",))
    assert body is not None
    found = re.search(r"/for-schools/\S+/", body.get_content())
    assert found
    return found.group()


def ask(visitor: Keyboard, who: str) -> None:
    visitor.write(control("address"), who)
    # Nobody reads and types within a moment, and the form would say so.
    visitor.page.wait_for_timeout(3100)
    visitor.follow(button("Send me the link"))


def open_by_mail(site: Site, reader: Watch, who: str) -> Keyboard:
    visitor = Keyboard(reader, "/for-schools/link/")
    ask(visitor, who)
    visitor = Keyboard(reader, newest_link(site))
    visitor.follow(button("Open my page"))
    return visitor


def test_from_the_front_page_to_ones_page_and_out(site: Site, watch: Callable[..., Watch]) -> None:
    reader = watch(java_script_enabled=False, viewport=PHONE)
    visitor = Keyboard(reader)
    visitor.follow(link("^For schools$"))
    visitor.follow(link("Send me the link"))
    ask(visitor, "registrar@school.edu")
    assert "Look into your mail" in visitor.said()
    mailed = newest_link(site)
    steps = visitor.steps
    visitor = Keyboard(reader, mailed)
    visitor.follow(button("Open my page"))
    assert visitor.page.url == f"{site.url}/for-schools/my/"
    assert "registrar@school.edu" in visitor.said()
    assert steps + visitor.steps == 5
    assert "Your page at" in visitor.said("details summary")
    assert reader.page.goto(site.url + mailed).status == 410  # type: ignore[union-attr]
    visitor = Keyboard(reader, "/for-schools/my/")
    visitor.follow(button("Close my page"))
    reader.open("/for-schools/my/")
    assert "The link to your page" in visitor.said("h1")
    assert [trouble for trouble in reader.troubles if "410" not in trouble] == []


def test_from_ones_school_to_a_claim(site: Site, watch: Callable[..., Watch]) -> None:
    reader = watch(java_script_enabled=False, viewport=PHONE)
    visitor = Keyboard(reader, "/schools/")
    visitor.follow(address(r"/schools/sample-[^/?]+/"))
    visitor.follow(link("Is this your school"))
    visitor.follow(link("Speak for it"))
    ask(visitor, "dean@school.edu")
    mailed, steps = newest_link(site), visitor.steps
    visitor = Keyboard(reader, mailed)
    visitor.follow(button("Open my page"))
    assert visitor.said("h1").startswith("Speak for Sample")
    visitor.write(control("note"), "I am the dean.")
    visitor.follow(button("Ask the editors"))
    assert "An editor looks at what you sent" in visitor.said()
    assert steps + visitor.steps == 8
    assert reader.troubles == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360), ("light", 320)])
def test_no_page_of_it_breaks_a_rule(
    site: Site, watch: Callable[..., Watch], scheme: str, width: int
) -> None:
    reader = watch(color_scheme=scheme, viewport={"width": width, "height": 800})
    open_by_mail(site, reader, f"{scheme}{width}@school.edu")
    school = reader.open("/schools/").locator("main a[href^='/schools/sample-']").first.get_attribute("href")
    assert school
    claim = f"/for-schools/my/claim/{school.split('/')[2]}/"
    found = []
    for path in ("", "letters/", "person/", "data/", claim, "/for-schools/link/?sent=1"):
        page = reader.open(path if path.startswith("/") else f"/for-schools/my/{path}")
        result = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        found += [f"{path}: {violation['id']}" for violation in result.response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{path}: scrolls sideways")
    reader.collect()
    assert found == []
    assert reader.troubles == []
