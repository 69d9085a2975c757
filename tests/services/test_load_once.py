"""What a first start loads, it loads once: what an operator took away does not come back."""

import pytest

from tests.services.site import Site

pytestmark = [pytest.mark.services, pytest.mark.slow]


@pytest.fixture
def site(var):
    fresh = Site(var, f"sqlite:///{var}/superbill.sqlite3", DEBUG="1")
    yield fresh
    fresh.close()


def prepare(site):
    process = site.start("directory.deploy.prepare")
    assert process.wait(120) == 0, site.log(process)
    return site.log(process)


def counts(site):
    ((schools, articles),) = site.query(
        "SELECT (SELECT count(*) FROM listings_school), (SELECT count(*) FROM content_article)"
    )
    return schools, articles


def test_samples_that_were_taken_away_stay_away(site):
    prepare(site)
    schools, articles = counts(site)
    assert schools > 100
    assert articles >= 4
    site.manage("sample_schools", "--remove")
    assert "Loading" not in prepare(site)
    assert counts(site) == (0, articles)


def test_a_first_start_that_was_broken_off_is_finished_by_the_next(site):
    site.manage("migrate", "--verbosity", "0")
    site.manage("start_content")
    (site.var / "first-load").write_text("sample_schools")
    said = prepare(site)
    assert "sample schools" in said
    assert "start content" not in said
    assert counts(site)[0] > 100
    assert not (site.var / "first-load").exists()


def test_a_new_database_is_filled_again(site):
    prepare(site)
    for file in site.var.glob("superbill.sqlite3*"):
        file.unlink()
    assert "Loading, once: start content" in prepare(site)
    assert counts(site)[0] > 100
