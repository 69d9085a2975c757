"""What the house forbids in a file: functions from its text to findings, so that each can be tried."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePath

from directory.deploy.variables import BASE

LONGEST = {"module": 350, "function": 50, "template": 100, "stylesheet": 200}
FLOORS = ("content", "listings", "tasks", "directory")
ENQUEUES = {"delay", "apply_async", "delay_on_commit"}
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals", "django.test.signals")
DRAWERS = {"utils.py", "helpers.py", "signals.py", "misc.py", "common.py", "services.py"}
INLINE = re.compile(
    r"\sstyle=|<style|\son[a-z]+=[\"']|javascript:|<script(?![^>]*(?:src=|application/ld\+json))"
)
# Put together here, so that this file does not find itself.
UNFINISHED = re.compile(
    r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "lorem" + " ipsum", "coming" + " soon")) + r")\b", re.I
)
LATER = {"countdown", "eta"}


def files(*endings: str) -> list[PurePath]:
    """The project's own files, as paths from its top."""
    folders = (".ci", *FLOORS, "tests")
    found = [path for path in BASE.iterdir() if path.is_file()]
    found += [path for folder in folders for path in (BASE / folder).rglob("*") if path.is_file()]
    ours = [path.relative_to(BASE) for path in found if "__pycache__" not in path.parts]
    return sorted(path for path in ours if not endings or path.suffix in endings)


def read(path: PurePath) -> str:
    return (BASE / path).read_text(encoding="utf-8")


def every(findings, *endings: str) -> list[str]:
    """What a rule finds in all files with these endings, one line a finding."""
    return [f"{path}: {found}" for path in files(*endings) for found in findings(path, read(path))]


def too_long(path: PurePath, text: str) -> Iterator[str]:
    kind = {".py": "module", ".html": "template", ".css": "stylesheet"}[path.suffix]
    lines = text.count("\n")
    if path.parts[0] != "tests" and "migrations" not in path.parts and lines > LONGEST[kind]:
        yield f"{lines} lines, a {kind} has at most {LONGEST[kind]}"


def long_functions(path: PurePath, text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and "migrations" not in path.parts:
            lines = node.end_lineno - node.lineno + 1
            if lines > LONGEST["function"]:
                yield f"{node.name} has {lines} lines"


def forbidden_calls(path: PurePath, text: str) -> Iterator[str]:
    """Signals anywhere; sending a task below floor 3; a task sent for later anywhere."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(SIGNALS):
            yield f"line {node.lineno}: a signal, {node.module}"
        elif (
            isinstance(node, ast.Attribute)
            and node.attr in ENQUEUES
            and path.parts[0] not in ("tasks", "tests")
        ):
            yield f"line {node.lineno}: {node.attr}; write a row, a job claims it"
        elif isinstance(node, ast.Call):
            for keyword in node.keywords:
                if keyword.arg in LATER and path.parts[0] == "tasks":
                    yield f"line {node.lineno}: {keyword.arg}; dates live in rows"


def swallowed_errors(path: PurePath, text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ExceptHandler):
            broad = node.type is None or ast.unparse(node.type).endswith("Exception")
            if broad and all(isinstance(line, ast.Pass | ast.Continue) for line in node.body):
                yield f"line {node.lineno}: any error is passed over in silence"


def weak_tests(path: PurePath, text: str) -> Iterator[str]:
    """A test that is skipped, or that cannot fail by its own words."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            words = ast.unparse(node)
            if not re.search(r"\bassert|raises|expect", words):
                yield f"{node.name} asserts nothing"
            if re.search(r"pytest\.(mark\.)?(skip|xfail)|importorskip", words):
                yield f"{node.name} is skipped"


def inline_style_or_script(path: PurePath, text: str) -> Iterator[str]:
    """Of templates alone: raw pages that tests import are what they are."""
    if "templates" in path.parts:
        yield from (match.group().strip() for match in INLINE.finditer(text))


def unfinished(path: PurePath, text: str) -> Iterator[str]:
    yield from (match.group() for match in UNFINISHED.finditer(text))
