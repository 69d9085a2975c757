"""What stands above a Markdown page: YAML, TOML or plain `key: value` lines."""

import re
import tomllib
from typing import Any, Final

from frontmatter.default_handlers import YAMLHandler
from yaml import BaseLoader, YAMLError

from content.pipeline.document import Document
from content.pipeline.links import host, without_tracking
from content.pipeline.text import squeeze

FENCED: Final = re.compile(r"\s{0,200}(---|\+\+\+)[ \t]*\n(.{0,20000}?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
LINES: Final = re.compile(
    r"\s{0,200}((?:title|Title|TITLE)[ \t]*:.{0,500}\n(?:[\w -]{1,40}:.{0,500}\n){0,30})[ \t]*\n"
)
PAIR: Final = re.compile(r"([\w -]{1,40}?)\s*:\s*(\S.*)?")
ITEM: Final = re.compile(r"\s{0,8}-\s+(\S.*)")
BLOCK: Final = re.compile(r"[|>][+-]?(?:\s+|$)")
MOST_KEYS: Final = 50
MOST_ITEMS: Final = 50
LONGEST: Final = 500


def take_front_matter(text: str, document: Document) -> str:
    """Moves what stands above the text into the document; returns the rest. Lines end in LF."""
    match = FENCED.match(text)
    loaded = _load(match[1], match[2]) if match else None
    if match is None or loaded is None:
        match = LINES.match(text)
        loaded = _pairs(match[1]) if match else None
    if match is None or not loaded:
        return text
    _place(loaded, document)
    return text[match.end() :]


def _load(fence: str, text: str) -> dict[str, Any] | None:
    for load in (tomllib.loads,) if fence == "+++" else (_yaml, _untyped_yaml):
        try:
            loaded = load(text)
        except (YAMLError, ValueError, TypeError, RecursionError, OverflowError, AttributeError):
            continue
        return loaded if isinstance(loaded, dict) else None
    # `title: Billing: an introduction` is no YAML, yet anyone can read it.
    return _pairs(text) or None


def _yaml(text: str) -> Any:
    return YAMLHandler().load(text)


def _untyped_yaml(text: str) -> Any:
    """The same with every value as text: a 30 February is a word and no error."""
    return YAMLHandler().load(text, Loader=BaseLoader)


def _pairs(text: str) -> dict[str, Any]:
    """The lines of the form `key: value`, quotes taken off.

    `- item` lines below a key are its list, indented lines below `|` or `>` its text.
    """
    found: dict[str, Any] = {}
    name = ""
    for line in text.split("\n"):
        pair, item = PAIR.fullmatch(line.rstrip()), ITEM.fullmatch(line.rstrip())
        if (
            name
            and line[:1] == " "
            and isinstance(found[name], str)
            and (BLOCK.match(found[name]) or not pair)
        ):
            found[name] += f" {line.strip()}"
        elif item and name and not isinstance(found[name], str | None):
            found[name].append(item[1].strip("\"' "))
        elif pair:
            name = pair[1].strip().lower()
            found[name] = (pair[2] or "").strip("\"' ") or []
    return {
        name: BLOCK.sub("", value) if isinstance(value, str) else value or "" for name, value in found.items()
    }


def _place(loaded: dict[str, Any], document: Document) -> None:
    values = {
        squeeze(str(name))[:40].lower(): _plain(value, document)
        for name, value in list(loaded.items())[:MOST_KEYS]
    }
    values.pop("", None)
    text = {name: value for name, value in values.items() if isinstance(value, str)}
    if title := text.get("title"):
        document.titles.insert(0, title)
    document.slug = text.get("slug", "")
    document.lead = text.get("lead", "")
    document.updated = _day(text.get("updated") or text.get("lastmod") or "")
    document.lang = (text.get("lang") or text.get("language") or document.lang)[:20]
    canonical = text.get("canonical") or text.get("canonical_url") or ""
    if canonical.startswith(("https://", "http://")) and host(canonical):
        document.canonical = canonical
    document.front_matter = {name: value for name, value in values.items() if name not in ("title", "slug")}


def _plain(value: object, document: Document) -> str | bool | int | float | list[str] | None:
    """A value without structure, for front matter may alias itself a million times over."""
    if value is None or isinstance(value, bool | float):
        return value if value is None or isinstance(value, bool) or abs(value) < 1e15 else None
    if isinstance(value, int):
        return value if abs(value) < 10**15 else None
    if isinstance(value, list | tuple | set):
        return [squeeze(str(item))[:LONGEST] for item in list(value)[:MOST_ITEMS] if _is_scalar(item)]
    return without_tracking(document, squeeze(str(value))[:LONGEST]) if _is_scalar(value) else None


def _is_scalar(value: object) -> bool:
    if isinstance(value, int) and not isinstance(value, bool):
        return abs(value) < 10**15
    return not isinstance(value, dict | list | tuple | set | bytes)


def _day(value: str) -> str:
    return value[:10] if re.fullmatch(r"\d{4}-\d\d-\d\d", value[:10]) else ""
