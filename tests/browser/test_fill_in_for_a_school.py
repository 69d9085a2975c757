"""A school without a mouse, without JavaScript, on a telephone: corrects, updates, is added, confirms."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Site, Watch, serve
from tests.browser.keyboard import Keyboard, button, control, link

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TELEPHONE = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCHOOL = """
from tests.build import make_school, make_credential
from listings.models import Program
from listings.statements import state
cips = ("51.0713", "51.0714", "51.0710")
directory = {"website": "https://www.greenwood.edu/", "address": "12 Main Street", "zip": "45402"}
school = make_school("Greenwood College", slug="greenwood", directory=directory | {"phone": "6145550123"},
                     programs=[{"cip": cip, "award_level": 21} for cip in cips])
for program in school.programs.all():
    state(school=school, program=program, field="delivery", value=["online"], by="school")
"""
KEY = """
from listings.models import MailKey, School
from listings.submissions.claims import claim
from listings.submissions.mailboxes import mailbox_of
mailbox = mailbox_of("registrar@greenwood.edu")
claim(School.objects.get(slug="greenwood"), mailbox=mailbox)
print(MailKey.hand_out(MailKey.Purpose.OPEN, mailbox))
"""
SENT = """
import json
from listings.models import Submission
sent = Submission.objects.latest("pk")
print(json.dumps([sent.kind, sent.state, sorted(f"{f.program_key} {f.field}" for f in sent.fields.all())]))
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with one school that nobody invented for readers: samples are corrected by nobody."""
    folder: Path = tmp_path_factory.mktemp("school")
    with serve(folder) as running:
        running.manage("shell", "--no-imports", "-v0", "-c", SCHOOL)
        yield running


def ask(site: Site, script: str) -> str:
    return site.manage("shell", "--no-imports", "-v0", "-c", script).splitlines()[-1]


def on_its_page(site: Site, reader: Watch, path: str) -> Keyboard:
    """Opens the private page by the link of a mail, with the button that the link leads to."""
    opened = Keyboard(reader, f"/for-schools/my/{ask(site, KEY)}/")
    opened.follow(button("Open my page"))
    return Keyboard(reader, path)


def wait_as_a_person(person: Keyboard) -> None:
    """Nobody fills in a form in less than three seconds."""
    person.page.wait_for_timeout(3_100)


def test_one_tuition_is_corrected_in_five_steps(site: Site, watch: Callable[..., Watch]) -> None:
    person = Keyboard(watch(**TELEPHONE), "/schools/greenwood/")
    person.follow(link("^Correct tuition of Medical Insurance Coding"))
    wait_as_a_person(person)
    person.write(control("p51.0713.21-tuition-amount"), "4500")
    person.write(control("p51.0713.21-tuition-year"), "2026")
    person.write(control("address"), "registrar@greenwood.edu")
    person.follow(button("Send"))
    assert "press the button in our mail" in person.said("h1")
    assert ask(site, SENT) == '["correction", "unconfirmed", ["51.0713.21 tuition"]]'
    assert person.steps == 5


def test_three_programs_are_updated_in_eight_steps(site: Site, watch: Callable[..., Watch]) -> None:
    person = on_its_page(site, watch(**TELEPHONE), "/for-schools/my/")
    person.follow(link("^Update it: Greenwood"))
    wait_as_a_person(person)
    for cip in ("51.0713", "51.0714", "51.0710"):
        person.steps += 1
        person.go_to(lambda at: at["tag"] == "summary" and "Certificate of 12 weeks" in at["text"])
        person.page.keyboard.press("Enter")
        person.write(control(f"p{cip}.21-months"), "9")
    person.follow(button("Send"))
    assert ask(site, SENT) == (
        '["update", "waiting", ["51.0710.21 months", "51.0713.21 months", "51.0714.21 months"]]'
    )
    assert person.steps == 8


def test_a_new_school_is_sent_in_eleven_steps(site: Site, watch: Callable[..., Watch]) -> None:
    person = Keyboard(watch(**TELEPHONE), "/for-schools/")
    person.follow(link("^Add a school"))
    wait_as_a_person(person)
    person.write(control("s-name"), "Riverside Academy")
    person.write(control("s-address-street"), "1 Bank Street")
    person.write(control("s-address-city"), "Akron")
    person.write(control("s-address-state"), "Ohio")
    person.write(control("s-address-zip"), "44301")
    person.write(control("n0-cip"), "Medical Insurance Coding")
    person.write(control("n0-level"), "Certificate of 12")
    person.tick(control("n0-delivery", "online"))
    person.write(control("address"), "info@riverside-academy.com")
    person.follow(button("Send"))
    assert "press the button in our mail" in person.said("h1")
    assert ask(site, SENT) == ('["new-school", "unconfirmed", [" address", " name", "51.0713.21 delivery"]]')
    assert person.steps == 11


def test_all_is_confirmed_in_two_steps(site: Site, watch: Callable[..., Watch]) -> None:
    person = on_its_page(site, watch(**TELEPHONE), "/for-schools/my/")
    person.follow(link("^Is it still correct"))
    person.follow(button("All of it is still correct"))
    assert "Done" in person.said("main [role=status]")
    assert ask(site, SENT).startswith('["confirmation", "done"')
    assert person.steps == 2


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_every_form_is_accessible_and_never_wider_than_the_screen(
    site: Site, watch: Callable[..., Watch], width: int, scheme: str
) -> None:
    seen = watch(viewport={"width": width, "height": 740}, color_scheme=scheme)
    on_its_page(site, seen, "/for-schools/my/")
    for path in (
        "/schools/greenwood/",
        "/schools/greenwood/correct/?field=tuition&program=51.0713.21",
        "/schools/greenwood/correct/?field=address",
        "/schools/greenwood/correct/",
        "/for-schools/new/",
        "/for-schools/my/still-correct/greenwood/",
    ):
        seen.requests.clear()
        page = seen.open(path)
        page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        assert found.violations_count == 0, found.generate_report()
        requests = [each for each in seen.requests if not each.startswith("data:")]
        assert len(requests) <= 12, requests
    seen.collect()
    assert seen.troubles == []
