"""Which variables of the environment the settings read."""

import re
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]


def names() -> list[str]:
    """Read from the text of the settings, so that no list can fall behind."""
    text = (BASE / "directory" / "settings.py").read_text(encoding="utf-8")
    return sorted(set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', text)))
