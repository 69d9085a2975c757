"""Shows about 150 invented schools, each marked as a sample; the first real load takes them away."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from listings import samples


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--statements",
            type=int,
            metavar="N",
            help="no invented school, but marked sample statements on N of the loaded programs",
        )
        what.add_argument("--remove", action="store_true", help="take all samples away")

    def handle(self, *, statements: int | None, remove: bool, **options: Any) -> None:
        if statements is not None and statements < 1:
            raise CommandError("Give a number of programs, 1 or more.", returncode=2)
        try:
            self.stdout.write(self.done(statements, remove=remove))
        except samples.SamplesRefusedError as refusal:
            raise CommandError(str(refusal), returncode=1) from None

    def done(self, statements: int | None, *, remove: bool) -> str:
        if remove:
            return f"{samples.remove()} sample schools removed, and every sample statement."
        if statements is not None:
            return f"Sample statements on {samples.add_statements(statements)} programs, marked as samples."
        added = samples.add_schools()
        return f"{added} sample schools, marked on every page." if added else "The sample schools are there."
