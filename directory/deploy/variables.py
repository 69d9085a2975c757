"""Which variables of the environment the settings read, and which the web server has of its own."""

import re
from pathlib import Path
from typing import Final

BASE = Path(__file__).resolve().parents[2]
# What the web server is started with where nobody says otherwise. The C library learns from the first large
# arrays that are given back to keep such memory; at this bound it gives them back to the system.
WEB: Final = {
    "GRANIAN_WORKERS": "2",
    "GRANIAN_BLOCKING_THREADS": "4",
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": "131072",
    "MALLOC_TRIM_THRESHOLD_": "131072",
}


def names() -> list[str]:
    """Read from the text of the settings, so that no list can fall behind."""
    text = (BASE / "directory" / "settings.py").read_text(encoding="utf-8")
    return sorted(set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', text)))
