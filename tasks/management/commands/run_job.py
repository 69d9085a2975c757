"""Runs one job now, in this process."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tasks.models import JobRun
from tasks.runs import execute
from tasks.schedule import JOBS


class Command(BaseCommand):
    help = "Runs a job now, in this process, and writes its run row; --list names the jobs and their times."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("job", nargs="?", metavar="NAME", choices=sorted(JOBS))
        which.add_argument("--list", action="store_true")

    def handle(self, *, job: str | None, **options: Any) -> None:
        if job is None:
            for each in JOBS.values():
                self.stdout.write(f"{each.name:<30} {each.when():<20} {each.what}")
            return
        run = execute(JobRun.objects.ask(job).pk)
        if run is None:
            raise CommandError(
                f"{job} is running elsewhere; admin, Job runs, says since when. Try again later."
            )
        if run.state in (JobRun.State.RUNNING, JobRun.State.PARKED):
            raise CommandError(f"{job} failed: {run.error.strip().rpartition('\n')[2]}")
        counts = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in run.counts.items())
        self.stdout.write(f"{job}: {run.outcome}{counts and '; ' + counts}")
