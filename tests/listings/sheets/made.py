"""Spreadsheets as schools make them, and a browser that uploads them."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from listings.models import School, Sheet

HEADER = ("Program", "CIP code", "Award", "Tuition ($)", "Tuition year", "Length (months)")
KEY = ("Coding", "51.0713", "Certificate of 12 weeks to 1 year")


def csv_file(*rows: Sequence[Any], header: Sequence[str] = HEADER, delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    return out.getvalue().encode()


def xlsx_file(*rows: Iterable[Any], header: Sequence[str] = HEADER) -> bytes:
    """With each value of the type that it is given in; a tuple is a value with its number format."""
    book = openpyxl.Workbook()
    for cells in (header, *rows):
        book.active.append([value[0] if isinstance(value, tuple) else value for value in cells])
        for at, value in enumerate(cells, 1):
            if isinstance(value, tuple):
                book.active.cell(book.active.max_row, at).number_format = value[1]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def address(school: School) -> str:
    return reverse("school-upload", args=[school.slug])


def upload(client: Client, school: School, data: bytes, name: str = "programs.csv") -> Any:
    """The page after an upload: the lines, or why the file is refused."""
    given = {"do": "upload", "file": SimpleUploadedFile(name, data)}
    return client.post(address(school), given, follow=True)


def press(client: Client, school: School, do: str = "send", **typed: str) -> Any:
    """A button of the page of lines, with what was typed into its inputs."""
    version = Sheet.objects.filter(school=school).values_list("version", flat=True).first() or 0
    return client.post(address(school), {"do": do, "version": version} | typed)


def box(school: School, line: int, column: str) -> str:
    """The name of the input of a cell."""
    return f"r{Sheet.objects.get(school=school).rows.get(line=line).pk}-{column}"
