"""Files of pictures, the texts that name them, and what readers see of them there."""

import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import batched
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from content.lib.clock import database_now
from content.lib.images import Drawn
from content.models import Picture, Revision, RevisionQuerySet
from content.models.picture import file_name

SCHEME: Final = "picture:"
NAMED: Final = re.compile(r"\bpicture:([-\w]+)", re.ASCII)
KEPT: Final = timedelta(days=1)
BATCH: Final = 500


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "pictures"


def write(drawn: Drawn) -> str:
    """Writes the files under a new stem. The row comes after: a crash between leaves files that are swept."""
    stem = secrets.token_hex(16)
    folder().mkdir(parents=True, exist_ok=True)
    for width, data in drawn.files.items():
        _write(folder() / file_name(stem, width), data)
    return stem


def _write(path: Path, data: bytes) -> None:
    """On the disk itself before it returns, as the row will be."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(path, flags, settings.FILE_UPLOAD_PERMISSIONS), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def store(picture: Picture, drawn: Drawn, *, by: User | None, at: datetime | None = None) -> None:
    """Saves a picture with a new file; of one that had a file the slug stays, and the address is another."""
    before = (picture.stem, picture.widths)
    picture.stem = write(drawn)
    picture.width, picture.height = drawn.width, drawn.height
    picture.widths = sorted(drawn.files)
    picture.size = sum(map(len, drawn.files.values()))
    picture.uploaded_by, picture.uploaded_at = by, at or database_now()
    picture.save()
    if before[0]:
        transaction.on_commit(partial(let_go, *before))


def remove(picture: Picture) -> None:
    """Deletes it; raises ValidationError where a text names it."""
    with transaction.atomic():
        if used := uses(picture):
            named = ", ".join(str(use.revision) for use in used)
            raise ValidationError(f"It is used in {named}. Take it out of these texts first.")
        picture.delete()
        transaction.on_commit(partial(let_go, picture.stem, picture.widths))


def let_go(stem: str, widths: Iterable[int]) -> None:
    """Files that no row names from now on; they stay for a day, for pages and copies made before."""
    for width in widths:
        with suppress(FileNotFoundError):
            os.utime(folder() / file_name(stem, width))


def sweep(at: datetime | None = None, *, renew: Callable[[], None] = lambda: None) -> int:
    """Removes files that no row has named for a day; how many."""
    before = (at or database_now()).astimezone(UTC) - KEPT
    removed = 0
    for batch in batched(_files(), BATCH):
        renew()
        stems = {path.name.partition("-")[0] for path in batch}
        kept = set(Picture.objects.filter(stem__in=stems).values_list("stem", flat=True))
        for path in batch:
            # Another sweep may have been here.
            with suppress(FileNotFoundError):
                if path.name.partition("-")[0] not in kept and _changed(path) < before:
                    path.unlink()
                    removed += 1
    return removed


def _files() -> Iterator[Path]:
    return folder().iterdir() if folder().is_dir() else iter(())


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def slug_of(address: str) -> str:
    """The slug in an address of a text; empty where it names no picture of this site."""
    return address.removeprefix(SCHEME) if address.startswith(SCHEME) else ""


def slugs_in(*texts: str) -> set[str]:
    return {slug for text in texts for slug in NAMED.findall(text)}


def pictures_named(*texts: str) -> dict[str, Picture]:
    """The pictures that the texts name, by slug: one query, none where they name none."""
    slugs = slugs_in(*texts)
    return {picture.slug: picture for picture in Picture.objects.filter(slug__in=slugs)} if slugs else {}


@dataclass(frozen=True)
class Use:
    """A text that names a picture; `is_read`: readers see it now."""

    revision: Revision
    is_read: bool


def uses(picture: Picture) -> list[Use]:
    """The texts that name it, those that readers see first; earlier saves are left out."""
    found = _naming(picture, Revision.objects.exclude(state=Revision.State.KEPT).select_related("article"))
    read = set(_naming(picture, Revision.objects.live()))
    return sorted(
        (Use(text, text in read) for text in {*found, *read}),
        key=lambda use: (not use.is_read, use.revision.title, use.revision.pk),
    )


def is_read(picture: Picture) -> bool:
    """Whether a text that readers see now names it."""
    return bool(_naming(picture, Revision.objects.live()))


def _naming(picture: Picture, revisions: RevisionQuerySet) -> list[Revision]:
    """By a search for the mark's words, then exactly: `picture:desk` begins the mark of `desk-2` too."""
    mark = f"{SCHEME}{picture.slug}"
    texts = revisions.filter(Q(body__contains=mark) | Q(lead__contains=mark))
    return [text for text in texts if picture.slug in slugs_in(text.lead, text.body)]
