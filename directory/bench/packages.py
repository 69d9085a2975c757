"""Which installed packages a site has: libraries import those of development where they find them."""

import re
import sys
from collections.abc import Collection, Iterable
from importlib.abc import MetaPathFinder
from importlib.metadata import packages_distributions
from typing import Final

from directory.deploy.variables import BASE

PINNED: Final = re.compile(r"^([a-zA-Z0-9._-]+)==", re.MULTILINE)


def of_development() -> list[str]:
    """Top-level names of what is installed here and not by `requirements-production.txt`."""
    pinned = {_normal(name) for name in PINNED.findall((BASE / "requirements-production.txt").read_text())}
    found = packages_distributions().items()
    return sorted(name for name, owners in found if not pinned & {_normal(owner) for owner in owners})


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


class _Absent(MetaPathFinder):
    def __init__(self, names: Collection[str]) -> None:
        self._names = frozenset(names)

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name.partition(".")[0] in self._names:
            raise ModuleNotFoundError(f"{name} is not installed where a site runs.", name=name)


def hide(names: Iterable[str]) -> None:
    """From here on this process does not find them; to be called before anything else is imported."""
    sys.meta_path.insert(0, _Absent([*names]))
