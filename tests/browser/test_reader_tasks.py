"""Ten things that readers come for, each by keyboard alone, without JavaScript, in few steps."""

import re
from collections.abc import Callable

import pytest

from tests.browser.conftest import Site, Watch
from tests.browser.keyboard import TYPING, Keyboard, address, button, control, link

pytestmark = pytest.mark.browser
SCHOOL = r"/schools/sample-[-\w]+/"


@pytest.fixture
def open_at(watch: Callable[..., Watch]) -> Callable[..., Keyboard]:
    def begin(path: str = "/") -> Keyboard:
        return Keyboard(watch(java_script_enabled=False, viewport={"width": 1280, "height": 900}), path)

    return begin


def test_the_cheapest_online_in_texas_under_a_year_for_cpc(
    open_at: Callable[..., Keyboard],
) -> None:
    reader = open_at()
    reader.write(control("state"), "Texas")
    reader.follow(button("Show schools"))
    reader.write(control("sort"), "Lowest")
    reader.tick(control("delivery", "online"))
    reader.tick(control("credential", "cpc"))
    reader.write(control("max_months"), "12")
    reader.follow(button("Show schools"))
    assert re.search(
        r"state=TX.*delivery=online.*credential=cpc.*max_months=12.*sort=tuition", reader.page.url
    )
    assert reader.cards()
    assert "Schools in Texas" in reader.said("h1")
    assert reader.steps <= 7


def test_three_schools_near_a_place_side_by_side(open_at: Callable[..., Keyboard]) -> None:
    reader = open_at()
    reader.write(control("near"), "43004")
    reader.follow(button("Show schools"))
    reader.write(control("within"), "200")
    reader.follow(button("Show schools"))
    for _ in range(3):
        reader.tick(control("school"))
    reader.enter()  # on the last tick
    assert "/schools/compare/?schools=" in reader.page.url
    assert reader.page.locator("thead th").count() == 3
    assert reader.steps <= 7


def test_a_school_by_a_name_spelt_nearly_right(site: Site, open_at: Callable[..., Keyboard]) -> None:
    name = open_at("/schools/").page.locator(".school-card:not(.card-ad) h3 a").first.inner_text()
    reader = open_at()
    reader.write(control("q"), name.replace("e", "ee", 1).replace("r", "", 1))
    reader.enter()
    reader.follow(link(f"^{re.escape(name)}$"))
    assert reader.said("h1") == name
    assert reader.steps <= 2


def test_the_pay_in_a_state(open_at: Callable[..., Keyboard]) -> None:
    reader = open_at()
    reader.go_to(lambda at: at["id"] == "pay-state")
    reader.page.keyboard.type("Ohio", delay=TYPING)
    reader.follow(button("Show pay"))
    assert "In Ohio" in reader.said("#answer") or "Ohio" in reader.said()
    assert reader.steps <= 2


def test_one_field_in_one_state(open_at: Callable[..., Keyboard]) -> None:
    reader = open_at()
    reader.follow(address("/schools/in/oh/"))
    reader.follow(link("Coding Specialist"))
    assert reader.said("h1") == "Medical Insurance Coding Specialist/Coder in Ohio"
    assert reader.cards()
    assert reader.steps <= 2


def test_the_nearest_first(open_at: Callable[..., Keyboard]) -> None:
    reader = open_at("/schools/")
    reader.write(control("near"), "43004")
    reader.write(control("within"), "Any")
    reader.write(control("sort"), "Nearest to your place")
    reader.follow(button("Show schools"))
    miles = [float(found) for found in re.findall(r"([\d.]+) miles? from", " ".join(reader.cards()))]
    assert miles == sorted(miles)
    assert len(miles) > 5
    assert reader.steps <= 4


def test_from_an_article_to_its_schools_and_on(open_at: Callable[..., Keyboard]) -> None:
    reader = open_at()
    reader.follow(link("^Articles$"))
    reader.follow(address(r"/articles/[-\w]+/"))
    reader.follow(link("^Next$"))
    assert "page=2" in reader.page.url
    reader.follow(link("in the school list"))
    assert reader.page.url.partition("?")[0].endswith("/schools/")
    assert reader.steps <= 4


def test_out_of_a_list_that_holds_nothing(open_at: Callable[..., Keyboard]) -> None:
    reader = open_at("/schools/?q=zzqq&state=OH")
    assert "No school" in reader.said("header .lede, .lede")
    reader.follow(link("^without "))
    assert reader.cards()
    assert reader.steps <= 1


def test_who_did_not_say_and_where_to_ask(open_at: Callable[..., Keyboard]) -> None:
    reader = open_at("/schools/")
    reader.tick(control("delivery", "online"))
    reader.write(control("include_unknown"), "Leave")
    reader.follow(button("Show schools"))
    assert "did not say and are left out" in reader.said()
    reader.follow(address(SCHOOL))
    assert "Sample" in reader.said()
    assert reader.steps <= 4


def test_one_less_to_compare_and_the_list_as_a_spreadsheet(
    open_at: Callable[..., Keyboard],
) -> None:
    reader = open_at("/schools/?field=billing-coding")
    for _ in range(2):
        reader.tick(control("school"))
    reader.enter()
    reader.follow(link("^Remove"))
    assert reader.page.locator("thead th").count() == 1
    reader.follow(link("^Find more schools"))
    reader.go_to(link("CSV"))
    with reader.page.expect_download() as got:
        reader.page.keyboard.press("Enter")
    assert got.value.suggested_filename == "schools.csv"
    assert "school_name" in got.value.path().read_text(encoding="utf-8").splitlines()[0]
