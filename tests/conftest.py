"""Fixtures and rules for the whole suite."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from whitenoise import WhiteNoise

from content.lint import gate
from directory.apps import discover
from tests.proof import PROOF

STATIC = [settings.BASE_DIR / app / "static" for app in ("directory", "tasks", "listings", "content")]

# No test writes among the site's own pictures, or sweeps them.
MEDIA = tempfile.TemporaryDirectory()
settings.MEDIA_ROOT = Path(MEDIA.name)

# A password is hashed slowly on purpose, which no test is about.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# The suite's workers share one Redis; each has a database of its own in it.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
settings.CACHES["default"]["LOCATION"] = settings.CACHES["default"]["LOCATION"].replace(
    "?db=0", f"?db={WORKER}"
)

# Every client makes a handler of its own, which would read all static files anew: a third of many a test.
FILES: dict[tuple[str, str], dict[str, Any]] = {}
read_all = WhiteNoise.update_files_dictionary


def read_once(self: WhiteNoise, root: str, prefix: str) -> None:
    if (root, prefix) not in FILES:
        others, self.files = self.files, {}
        read_all(self, root, prefix)
        FILES[root, prefix], self.files = self.files, others
    self.files |= FILES[root, prefix]


WhiteNoise.update_files_dictionary = read_once


def pytest_sessionstart(session: pytest.Session) -> None:
    """The admin is there before a test asks for it.

    Pages name static files by their hashes, so these are collected once, before the workers start.
    """
    discover()
    if hasattr(session.config, "workerinput"):
        return
    collected = settings.STATIC_ROOT / "staticfiles.json"
    newest = max((file.stat().st_mtime for folder in STATIC for file in folder.rglob("*")), default=0.0)
    if not collected.exists() or collected.stat().st_mtime < newest:
        call_command("collectstatic", interactive=False, verbosity=0)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests on the large files run where REFERENCE_DATA names their folder; a user's clone has none."""
    left_out = ([] if settings.REFERENCE_DATA else ["reference"]) + ([] if PROOF else ["proof"])
    chosen = [item for item in items if not any(item.get_closest_marker(name) for name in left_out)]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


@pytest.fixture
def reference() -> Path:
    """The folder of the large federal files."""
    folder = Path(settings.REFERENCE_DATA)
    assert folder.is_dir(), f"REFERENCE_DATA names no folder: {folder}"
    return folder


@pytest.fixture(autouse=True)
def no_gate(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts of tests are a few words long, and the lint would hold each back; `lint_gate` asks for it."""
    if request.node.get_closest_marker("lint_gate") is None:
        monkeypatch.setattr(gate, "refusals", lambda *_args, **_named: [])


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """No test finds what another left in the cache."""
    yield
    cache.clear()
