"""robots.txt as RFC 9309 has it: the groups for us, the longest rule that fits, the kinder one of two."""

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote, unquote, urlsplit

NAME: Final = "superbill"
MOST_READ: Final = 500_000
MOST_RULES: Final = 2000
LONGEST: Final = 500

type Rule = tuple[bool, str]


def rules_in(text: str) -> list[Rule]:
    """The rules for us, as pairs of allowed and path: of every group that names us, else those for all."""
    ours: list[Rule] = []
    others: list[Rule] = []
    names_us = is_named = for_all = in_rules = False
    for line in text[:MOST_READ].splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon or key not in ("user-agent", "allow", "disallow"):
            continue
        if key == "user-agent":
            if in_rules:
                is_named = for_all = in_rules = False
            is_named |= value.lower() == NAME
            for_all |= value == "*"
            names_us |= is_named
            continue
        in_rules = True
        if value and is_named:
            ours.append((key == "allow", value[:LONGEST]))
        elif value and for_all:
            others.append((key == "allow", value[:LONGEST]))
    return (ours if names_us else others)[:MOST_RULES]


def allows(rules: Sequence[Sequence[bool | str]] | None, address: str) -> bool:
    """Whether the address may be asked by these rules; None where they could not be read."""
    if rules is None:
        return False
    parts = urlsplit(address)
    path = _plain(f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}")
    allowed, length = True, -1
    for may, pattern in rules:
        if len(str(pattern)) < length or (len(str(pattern)) == length and not may):
            continue
        if _fits(_plain(str(pattern)), path):
            allowed, length = bool(may), len(str(pattern))
    return allowed


def _plain(path: str) -> str:
    """One spelling of escapes; what stands for a slash in a name stays apart from a slash."""
    return quote(unquote(re.sub("%2f", "%252F", path, flags=re.I)), safe="/*$?=&;:@!~,+'()%")


def _fits(pattern: str, path: str) -> bool:
    """Whether a path begins as the pattern says; `*` is anything, a last `$` the end. No backtracking."""
    whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if not rest:
        return at == len(path) or not whole
    for part in rest[:-1]:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if whole:
        return len(path) - len(rest[-1]) >= at and path.endswith(rest[-1])
    return path.find(rest[-1], at) >= 0
