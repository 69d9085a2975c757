"""What the operator types and reads."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from listings.management.commands.import_schools import Bar, Command
from listings.models import DataVersion
from tests.listings.imports.federal import Year, program, school

UNITIDS = range(100_001, 100_004)


@pytest.fixture
def year(tmp_path: Path) -> Year:
    return Year(tmp_path, 2023, map(school, UNITIDS), map(program, UNITIDS))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "the following arguments are required: --directory, --completions"),
        (["--directory", "a"], "the following arguments are required: --completions"),
        (["--year", "23"], "'23' is no year such as 2023"),
        (["--accept-loss", "101"], "'101' is no whole number of percent from 0 to 100"),
        (["--nonsense"], "import_schools"),
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["manage.py", "import_schools", *arguments])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_a_file_that_is_not_there_is_wrong_usage() -> None:
    with pytest.raises(CommandError, match=r"There is no file none\.csv") as refused:
        call_command("import_schools", "--directory", "none.csv", "--completions", "c.csv")
    assert refused.value.returncode == 2


@pytest.mark.django_db
def test_a_refusal_ends_with_1_and_a_sentence(year: Year) -> None:
    with pytest.raises(CommandError) as refused:
        call_command(
            "import_schools", "--directory", str(year.completions), "--completions", str(year.directory)
        )
    assert refused.value.returncode == 1
    assert str(refused.value) == (
        "Refused. c2023_a.csv is a completions file, but was given as a directory file. Swap the files."
        " Nothing was changed."
    )


@pytest.mark.django_db
def test_a_load_says_what_it_did(year: Year) -> None:
    out, errors = io.StringIO(), io.StringIO()
    call_command(
        "import_schools",
        "--directory", str(year.directory), "--completions", str(year.completions),
        stdout=out, stderr=errors,
    )  # fmt: skip
    assert out.getvalue().splitlines() == [
        "Completions 2023: 36 awards.",
        "Schools: 3 created, 0 updated, 0 unchanged. Now 3 listed, 0 closed, 0 merged,"
        " 0 not in the directory any more, 0 without awards in this field any more.",
        "Programs: 3 created, 0 updated, 0 unchanged, 0 not reported any more; 3 listed.",
        "Version 1 (2023) is what readers see now.",
    ]
    assert errors.getvalue() == ""


@pytest.mark.django_db
def test_refused_rows_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    schools = [school(unitid, WEBADDR="javascript:1") for unitid in range(100_001, 100_015)]
    year = Year(tmp_path, 2023, schools, [program(row["UNITID"]) for row in schools])
    errors = io.StringIO()
    call_command(
        "import_schools",
        "--directory", str(year.directory), "--completions", str(year.completions),
        stdout=io.StringIO(), stderr=errors,
    )  # fmt: skip
    lines = errors.getvalue().splitlines()
    assert lines[0].startswith("hd2023.csv, line 2: WEBADDR 'javascript:1': not one web address")
    assert lines[-1] == "... and 4 more; --report FILE names them."
    assert len(lines) == 11


@pytest.mark.django_db
def test_a_report_that_cannot_be_written_is_said(tmp_path: Path, year: Year) -> None:
    with pytest.raises(CommandError, match=r"The report .* cannot be written: Is a directory"):
        call_command(
            "import_schools",
            "--directory", str(year.directory), "--completions", str(year.completions),
            "--report", str(tmp_path),
        )  # fmt: skip


@pytest.mark.django_db
def test_the_version_keeps_its_report(year: Year) -> None:
    report = year.load()
    assert DataVersion.objects.get().report == report
    assert json.dumps(report)


def test_the_bar_shows_on_a_terminal_alone() -> None:
    class Terminal(io.StringIO):
        def write(self, text: str, ending: str = "") -> int:
            return super().write(text + ending)

        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    bar = Bar(terminal)
    for done in (0, 1, 1, 2):
        bar("hd2023.csv", done, 2)
    bar.clear()
    assert terminal.getvalue().count("\r") == 5
    assert f"[{'#' * 15}{'.' * 15}] hd2023.csv" in terminal.getvalue()
    log = io.StringIO()
    Bar(log)("hd2023.csv", 1, 2)
    assert log.getvalue() == ""
