"""Turns raw pages (plain text, Markdown, HTML) into drafts. Published articles are never touched."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from content.lib.clock import database_now
from content.pipeline.run import import_pages

REFUSED: Final = 1
USAGE: Final = 2
NO_PAGES: Final = frozenset({".json"})


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="a page, or a folder of pages"
        )
        parser.add_argument("--dry-run", action="store_true", help="read and check only; store nothing")
        parser.add_argument(
            "--json", type=Path, metavar="DIR", help="write NAME.json there for each page NAME.*"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        pages = list(_pages(options["paths"]))
        folder: Path | None = options["json"]
        if folder is not None:
            _check_names(pages)
            _make(folder)
        outcomes: Counter[str] = Counter()
        reports = import_pages(
            pages,
            year=timezone.localtime(database_now()).year,
            dry_run=options["dry_run"],
            json_folder=folder,
        )
        for report in reports:
            outcomes[report.outcome] += 1
            out = self.stderr if report.outcome == "refused" else self.stdout
            out.write(f"{report.path.name}: {report.outcome}. {report.sentence}")
        if outcomes["refused"]:
            raise CommandError(f"Refused: {outcomes['refused']} of {len(pages)} pages.", returncode=REFUSED)


def _pages(paths: list[Path]) -> Iterator[Path]:
    """The files named, and those in the folders named but for hidden files, JSON and README."""
    for path in paths:
        if path.is_dir():
            yield from sorted(
                inner
                for inner in path.iterdir()
                if inner.is_file()
                and not inner.name.startswith(".")
                and inner.suffix.lower() not in NO_PAGES
                and inner.stem.lower() != "readme"
            )
        elif path.is_file():
            yield path
        else:
            raise CommandError(f"There is no file {path}.", returncode=USAGE)


def _check_names(pages: list[Path]) -> None:
    twice = [name for name, number in Counter(page.stem for page in pages).items() if number > 1]
    if twice:
        raise CommandError(
            f"Several pages would write {twice[0]}.json. Rename them, or import them one by one.",
            returncode=USAGE,
        )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(
            f"The folder {folder} cannot be made: {error.strerror}.", returncode=USAGE
        ) from None
