"""What the command says of a text: where the fault stands, how grave it is, what to do; and when it "
"refuses."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from content.lint.known import Known
from content.lint.reading import from_file
from content.lint.run import lint
from content.models import Article
from tests.build import make_article, make_credential, make_statistic
from tests.content.lint.texts import BASES, LEAD, text

pytestmark = pytest.mark.django_db


def found_in(words: str, folder: Path, *, name: str = "text.md") -> list[dict[str, Any]]:
    path, out = folder / name, folder / "found.json"
    path.write_text(words, "utf-8")
    call_command("lint_content", "--file", str(path), "--json", str(out), verbosity=0)
    found: list[dict[str, Any]] = json.loads(out.read_text("utf-8"))
    return found


def codes(words: str, folder: Path) -> set[str]:
    return {each["code"] for each in found_in(words, folder)}


def test_it_says_where_from_one_on(tmp_path: Path) -> None:
    words = text("## The exam\n\nRead the rules,\nthen [click here](https://www.aapc.com/) and wait.\n")
    (found,) = [each for each in found_in(words, tmp_path) if each["code"] == "link-text"]
    line = words.split("\n")[found["line"] - 1]
    assert line[found["column"] - 1 :].startswith("[click here]")
    assert found == {
        "file": str(tmp_path / "text.md"),
        "code": "link-text",
        "level": "warning",
        "line": found["line"],
        "column": 6,
        "text": "click here",
        "message": "\u201cclick here\u201d does not say where the link leads.",
        "suggestion": "Put the link on words that name the page it leads to.",
    }


def test_a_fact_is_found_at_its_label(tmp_path: Path) -> None:
    table = "| Fact | Value |\n| --- | --- |\n| Settings | Offices* |\n| Exam fee | $399* |"
    words = text(f"## Important facts\n\n{table}\n\nSources: *AAPC\n\n{BASES[0]}")
    (found,) = [each for each in found_in(words, tmp_path) if each["code"] == "fact-without-period"]
    assert words.split("\n")[found["line"] - 1] == "| Exam fee | $399* |"
    assert found["column"] == 3


def test_a_first_paragraph_that_is_the_lead_is_no_text(tmp_path: Path) -> None:
    words = text(f"{LEAD}\n\n{BASES[0]}")
    article = from_file(words.encode(), "text.md")
    assert LEAD not in [each.plain for each in article.body]
    assert article.lead.plain == LEAD
    assert article.lead.field.text[article.lead.at(0) :].startswith("The Certified Professional Coder (CPC)")


@pytest.mark.parametrize(
    ("year", "level"), [(2026, None), (2028, None), (2029, "warning"), (2031, "warning"), (2032, "error")]
)
def test_a_figure_ages(year: int, level: str | None) -> None:
    table = "| Fact | Value |\n| --- | --- |\n| Median annual pay (2025) | $51,140* |"
    words = text(f"## Important facts\n\n{table}\n\nSources: *BLS\n\n{BASES[0]}")
    found = lint(from_file(words.encode(), "text.md"), Known(at=datetime(year, 6, 1, tzinfo=UTC)))
    assert [each.level for each in found if each.code == "stale-statistic"] == ([level] if level else [])


def test_a_projection_that_has_ended_is_an_error() -> None:
    table = "| Fact | Value |\n| --- | --- |\n| Job outlook (2021-2024) | 7%* |"
    words = text(f"## Important facts\n\n{table}\n\nSources: *BLS\n\n{BASES[0]}")
    found = lint(from_file(words.encode(), "text.md"), Known(at=datetime(2025, 6, 1, tzinfo=UTC)))
    assert [each.level for each in found if each.code == "stale-statistic"] == ["error"]


def test_a_nearly_equal_text_is_found_but_not_the_article_itself(tmp_path: Path) -> None:
    body = "\n\n".join(
        f"A sentence about {word} and its codes." for word in ("bones", "skin", "hearts", "claims")
    )
    make_article("first", title="About codes", lead=LEAD, body=body)
    assert "near-duplicate" in codes(text(body), tmp_path)
    own = text(body).replace("---\n", "---\nslug: first\n", 1)
    assert "near-duplicate" not in codes(own, tmp_path)


def test_links_are_looked_up_as_readers_would(tmp_path: Path) -> None:
    make_article("here")
    make_article("draft", published=False)
    make_article("gone")
    Article.objects.filter(slug="gone").update(status=Article.Status.ARCHIVED)
    make_credential("CCS")
    good = (
        "[one](/articles/here/) [two](/credentials/ccs/?x=1#top) [three](/schools/?q=a) "
        "[four](/articles/here) [five](/feed.atom)"
    )
    bad = [
        "/articles/draft/",
        "/articles/gone/",
        "/articles/never/",
        "/credentials/zz/",
        "/nowhere/",
        "/admin/",
        "#nope",
        "page.html",
    ]
    words = text(
        f"## The exam\n\n{good}\n\n" + "\n\n".join(f"Read [the {place}]({place}) first." for place in bad)
    )
    found = [each["text"] for each in found_in(words, tmp_path) if each["code"] == "broken-link"]
    assert found == bad


def test_without_files_it_looks_at_what_readers_see(tmp_path: Path) -> None:
    make_article("live", title="A", body="Read [more](/nowhere/).")
    make_article("draft", title="B", published=False)
    out = tmp_path / "found.json"
    call_command("lint_content", "--json", str(out), verbosity=0)
    found = json.loads(out.read_text("utf-8"))
    assert {each["file"] for each in found} == {"/articles/live/"}
    (broken,) = [each for each in found if each["code"] == "broken-link"]
    assert (broken["line"], broken["column"]) == (1, 6)


def test_a_typed_number_is_offered_its_statistic(tmp_path: Path) -> None:
    make_statistic()
    words = text(f"{BASES[0]}\nMedical coders earn a median of $51,140 a year.\n")
    (found,) = [each for each in found_in(words, tmp_path) if each["code"].startswith("prose-number")]
    assert (found["code"], found["level"]) == ("prose-number-without-source", "info")
    assert "[[stat:oews.29-2072.us.median-annual|full]]" in found["suggestion"]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "---\n---\n",
        "---\ntitle: [\n---\nx",
        "# ",
        "##",
        "| |\n|-|\n",
        "[](",
        "[a](<>)",
        "![",
        "[[stat:]]",
        "[[stat:x|full]]",
        "[^1]\n\n[^1]: note",
        "Sources:",
        "<table><tr><td>1</td></tr></table>",
        "<a href='javascript:x'>a</a>",
        "- \n- \n",
        "> ",
        "\ufeff---\r\ntitle: A\r\n---\r\n\r\n\ue000\ue010 $ % $1,1,1 0%",
        "[a](/schools/?page=99999999999999999999)",
        "[a](/articles/%00/)",
        "[a](/schools/in/zz/)",
        "[a](http://[::1)",
        "$" + "9" * 400,
    ],
)
def test_odd_texts_are_no_trouble(words: str, tmp_path: Path) -> None:
    assert "title-length" in codes(words, tmp_path) or "title:" in words


def test_it_refuses_what_it_cannot_read(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("lint_content", "--file", str(tmp_path / "none.md"))
    (tmp_path / "zeros.md").write_bytes(b"\x00\x01" * 500)
    with pytest.raises(CommandError, match=r"zeros\.md: "):
        call_command("lint_content", "--file", str(tmp_path / "zeros.md"))
    (tmp_path / "fine.md").write_text("Words.")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command(
            "lint_content", "--file", str(tmp_path / "fine.md"), "--json", str(tmp_path / "no" / "out.json")
        )
