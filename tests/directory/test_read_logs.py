"""Log lines: one a record, as text or JSON, which no stored name can forge."""

import json
import logging
import sys

import pytest

from directory.logs import JsonLines, TextLines


def record(message="job.ended", *arguments, **extra):
    made = logging.LogRecord("tasks.runs", logging.INFO, "runs.py", 1, message, arguments, None)
    made.__dict__.update(extra)
    return made


def test_a_text_line_names_the_event_and_its_facts():
    line = TextLines().format(record(job="purge", run=7))
    assert line.endswith("INFO tasks.runs job.ended job=purge run=7")


def test_a_json_line_is_one_object():
    line = JsonLines().format(record(job="purge", counts={"runs": 3}))
    entry = json.loads(line)
    assert (entry["level"], entry["logger"], entry["message"]) == ("INFO", "tasks.runs", "job.ended")
    assert (entry["job"], entry["counts"]) == ("purge", "{'runs': 3}")
    assert entry["time"].endswith("+00:00")


@pytest.mark.parametrize("lines", [TextLines(), JsonLines()])
@pytest.mark.parametrize("forged", ["a\nINFO b", "a\r\nb", "a\x1b[31mb", "a\u2028b", "a\x00b"])
def test_a_stored_name_can_forge_no_line(lines, forged):
    line = lines.format(record("school %s", forged, name_of_school=forged))
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line
    assert "\x00" not in line


def test_a_long_value_is_cut():
    assert len(TextLines().format(record(body="x" * 10_000))) < 700


@pytest.mark.parametrize("lines", [TextLines(), JsonLines()])
def test_an_error_keeps_its_traceback(lines):
    try:
        raise ValueError("the disk is full")
    except ValueError:
        failed = logging.LogRecord("tasks", logging.ERROR, "x.py", 1, "job.failed", (), sys.exc_info())
    line = lines.format(failed)
    assert "ValueError: the disk is full" in line
    assert "Traceback" in line


@pytest.mark.parametrize("lines", [TextLines(), JsonLines()])
def test_a63_what_an_error_repeats_can_forge_no_line(lines):
    try:
        raise ValueError("odd\n2026-01-01 00:00:00Z INFO axes admin logged in\x1b[31m" + "x" * 10_000)
    except ValueError:
        failed = logging.LogRecord("tasks", logging.ERROR, "x.py", 1, "job.failed", (), sys.exc_info())
    written = lines.format(failed).split("\n")
    assert "admin logged in" in written[-1]
    assert not any(line.startswith("2026-01-01") for line in written)
    assert "\x1b" not in written[-1]
    assert len(written[-1]) < 2500
