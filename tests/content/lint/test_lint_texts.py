"""`lint_content --file`: it finds the fault that a short text has, and is quiet about clean ones."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from content.lint.run import RULES
from tests.content.lint import more_texts, raw_texts, texts

pytestmark = pytest.mark.once

FAULTS = (*texts.FAULTS, *more_texts.FAULTS, *raw_texts.FAULTS)
CLEAN = (*texts.CLEAN, *more_texts.CLEAN, *raw_texts.CLEAN)
ASIDE = {"thin-content", "near-duplicate"}


@pytest.fixture
def start(db: None) -> None:
    call_command("start_content", verbosity=0)


def found_in(written: Sequence[str], folder: Path) -> list[list[dict[str, Any]]]:
    """The findings of each text through the command, thin and doubled texts aside."""
    paths = [folder / f"{number:03}.md" for number in range(len(written))]
    for path, words in zip(paths, written, strict=True):
        path.write_text(words, "utf-8")
    out = folder / "found.json"
    call_command("lint_content", "--file", *map(str, paths), "--json", str(out), verbosity=0)
    found = [each for each in json.loads(out.read_text("utf-8")) if each["code"] not in ASIDE]
    return [[each for each in found if each["file"] == str(path)] for path in paths]


def test_it_finds_each_fault_and_no_other(start: None, tmp_path: Path) -> None:
    found = found_in([words for _code, words in FAULTS], tmp_path)
    wrong = {
        (place, code): [each["code"] for each in mine]
        for place, ((code, _words), mine) in enumerate(zip(FAULTS, found, strict=True))
        if {each["code"] for each in mine} != {code}
    }
    assert wrong == {}


def test_it_is_quiet_about_clean_texts(start: None, tmp_path: Path) -> None:
    found = found_in(CLEAN, tmp_path)
    assert [mine for mine in found if mine] == []


def test_there_are_enough_texts_and_every_rule_is_planted() -> None:
    assert len(FAULTS) >= 60
    assert len(CLEAN) >= 60
    assert {code for code, _words in FAULTS} | ASIDE == {rule.code for rule in RULES}


def test_the_starter_articles_are_clean(start: None, tmp_path: Path) -> None:
    out = tmp_path / "found.json"
    call_command("lint_content", "--json", str(out), verbosity=0)
    assert json.loads(out.read_text("utf-8")) == []
