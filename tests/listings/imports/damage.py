"""Spoils records of federal files, as bad hands and torn copies do; reads all pages that a load may move."""

from collections.abc import Sequence
from random import Random
from typing import Any

from django.test import Client
from django.urls import reverse

from listings.models import School

# Cells that refuse their row. An unreadable UNITID is rare: then nobody can be said to be gone.
DIRECTORY = {
    "UNITID": "abc",
    "INSTNM": "",
    "STABBR": "ZZZ",
    "ZIP": "4540",
    "LATITUDE": "north",
    "LONGITUD": "-284.19",
    "CONTROL": "9",
    "SECTOR": "many",
    "CLOSEDAT": "yesterday",
    "NEWID": "12",
}
COMPLETIONS = {"AWLEVEL": "certificate", "CTOTALT": "1e3", "MAJORNUM": "3"}
PAGES = 50


def spoil(
    rows: Sequence[dict[str, Any]], cells: dict[str, str], share: float, random: Random
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Spoils one cell in so many of the records; gives back each as it is and as it was."""
    chosen = [(row, dict(row)) for row in random.sample(rows, round(len(rows) * share))]
    for row, _before in chosen:
        column = random.choice(list(cells))
        row[column] = cells[column]
    return chosen


def seen(client: Client, *, every: int = 1) -> dict[str, bytes]:
    """The list, its first pages and each school's page, or one of `every` so many, byte for byte."""
    found = pages_of_list(client)
    for school in School.objects.known().order_by("pk")[::every]:
        answer = client.get(school.get_absolute_url())
        assert answer.status_code == 200, school
        found[school.get_absolute_url()] = answer.content
    return found


def pages_of_list(client: Client) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for page in range(1, PAGES + 1):
        address = reverse("school-list") + (f"?page={page}" if page > 1 else "")
        answer = client.get(address)
        if answer.status_code == 404:
            break
        assert answer.status_code == 200, address
        found[address] = answer.content
    return found
