"""Fixtures and rules for the whole suite."""

from pathlib import Path

import pytest
from django.conf import settings


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests on the large files run where REFERENCE_DATA names their folder; a user's clone has none."""
    if settings.REFERENCE_DATA:
        return
    chosen = [item for item in items if item.get_closest_marker("reference") is None]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


@pytest.fixture
def reference() -> Path:
    """The folder of the large federal files."""
    folder = Path(settings.REFERENCE_DATA)
    assert folder.is_dir(), f"REFERENCE_DATA names no folder: {folder}"
    return folder
