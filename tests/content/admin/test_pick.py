"""A writer looks up figures, credentials and articles; each comes with the mark that a text takes."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from content.models import Credential, Statistic
from content.pictures import pictures_named
from content.rendering import render, statistics_named
from tests.build import make_article, make_credential, make_picture, make_revision, make_statistic
from tests.content.workflow.people import logged_in, make_editor

pytestmark = pytest.mark.django_db
KEY = "oews.29-2072.us.median-annual"


@pytest.fixture
def author() -> Client:
    return logged_in(make_editor("Author"))


def pick(client: Client, kind: str, words: str = "") -> dict[str, Any]:
    answer = client.get(reverse("admin:content_revision_pick", args=[kind]), {"q": words})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def rendered(mark: str) -> str:
    return str(render(mark, statistics_named(mark)).html)


def test_a_figure_comes_with_its_value_and_four_marks_that_work(author: Client) -> None:
    make_statistic()
    make_statistic("oews.29-2072.oh.median-annual", label="Records specialists: median annual pay, Ohio")
    (found,) = pick(author, "statistics", "united MEDIAN")["found"]
    assert found["note"] == "$51,140 a year (May 2025)"
    assert found["marks"][:2] == [f"[[stat:{KEY}]]", f"[[stat:{KEY}|full]]"]
    assert all("$51,140" in rendered(mark) for mark in found["marks"])
    assert len(pick(author, "statistics")["found"]) == 2
    assert pick(author, "statistics", "zebra") == {"found": [], "more": False}


def test_a_credential_comes_as_a_link_to_its_page(author: Client, client: Client) -> None:
    make_credential("CPC")
    make_credential("CPC-H", status=Credential.Status.RETIRED)
    (found,) = pick(author, "credentials", "cpc-h aapc")["found"]
    assert found["marks"] == ["[CPC-H](/credentials/cpc-h/)"]
    assert "retired" in found["note"]
    assert client.get(found["address"]).status_code == 200


def test_only_articles_that_readers_see_are_offered(author: Client) -> None:
    make_article("seen", title="Fees [and_more] of *coding*")
    make_revision(make_article("changed", title="Fees of today"), title="Fees of tomorrow")
    make_article("hidden", published=False, title="Fees nobody sees")
    found = pick(author, "articles", "fees")["found"]
    assert [each["label"] for each in found] == ["Fees [and_more] of *coding*", "Fees of today"]
    html = rendered(found[0]["marks"][0])
    assert '<a href="/articles/seen/">Fees [and_more] of *coding*</a>' in html


def test_a_picture_comes_with_its_smallest_file_and_a_mark_that_shows_it(
    author: Client, client: Client
) -> None:
    desk = make_picture("desk")
    make_picture("line", is_decorative=True)
    (found,) = pick(author, "pictures", "coder screens")["found"]
    assert found["marks"] == ["![](picture:desk)"]
    assert found["note"] == desk.alternative
    assert client.get(found["image"]).status_code == 200
    assert "-480." in found["image"]
    named = render(found["marks"][0], {}, pictures=pictures_named(found["marks"][0]))
    assert f'alt="{desk.alternative}"' in named.html
    assert [each["note"] for each in pick(author, "pictures", "line")["found"]] == ["decorative"]


def test_it_says_that_there_are_more(author: Client) -> None:
    for number in range(21):
        make_credential(f"C{number}")
    found = pick(author, "credentials")
    assert (len(found["found"]), found["more"]) == (20, True)
    assert pick(author, "credentials", "C20") == {
        "found": pick(author, "credentials", "C20")["found"],
        "more": False,
    }


@pytest.mark.parametrize("words", ["\0", "%", "'\"", "[[stat:", "a" * 5000, "\ud83d\ude00", "_ " * 200])
@pytest.mark.parametrize("kind", ["statistics", "credentials", "articles", "pictures"])
def test_no_words_break_it(author: Client, kind: str, words: str) -> None:
    make_statistic()
    assert "found" in pick(author, kind, words.encode("utf-16", "surrogatepass").decode("utf-16"))


def test_it_knows_no_other_kind_and_answers_nobody_without_the_right(author: Client, client: Client) -> None:
    assert author.get("/admin/content/revision/pick/users/").status_code == 404
    assert client.get("/admin/content/revision/pick/articles/").status_code == 302
    asked = client.get("/admin/content/revision/pick/articles/", headers={"accept": "application/json"})
    assert asked.status_code == 401
    assert Statistic.objects.count() == 0
