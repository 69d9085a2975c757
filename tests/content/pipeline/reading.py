"""Reads a page as the command does, without a database, and says what it holds in few words."""

from pathlib import Path
from typing import Any

from content.pipeline.run import structure

YEAR = 2026


def page_text(name: str) -> str:
    """A page of the folder beside this file; all of them are invented, bodies and polls included."""
    return (Path(__file__).parent / "pages" / name).read_text(encoding="utf-8")


def read_page(page: str | bytes, name: str = "page.txt") -> dict[str, Any]:
    """The page as JSON; a text is written as UTF-8."""
    data = page.encode() if isinstance(page, str) else page
    return structure(data, name, year=YEAR).as_json()


def headings(page: dict[str, Any]) -> list[str | None]:
    return [section["heading"] for section in page["sections"]]


def blocks(page: dict[str, Any], section: int = 0) -> list[dict[str, Any]]:
    return page["sections"][section]["blocks"]


def words(page: dict[str, Any]) -> str:
    """Everything that readers would see, on one line."""
    return " ".join([page["lead"] or "", *_texts(page["sections"])])


def _texts(node: object) -> list[str]:
    if isinstance(node, str):
        return [node]
    if isinstance(node, list):
        return [text for inner in node for text in _texts(inner)]
    if isinstance(node, dict):
        names = ("heading", "text", "items", "rows", "header", "blocks", "caption")
        return [text for name in names for text in _texts(node.get(name) or [])]
    return []


def facts(page: dict[str, Any], box: int = 0) -> dict[str, dict[str, Any]]:
    return {fact["label"]: fact for fact in page["fact_boxes"][box]["facts"]}


def amount(fact: dict[str, Any]) -> tuple[Any, ...]:
    """Kind, value, lowest, highest, unit, per."""
    return tuple(fact[name] for name in ("kind", "value", "value_min", "value_max", "unit", "per"))


def years(fact: dict[str, Any]) -> tuple[int, int] | None:
    period = fact["period"]
    return (period["from"], period["to"]) if period else None


def sources(page: dict[str, Any], box: int = 0) -> list[tuple[Any, ...]]:
    return [(each["marker"], each["name"], each["url"]) for each in page["fact_boxes"][box]["sources"]]


def organisations(page: dict[str, Any]) -> set[tuple[Any, ...]]:
    return {(each["name"], each["acronym"], each["site"]) for each in page["organisations"]}


def credentials(page: dict[str, Any]) -> set[tuple[Any, ...]]:
    return {(each["code"], each["name"], each["body"]) for each in page["credentials"]}


def dropped(page: dict[str, Any]) -> set[tuple[str, str]]:
    return {(each["kind"], each["text"]) for each in page["dropped"]}


def warnings(page: dict[str, Any]) -> set[tuple[str, str | None]]:
    return {(each["code"], each.get("about")) for each in page["warnings"]}
