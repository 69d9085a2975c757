"""Uploads through the admin, and zip archives as people and attackers make them."""

import io
import zipfile
from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from content.models import BatchPage, ImportBatch
from tasks.models import JobRun
from tasks.runs import execute

ADD = "admin:content_importbatch_add"


def html(title: str = "How to Become a Coder", words: str = "Coders read charts and write codes.") -> bytes:
    """A small page with furniture around its article."""
    text = f"""<html><head><title>{title}</title></head><body>
<nav><a href="/">Home</a> <a href="/x">All</a></nav>
<main><h1>{title}</h1><p>{words}</p><h2>Training</h2><p>Programs take nine months.</p>
<p>Share this article on Facebook</p><p>Exams follow.</p></main>
<footer>Copyright 2014 Coders Today</footer></body></html>"""
    return text.encode()


def zipped(files: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return into.getvalue()


def upload(client: Client, *files: tuple[str, bytes], **sent: str) -> Any:
    pages = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(reverse(ADD), {"pages": pages, **sent})


def newest() -> ImportBatch:
    return ImportBatch.objects.latest("pk")


def run() -> JobRun:
    """The job, as the timetable starts it."""
    done = execute(JobRun.objects.ask("import_pages").pk)
    assert done is not None
    return done


def states(batch: ImportBatch | None = None) -> list[str]:
    return list((batch or newest()).pages.values_list("state", flat=True))


def page_of(row: BatchPage) -> str:
    return reverse("admin:content_batchpage_change", args=[row.pk])


def mended(row: BatchPage, **changes: Any) -> dict[str, Any]:
    """What the form of a page sends when it was opened now."""
    kept = {name: getattr(row, name) for name in ("title", "lead", "body", "version")}
    return kept | {"do": "save"} | changes
