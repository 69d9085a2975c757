"""Says what is wrong with texts: of files, or of every article that readers see."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from content.lib.decode import NotText
from content.lint.finding import Finding
from content.lint.known import Known
from content.lint.reading import from_file, from_revision
from content.lint.run import lint
from content.models import Revision
from content.pipeline.limits import MOST_BYTES, Refused


class Command(BaseCommand):
    help = "Says what is wrong with texts: of Markdown files, or of every article that readers see."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--file", nargs="+", action="extend", type=Path, metavar="PATH", help="Markdown with front matter"
        )
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the findings there")

    def handle(self, *_args: Any, **options: Any) -> None:
        known = Known()
        found = list(_of_files(options["file"], known) if options["file"] else _of_articles(known))
        if options["json"]:
            text = json.dumps([each.as_json() for each in found], ensure_ascii=False, indent=1)
            try:
                options["json"].write_text(f"{text}\n", "utf-8")
            except OSError as error:
                raise CommandError(f"{options['json']} cannot be written: {error.strerror}.") from None
        if not options["json"] or options["verbosity"] > 1:
            for each in found:
                self.stdout.write(
                    f"{each.file}:{each.line}:{each.column}: {each.level}: {each.code}: "
                    f"{each.message} {each.suggestion}"
                )
        counts = {level: sum(each.level == level for each in found) for level in ("error", "warning", "info")}
        self.stderr.write(", ".join(f"{count} {level}s" for level, count in counts.items()))


def _of_articles(known: Known) -> Iterator[Finding]:
    for revision in Revision.objects.live(known.at).select_related("article").order_by("article__slug"):
        yield from lint(from_revision(revision), known)


def _of_files(paths: list[Path], known: Known) -> Iterator[Finding]:
    for path in paths:
        try:
            with path.open("rb") as stream:
                draft = from_file(stream.read(MOST_BYTES + 1), str(path))
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        except (NotText, Refused) as refusal:
            raise CommandError(f"{path}: {refusal}") from None
        yield from lint(draft, known)
