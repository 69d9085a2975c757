"""F25, F26: sixty files poisoned in a way each: a sentence with its line, or sound rows; never an error."""

import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from content.models import Credential, Redirect
from tests.build import make_credential
from tests.content.workflow.people import logged_in, make_editor

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HEAD = "slug,name,summary"
GOOD = "cpc,Coder,Words"


def file(*rows: str, head: str = HEAD, line: str = "\n", encoding: str = "utf-8") -> bytes:
    return (line.join([head, *rows]) + line).encode(encoding, "surrogatepass")


# What is sound all the same, and shown as it will be.
SOUND = [
    file(GOOD),
    file(GOOD, line="\r\n"),
    file(GOOD, encoding="utf-8-sig"),
    file(GOOD, encoding="utf-16"),
    file('cpc,"Coder, certified","two\nlines"'),
    file('"cpc","Coder ""quoted""",'),
    file("cpc,'=HYPERLINK(1),'+1"),
    file("cpc,Jos\u00e9 \u00dc\u00f1\u00edcode \U0001f4a5,\u4e2d\u6587"),
    file("cpc,Coder,<script>alert(1)</script>"),
    file("cpc,{{7*7}},{% debug %}"),
    file("cpc,%s%n,{0.__class__}"),
    file(f"cpc,Coder,{'a' * 4_900}"),
    file(GOOD, head="name,slug,summary").replace(b"cpc,Coder", b"Coder,cpc"),
    file(GOOD, ""),
    file('cpc,Co"der,Wo"rds"x'),
]
# What is refused, with words that say why.
REFUSED = [
    (b"", "empty"),
    (b"\n\n\n", "rows"),
    (b"\xef\xbb\xbf", "rows|empty"),
    (file(), "no rows"),
    (file(GOOD, head="slug,slug,summary"), "Two columns"),
    (file(HEAD), "header again"),
    (file(GOOD, HEAD), "header again"),
    (file("cpc,Coder"), "Line 2 has 2 cells"),
    (file("cpc,Coder,Words,more"), "Line 2 has 4 cells"),
    (file(GOOD, "x,y"), "Line 3 has 2 cells"),
    (file('cpc,"Coder,Words'), "sound csv|cells"),
    (file(GOOD, "  "), "Line 3 has 1 cell"),
    (file("cpc,Co\0der,Words"), "NUL"),
    (b"\0" * 1000, "NUL|no rows|not"),
    (file(GOOD).replace(b"Coder", b"Jos\xe9"), "UTF-8"),
    (file(GOOD).replace(b"Coder", b"\xc3\x28"), "UTF-8"),
    (file(GOOD).replace(b"Coder", b"\xed\xa0\x80"), "UTF-8"),
    (file(GOOD).replace(b"Coder", b"\xff\xff"), "UTF-8"),
    (file(GOOD, encoding="utf-16-le"), "NUL|UTF-8|not"),
    (file(GOOD, encoding="utf-32"), None),
    (b"\xff\xfe" + b"s\0l", None),
    (file(f"cpc,Coder,{'a' * 5_001}"), "5,000 signs"),
    (file(f"cpc,Coder,{'a' * 1_900_000}"), "signs|sound"),
    (b"a" * 10_000_000, "over 2 MB"),
    (file(*[GOOD] * 501), "over 500 rows"),
    (",".join(f"c{n}" for n in range(5_000)).encode() + b"\nx\n", "columns"),
    (b"," * 100_000 + b"\n", None),
    (b"\n" * 1_000_000, None),
    (b'"' * 100_001, None),
    (b"PK\x03\x04", "damaged|sound"),
    (b"PK\x03\x04" + b"\0" * 500, "damaged|sound"),
    (b"\xd0\xcf\x11\xe0" + b"\0" * 500, "old Excel form"),
    (b"%PDF-1.7\n1 0 obj", None),
    (b"GIF89a\x01\x00\x01\x00", None),
    (b"<html><body><table><tr><td>slug</td></tr></table>", None),
    (b'{"slug": "cpc"}\n', None),
    (file("cpc;Coder;Words", head="slug;name;summary"), None),
    (file("cpc\tCoder\tWords", head="slug\tname\tsummary"), None),
    (file("Coder", head="name"), "headers|header"),
    (file("cpc,Coder,high", head="slug,name,level"), "valid choice"),
    (file("cpc,Coder,soon", head="slug,name,as_of"), "whole number"),
    (file("cpc,Coder,99999999999999999999", head="slug,name,as_of"), None),
    (file(f"cpc,{'n' * 400},Words"), "characters|at most"),
    (file("x y z,Coder,Words"), None),
    (file("../../etc/passwd,Coder,Words"), None),
]


@pytest.fixture
def publisher(tmp_path, monkeypatch) -> Client:
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    make_credential("CPC", name="Before")
    return logged_in(make_editor("Publisher"))


def shown(client: Client, data: bytes, model: str = "content_credential") -> str:
    sent = {"import_file": SimpleUploadedFile("rows.csv", data), "format": "0", "resource": "0"}
    answer = client.post(reverse(f"admin:{model}_import"), sent)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "Traceback" not in html
    assert "<script>alert" not in html
    assert list(Credential.objects.values_list("slug", "name")) == [("cpc", "Before")]
    return html


def test_there_are_sixty_of_them():
    assert len(SOUND) + len(REFUSED) == 60


@pytest.mark.parametrize("data", SOUND, ids=range(len(SOUND)))
def test_f25_sound_rows_are_shown_before_anything_changes(publisher, data):
    assert "Confirm import" in shown(publisher, data)


@pytest.mark.parametrize(("data", "said"), REFUSED, ids=range(len(REFUSED)))
def test_f25_f26_poison_is_refused_with_a_sentence(publisher, data, said):
    html = shown(publisher, data)
    assert "Confirm import" not in html
    errors = " ".join(
        re.findall(r'class="(?:errorlist|import-error|errors?|errornote)[^>]*>(.*?)</', html, re.S)
    )
    assert said is None or re.search(said, html), re.sub(r"<[^>]+>|\s+", " ", html)[-900:]
    assert errors or "error" in html.lower()


@pytest.mark.parametrize("data", [each for each, _said in REFUSED], ids=range(len(REFUSED)))
def test_f25_no_other_kind_of_file_takes_it_either(publisher, data):
    for model in ("content_redirect", "listings_sponsorship", "listings_statement"):
        assert "Confirm import" not in shown(publisher, data, model)
    assert not Redirect.objects.exists()
