"""Ranks somebody else's corpus as the job would rank our articles, to be scored against editors' links."""

import gzip
import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.lib.ranking import POOL, Corpus, Page
from content.lib.similarity import count_terms, sketch


class Command(BaseCommand):
    help = (
        "Rank every document of CORPUS (JSON lines of id, title, summary, text, topics, date, gold; perhaps"
        " gzipped) with the scoring of related articles, and write one line a document to RUN."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("corpus", type=Path, metavar="CORPUS")
        parser.add_argument("--out", type=Path, required=True, metavar="RUN")
        parser.add_argument("--limit", type=int, default=POOL, help="documents a line (default: %(default)s)")

    def handle(self, *, corpus: Path, out: Path, limit: int, **options: Any) -> None:
        if limit < 1:
            raise CommandError("--limit must be at least 1.", returncode=2)
        ranked = Corpus(_pages(corpus))
        if not len(ranked):
            raise CommandError(f"{corpus} holds no document.")
        if len(ranked.row_of) < len(ranked):
            raise CommandError(f"{corpus} holds an id twice. Every document needs an id of its own.")
        try:
            with out.open("w", encoding="utf-8") as run:
                for ranking in ranked.rank(limit=limit):
                    related = [ranked.keys[target] for target in ranking.targets]
                    print(json.dumps({"id": ranked.keys[ranking.row], "related": related}), file=run)
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{len(ranked)} documents ranked, up to {limit} each, in {out}.")


def _pages(path: Path) -> Iterator[Page]:
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8") as lines
        ):
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _page(line, f"{path}, line {number}")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise CommandError(
            f"{path} cannot be read: {error}. Give a file of JSON lines, or its .gz."
        ) from error


def _page(line: str, place: str) -> Page:
    try:
        row = json.loads(line)
        title, summary, text = row["title"] or "", row.get("summary") or "", row.get("text") or ""
        links, labels, day = row.get("gold") or [], row.get("topics") or [], row.get("date")
        if not all(isinstance(name, str) for name in (row["id"], *links, *labels)):
            raise TypeError("ids and topics must be text")
        return Page(
            key=row["id"],
            terms=count_terms(title, summary, text),
            links=links,
            labels=labels,
            day=date.fromisoformat(day[:10]).toordinal() if day else None,
            sketch=sketch(text),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CommandError(
            f"{place} is no document: {error!r}. It needs id, title and text; topics and gold are lists of"
            " text, date is like 2026-01-31 or empty."
        ) from error
