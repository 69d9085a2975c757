"""The house rules: each is tried on a planted offence, then asked of every file."""

from pathlib import PurePath

import pytest

from tests.house import rules

PY, HTML, CSS = ".py", ".html", ".css"
OFFENCES = [
    (rules.too_long, "content/views.py", "pass\n" * 351),
    (rules.too_long, "content/templates/a.html", "<p>\n" * 101),
    (rules.too_long, "directory/static/a.css", "a{}\n" * 201),
    (rules.long_functions, "content/views.py", "def long():\n" + "    pass\n" * 50),
    (rules.forbidden_calls, "content/views.py", "from django.db.models.signals import post_save"),
    (rules.forbidden_calls, "listings/views/list.py", "refresh.delay(1)"),
    (rules.forbidden_calls, "tasks/runs.py", "work.apply_async((1,), countdown=900)"),
    (rules.swallowed_errors, "content/views.py", "try:\n    f()\nexcept Exception:\n    pass"),
    (rules.weak_tests, "tests/content/test_a.py", "def test_nothing():\n    f()"),
    (rules.weak_tests, "tests/content/test_a.py", "@pytest.mark.skip\ndef test_later():\n    assert f()"),
    (rules.inline_style_or_script, "content/templates/a.html", '<p style="color:red">'),
    (rules.inline_style_or_script, "content/templates/a.html", "<script>go()</script>"),
    (rules.inline_style_or_script, "content/templates/a.html", '<button onclick="go()">'),
    (rules.unfinished, "content/views.py", "# TO" + "DO: the rest"),
]


@pytest.mark.parametrize(("rule", "path", "text"), OFFENCES)
def test_a_planted_offence_is_found(rule, path, text):
    assert list(rule(PurePath(path), text))


@pytest.mark.parametrize(
    ("rule", "endings"),
    [
        (rules.too_long, (PY, HTML, CSS)),
        (rules.long_functions, (PY,)),
        (rules.forbidden_calls, (PY,)),
        (rules.swallowed_errors, (PY,)),
        (rules.inline_style_or_script, (HTML,)),
        (rules.unfinished, (PY, HTML, CSS, ".js", ".md")),
    ],
)
def test_no_file_offends(rule, endings):
    assert rules.every(rule, *endings) == []


def test_no_test_is_weak():
    assert [found for found in rules.every(rules.weak_tests, PY) if found.startswith("tests/")] == []
