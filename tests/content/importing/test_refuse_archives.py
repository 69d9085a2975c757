"""Archives as attackers make them: nothing is unpacked to disk, no name is a path, all is told."""

import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from django.test import Client

from content.lib.archives import label
from content.models import BatchPage
from content.pipeline.limits import MOST_BYTES
from tests.content.importing.uploading import html, newest, run, states, upload, zipped
from tests.content.workflow.people import logged_in, make_editor

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def author() -> Client:
    return logged_in(make_editor("Author"))


def refused(client: Client, data: bytes, name: str = "pages.zip") -> str:
    """What the form says; nothing was stored."""
    answer = upload(client, (name, data))
    assert answer.status_code == 200
    assert BatchPage.objects.count() == 0
    return answer.content.decode().split('class="errorlist"')[1].split("</ul>")[0]


def test_a_bomb_is_not_unpacked(author):
    tracemalloc.start()
    assert "packed more tightly" in refused(author, zipped([("bomb.html", b"a" * 30_000_000)]))
    tracemalloc.clear_traces()
    many = zipped([(f"{number}.html", b"ab" * 1_000_000) for number in range(45)])
    tracemalloc.reset_peak()
    assert "80 MB are taken" in refused(author, many)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000


def test_too_many_entries_are_counted_before_they_are_read(author):
    assert "over 5,000 files" in refused(author, zipped((f"{number}.html", b"x") for number in range(10_001)))


def test_more_pages_than_an_upload_may_have(author):
    assert "1,000 pages" in refused(author, zipped((f"{number}.html", b"x") for number in range(1_001)))


def test_names_lead_nowhere(author, tmp_path):
    names = [
        "../../../../tmp/evil.html",
        "/etc/absolute.html",
        "C:\\Windows\\drive.html",
        "..\\..\\back.html",
        "a/../b/./c.html",
        "con\u202egnp.html",
        "zero\u200bwidth.html",
        "new\nline.html",
        "e\u0301accent.html",
        "\u202e",
        "../",
        "x" * 300 + ".html",
    ]
    upload(author, ("pages.zip", zipped((name, html(f"Page {at}")) for at, name in enumerate(names))))
    run()
    shown = list(newest().pages.values_list("name", flat=True))
    assert shown == [
        "evil.html",
        "absolute.html",
        "drive.html",
        "back.html",
        "c.html",
        "congnp.html",
        "zerowidth.html",
        "newline.html",
        "\u00e9accent.html",
        "page 10",
        f"{'x' * 94}\u2026.html",
    ]
    assert set(states()) == {"read"}
    assert not Path("/tmp/evil.html").exists()
    assert all("/" not in name and "\\" not in name for name in shown)


@pytest.mark.parametrize("name", ["..", ".", "/", "\\", "\0", "", "a/..", "../"])
def test_a_label_is_never_a_way(name):
    assert label(name) in ("", ".", "..")
    assert "/" not in label(name)


def test_links_locked_and_nested_members_are_told_one_by_one(author):
    link = zipfile.ZipInfo("link.html")
    link.create_system = 3
    link.external_attr = 0o120777 << 16
    inner = zipped([("a.html", b"x")])
    files = [(link, b"/etc/passwd"), ("locked.html", b"secret"), ("inner.zip", inner), ("fake.html", inner)]
    data = zipped([*files, ("good.html", html())])
    # The flag that says a member is encrypted, in its own header and in the directory.
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = [here for here in range(len(data)) if data.startswith(sign, here)][1] + offset
        data = data[:at] + b"\x01" + data[at + 1 :]
    upload(author, ("pages.zip", data))
    run()
    said = dict(newest().pages.values_list("name", "sentence"))
    assert states() == ["refused", "refused", "refused", "refused", "read"]
    assert "link to another file" in said["link.html"]
    assert "password" in said["locked.html"]
    assert "archive inside the archive" in said["inner.zip"]
    assert "ZIP archive" in said["fake.html"]


def test_twins_of_a_name_are_both_pages(author):
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped([("same.html", html("One")), ("same.html", html("Two"))])
    upload(author, ("pages.zip", data))
    run()
    assert list(newest().pages.values_list("name", "title")) == [("same.html", "One"), ("same.html", "Two")]


def test_a_member_that_lies_about_its_size_is_told_and_no_more_is_read(author):
    data = bytearray(zipped([("liar.html", b"a" * 3_000), ("good.html", html())]))
    at = bytes(data).index(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 10)
    upload(author, ("pages.zip", bytes(data)))
    run()
    assert states() == ["refused", "read"]


def test_a_member_past_the_size_of_a_page_is_told(author):
    words = b"".join(b"%d word " % number for number in range(200_000))
    assert len(words) > MOST_BYTES
    upload(author, ("pages.zip", zipped([("long.html", words), ("good.html", html())])))
    run()
    assert states() == ["refused", "read"]
    assert "over 2,000,000 bytes" in newest().pages.all()[0].sentence


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"PK\x03\x04" + b"x" * 500,
        zipped([("a.html", html())])[:-30],
        zipped([("a.html", html())])[:-10],
        zipped([("a.html", html())]).replace(b"PK\x01\x02", b"PK\x09\x09"),
        b"PK\x03\x04" + b"PK\x06\x07" + b"\0" * 16 + b"PK\x05\x06" + b"\0" * 18,
        b"PK\x03\x04" + b"PK\x05\x06" + b"\xff" * 16 + b"\0\0",
    ],
)
def test_a_damaged_archive_is_refused_with_a_sentence(author, data):
    assert "pages.zip: The archive" in refused(author, data)


def test_an_upload_past_its_bytes_is_refused(author):
    assert "may have 24 MB" in refused(author, b"a" * 24_000_001, "huge.html")
