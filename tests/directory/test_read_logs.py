"""Log lines: one a record, as text or JSON, which no stored name can forge."""

import json
import logging
import re
import sys

import pytest

from directory.deploy.variables import BASE
from directory.logs import JsonLines, TextLines
from listings.submissions import claims


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


KEY = "Zq3canary-Kx_7abcdefghijklmnopqr"


@pytest.mark.parametrize("lines", [TextLines(), JsonLines()])
@pytest.mark.parametrize(
    "door",
    ["/for-schools/confirm/", "/for-schools/my/", "/for-schools/reminders/", "/preview/", "/admin/once/"],
)
def test_a31_the_key_of_a_mailed_link_is_in_no_line(lines, door):
    said = lines.format(record("Not Found: %s", f"{door}{KEY}/?next={door}{KEY}", path=f"{door}{KEY}/"))
    assert KEY not in said
    assert f"{door}(key)" in said


@pytest.mark.parametrize("lines", [TextLines(), JsonLines()])
def test_a31_nor_is_one_in_what_an_error_repeats_or_a_mail_address(lines):
    try:
        raise ValueError(f"Key (address)=(Ann.o'Neil+x@mail.school.edu) exists; /for-schools/my/{KEY}/")
    except ValueError:
        failed = logging.LogRecord("tasks", logging.ERROR, "x.py", 1, "job.failed", (), sys.exc_info())
    said = lines.format(failed)
    assert KEY not in said
    assert "school.edu" not in said
    assert "Neil" not in said


def test_what_opens_nothing_is_named_whole():
    paths = "/for-schools/my/sent/SB-7K3F9QWX/ /schools/a-very-long-name-of-a-school-college/ /preview/"
    assert paths in TextLines().format(record(paths))


def test_a31_the_front_server_writes_no_key_either():
    """The same pattern, read by Python: nginx spells a named group without the P."""
    written = (BASE / "directory/deploy/nginx.conf").read_text()
    pattern = re.search(r'"~(\^.+)" "\$door\(key\)";', written)[1].replace("(?<", "(?P<")
    for door in ("/for-schools/confirm/", "/for-schools/my/", "/for-schools/reminders/", "/preview/"):
        assert re.match(pattern, f"{door}{KEY}/?a=1")["door"] == door
    for path in ("/for-schools/my/sent/SB-7K3F9QWX/", f"/schools/{KEY.lower()}/"):
        assert not re.match(pattern, path)
    log_format = re.search(r"log_format superbill '(.+)';", written)[1]
    assert "$request " not in log_format
    assert "$http_referer" not in log_format
    assert written.count("access_log /var/log/nginx/superbill.log superbill;") == written.count(
        "server_name "
    )


def test_a38_a39_the_front_server_bounds_what_it_takes_and_how_slowly():
    written = (BASE / "directory/deploy/nginx.conf").read_text()
    for bound in (
        "client_max_body_size 3m;",
        "large_client_header_buffers 4 8k;",
        "client_header_timeout 10s;",
        "client_body_timeout 9s;",
        "keepalive_timeout 20s;",
        "proxy_request_buffering on;",
        "limit_conn superbill_connections 30;",
    ):
        assert bound in written
    evidence = written.partition("location /for-schools/my/ {")[2].partition("}")[0]
    allowed = int(re.search(r"client_max_body_size (\d+)m;", evidence)[1]) * 1_000_000
    assert allowed > claims.MOST_BYTES
