"""Measures the pages against a floor, on an invented directory of any size in a database of its own."""

import json
import time
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from directory.bench import counting, filling, loads, running
from listings.models import School


class Command(BaseCommand):
    help = (
        "run measures and says which goals hold; fill, count and load are its steps, each in a new database."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        run = steps.add_parser("run", help="the whole benchmark; exit code 1 where a must-hold is missed")
        run.add_argument("--db", choices=("postgres", "sqlite"), required=True)
        run.add_argument("--programs", type=_sizes, required=True, help="numbers with commas between them")
        run.add_argument("--rounds", type=_number, default=5)
        run.add_argument("--requests", type=_number, default=10_000, help="after which memory is looked at")
        run.add_argument("--out", type=Path, required=True)
        for name in ("fill", "load"):
            steps.add_parser(name).add_argument("--programs", type=_number, required=True)
        steps.add_parser("count").add_argument("--dataset", type=json.loads, required=True)

    def handle(self, *args: Any, step: str, **options: Any) -> None:
        if step == "run":
            self._run(options)
        elif step == "count":
            self.stdout.write(json.dumps(counting.queries(options["dataset"])))
        else:
            self._demand_empty()
            done = self._fill if step == "fill" else loads.measure
            self.stdout.write(json.dumps(done(options["programs"])))

    def _run(self, options: dict[str, Any]) -> None:
        order = running.Order(options["db"], options["programs"], options["rounds"], options["requests"])
        report = running.run(order, say=self.stderr.write)
        options["out"].write_text(json.dumps(report, indent=2) + "\n", "utf-8")
        for goal in report["goals"]:
            verdict = {True: "holds", False: "MISSED", None: "no verdict"}[goal["pass"]]
            self.stdout.write(
                f"{verdict:<10} {goal['id']:>2} {goal['said']}: {goal['value']} (limit {goal['limit']})"
            )
        if any(goal["pass"] is False for goal in report["goals"]):
            raise CommandError("A must-hold was missed.")

    def _fill(self, programs: int) -> dict[str, Any]:
        began = time.monotonic()
        checksum = filling.fill(programs)
        filling.settle()
        return filling.described(programs) | {
            "checksum": checksum,
            "seconds": round(time.monotonic() - began, 1),
        }

    def _demand_empty(self) -> None:
        if settings.PRODUCTION or School.objects.exists():
            raise CommandError("This step fills a new database with invented schools; this one has its own.")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)


def _sizes(text: str) -> list[int]:
    return [_number(part) for part in text.split(",")]
