"""Logos as files that schools send and as values that are kept."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from listings import logos
from tests.content.pictures import files


def picture(width: int = 960, height: int = 240, colour: Any = "teal") -> SimpleUploadedFile:
    return SimpleUploadedFile("logo.png", files.saved(files.plain(width, height, colour=colour)))


def make_logo(width: int = 240, height: int = 60, colour: Any = "teal") -> dict[str, Any]:
    """A value whose file is kept."""
    return logos.keep(files.saved(files.plain(width, height, colour=colour)))


def stored() -> list[str]:
    return sorted(path.name for path in logos.folder().iterdir()) if logos.folder().exists() else []
