"""Logos of schools: their files as the site drew them, and how pages show one."""

import base64
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from content.lib import images
from listings.models import Statement
from listings.stating import typed
from listings.stating.of_schools import LOGO_WITHIN

MOST_BYTES: Final = 2_000_000


@dataclass(frozen=True)
class Logo:
    """What an image element needs; width and height in pixels."""

    source: str
    width: int
    height: int


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "logos"


def path(value: Any) -> Path:
    """Of the file that a stated value names."""
    return folder() / f"{typed.write(Statement.Field.LOGO, value)}.webp"


def is_kept(value: Any) -> bool:
    return path(value).is_file()


def keep(data: bytes) -> dict[str, Any]:
    """Draws the picture in a file anew and keeps that; the value to be stated. Raises images.Refused.

    The name cannot be guessed, and the same picture has the same one: sent twice, it is one thing.
    """
    images.check_size(len(data), MOST_BYTES)
    drawn = images.draw(data, LOGO_WITHIN)
    file = drawn.files[drawn.width]
    name = salted_hmac("listings.logos", file.hex(), algorithm="sha256").hexdigest()[:32]
    value = {"name": name, "width": drawn.width, "height": drawn.height}
    _write(path(value), file)
    return value


def _write(where: Path, data: bytes) -> None:
    """Whole and on the disk before it has its name; one that is there already is as new again."""
    where.parent.mkdir(parents=True, exist_ok=True)
    draft = where.with_name(f"{secrets.token_hex(16)}.draft")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(draft, flags, settings.FILE_UPLOAD_PERMISSIONS), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(where)


def inline(value: Any) -> Logo | None:
    """The picture inside the page itself, for those who see it before it is public; None without its file."""
    try:
        data = path(value).read_bytes()
    except FileNotFoundError:
        return None
    source = f"data:image/webp;base64,{base64.b64encode(data).decode()}"
    return Logo(source, value["width"], value["height"])


def address(slug: str, value: Any) -> str:
    """Where readers get it while it is stated of the school with that slug."""
    return reverse("school-logo", args=[slug, typed.write(Statement.Field.LOGO, value)])


def public(slug: str, value: Any) -> Logo | None:
    """None without its file, as where a backup came back without pictures."""
    return Logo(address(slug, value), value["width"], value["height"]) if is_kept(value) else None
