"""What editors upload, as pages: several files or archives of files, within limits that are checked first."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePath
from typing import IO, Any, Final

from content.lib.archives import BadArchive, Member, label, members
from content.pipeline.limits import MOST_BYTES
from content.pipeline.read import ENDINGS

MOST_PAGES: Final = 1_000
MOST_UPLOADED: Final = 24_000_000
ARCHIVE: Final = (b"PK\x03\x04", b"PK\x05\x06")
# What is no page in the archive of a site: told in one sentence, not one by one.
OFFICE: Final = "[Content_Types].xml"
NESTED: Final = (".zip", ".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz")
LONGEST_NOTE: Final = 500


class BadUpload(Exception):
    """An upload that is not taken at all; its text is a sentence for the editor."""


@dataclass(frozen=True)
class Upload:
    """A page that came: what to call it, and its bytes when asked for. `read` raises BadArchive."""

    name: str
    read: Callable[[], bytes]


@dataclass
class Uploads:
    """The pages of an upload in their order, and what of it is no page."""

    pages: list[Upload] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)

    def note(self) -> str:
        """What was not taken, in a sentence."""
        if not self.others:
            return ""
        kinds = ", ".join(f"{number} {kind}" for kind, number in self.others.most_common(8))
        return f"Not taken, since they are no pages: {kinds}."[:LONGEST_NOTE]


def look_at(files: Iterable[Any]) -> Uploads:
    """The pages in uploaded files (Django's UploadedFile); nothing is unpacked yet. Raises BadUpload."""
    given = list(files)
    if sum(file.size for file in given) > MOST_UPLOADED:
        raise BadUpload(f"An upload may have {MOST_UPLOADED // 10**6} MB. Upload the pages in parts.")
    found = Uploads()
    for file in given:
        name = label(file.name or "") or "page"
        try:
            _take(file, name, found)
        except BadArchive as error:
            raise BadUpload(f"{name}: {error}") from None
        if len(found.pages) > MOST_PAGES:
            raise BadUpload(f"An upload may have {MOST_PAGES:,} pages. Upload them in parts.")
    if not found.pages:
        raise BadUpload(
            f"There is no page in it. {found.note()} Pages are files such as .html, .md and .txt.".replace(
                "  ", " "
            )
        )
    return found


def _take(file: Any, name: str, found: Uploads) -> None:
    stream: IO[bytes] = file
    stream.seek(0)
    packed = stream.read(4) in ARCHIVE
    inside = list(members(stream)) if packed else []
    if not packed or any(member.info.filename == OFFICE for member in inside):
        found.pages.append(Upload(name, partial(_beginning, stream)))
        return
    for member in inside:
        kind = _kind(member)
        if kind is None:
            found.pages.append(Upload(member.label or f"page {len(found.pages) + 1}", _reader(member)))
        elif kind:
            found.others[kind] += 1


def _kind(member: Member) -> str | None:
    """None for a page, what it is for anything else, "" for what nobody put there."""
    if "__MACOSX" in member.info.filename or member.label.startswith("."):
        return ""
    ending = PurePath(member.label).suffix.lower()
    return None if ending in ("", *ENDINGS, *NESTED) else ending[:10]


def _reader(member: Member) -> Callable[[], bytes]:
    if PurePath(member.label).suffix.lower() in NESTED:
        return _nested
    return partial(member.read, MOST_BYTES)


def _nested() -> bytes:
    raise BadArchive("It is an archive inside the archive. Unpack it and upload its pages.")


def _beginning(stream: IO[bytes]) -> bytes:
    stream.seek(0)
    return stream.read(MOST_BYTES + 1)


def read_each(uploads: Uploads) -> Iterator[tuple[str, bytes | str]]:
    """Of every page its name, and its bytes or the sentence why it cannot be had."""
    for upload in uploads.pages:
        try:
            yield upload.name, upload.read()
        except BadArchive as error:
            yield upload.name, str(error)
