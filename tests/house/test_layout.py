"""The fixed layout, the first screen, the pins and the papers."""

import re

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from directory.deploy import variables
from directory.deploy.variables import BASE
from tests.house import rules

FOLDERS = {"directory", "listings", "content", "tasks", "tests"}
TOP = {"manage.py", "pyproject.toml", "README.md", "Makefile", "LICENSE"}


def test_the_top_level_is_fixed():
    top = {path.parts[0] for path in rules.files()} - FOLDERS - TOP
    assert {name for name in top if not name.startswith((".", "requirements"))} == set()


def test_there_is_no_drawer_for_odds_and_ends():
    assert [path for path in rules.files() if path.name in rules.DRAWERS] == []


def test_no_file_is_large():
    assert [path for path in rules.files() if (BASE / path).stat().st_size > 1_000_000] == []


def test_the_readme_begins_with_what_to_type():
    first_screen = "\n".join(rules.read(BASE / "README.md").splitlines()[:40])
    for words in ("make run", "make test", "listings/", "Django project package"):
        assert words in first_screen


def test_ci_runs_what_a_developer_runs():
    assert "make test" in rules.read(BASE / ".ci/run")


@pytest.mark.parametrize("target", ["setup", "run", "dev", "test", "quick", "lint", "proof", "backup"])
def test_make_knows(target):
    assert re.search(rf"^{target}:", rules.read(BASE / "Makefile"), re.MULTILINE)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-production.txt"])
def test_pins_have_hashes_and_name_no_host(name):
    text = rules.read(BASE / name)
    pinned = re.findall(r"^[a-z0-9][\w.\[\],-]*==", text, re.MULTILINE)
    assert pinned
    assert text.count("--hash=sha256:") >= len(pinned)
    assert not re.search(r"https?://|--index-url|--extra-index-url|--find-links|file:", text)


def test_operations_explains_every_variable():
    explained = rules.read(BASE / "directory/docs/operations.md")
    assert [name for name in variables.names() if f"`{name}`" not in explained] == []


def test_every_app_has_one_last_migration():
    loader = MigrationLoader(None)
    ours = {config.label for config in apps.get_app_configs() if config.name in rules.FLOORS}
    leaves = [app for app, _name in loader.graph.leaf_nodes() if app in ours]
    assert sorted(leaves) == sorted(set(leaves))
    for app, name in loader.graph.leaf_nodes():
        if app in ours:
            assert rules.read(BASE / app / "migrations/max_migration.txt").strip() == name
