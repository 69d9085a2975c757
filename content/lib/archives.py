"""Zip archives from outside: looked at before they are opened, unpacked member by member, never to disk.

The name of a member is a label for people: its last part, without signs that hide or turn it round.
"""

import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

MOST_ENTRIES: Final = 5_000
MOST_UNPACKED: Final = 80_000_000
MOST_RATIO: Final = 100
SMALL: Final = 1_000_000
MOST_DIRECTORY: Final = 2_000_000
LONGEST_NAME: Final = 100

END: Final = b"PK\x05\x06"
END_SIZE: Final = 22
LOCATOR: Final = b"PK\x06\x07"
LOCATOR_SIZE: Final = 20
TAIL: Final = 65_535 + END_SIZE + LOCATOR_SIZE


class BadArchive(Exception):
    """An archive that is not unpacked, or a member that cannot be; its text is a sentence for people."""


@dataclass(frozen=True)
class Member:
    """A file in the archive. `label` is safe to show and to look at, and is no path."""

    label: str
    archive: zipfile.ZipFile
    info: zipfile.ZipInfo

    def read(self, most: int) -> bytes:
        """At most `most + 1` bytes, so that who reads can tell what is too large. Raises BadArchive."""
        if self.info.flag_bits & 1:
            raise BadArchive("It is locked with a password. Unpack it and upload the page itself.")
        if stat.S_ISLNK(self.info.external_attr >> 16):
            raise BadArchive("It is a link to another file, not a page. Upload the page itself.")
        try:
            with self.archive.open(self.info) as unpacked:
                return unpacked.read(most + 1)
        except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, zlib.error):
            raise BadArchive("It cannot be unpacked: the archive is damaged. Make it again.") from None


def members(stream: IO[bytes]) -> Iterator[Member]:
    """The files of an archive in their order, folders left out. Raises BadArchive before any is unpacked."""
    _check_directory(stream)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise BadArchive("The archive is damaged or cut short. Make it again and upload it.") from None
    infos = archive.infolist()
    # zipfile reads no more than the size a member states, so one that lies about it ends as damaged.
    unpacked, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
    if unpacked > MOST_UNPACKED:
        raise BadArchive(
            f"Unpacked, the archive has {unpacked / 1e6:,.0f} MB; {MOST_UNPACKED // 10**6} MB are taken."
            " Upload it in parts."
        )
    if unpacked > SMALL and unpacked > MOST_RATIO * max(1, packed):
        raise BadArchive("The archive is packed more tightly than pages can be, so it was not unpacked.")
    return (Member(label(info.filename), archive, info) for info in infos if not info.is_dir())


def _check_directory(stream: IO[bytes]) -> None:
    """Before zipfile makes an object of every entry, however many the archive states."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - TAIL))
    tail = stream.read(TAIL)
    stream.seek(0)
    # As zipfile looks for it: at the very end, else the last one before a comment.
    last = len(tail) - END_SIZE
    at = last if last >= 0 and tail[last:].startswith(END) and tail.endswith(b"\0\0") else tail.rfind(END)
    if at < 0 or len(tail) - at < END_SIZE:
        raise BadArchive("The archive is damaged or cut short. Make it again and upload it.")
    if tail[max(0, at - LOCATOR_SIZE) : at].startswith(LOCATOR):
        raise BadArchive("The archive is of the large kind (ZIP64). Upload its pages in parts.")
    entries, directory = struct.unpack_from("<10xHI", tail, at)
    if entries > MOST_ENTRIES or directory > MOST_DIRECTORY:
        raise BadArchive(f"The archive has over {MOST_ENTRIES:,} files. Upload its pages in parts.")


def label(name: str) -> str:
    """The last part of a name, in one line of signs that show, a long one shortened before its ending."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(sign for sign in last if unicodedata.category(sign)[0] not in "CZ" or sign == " ").strip()
    if len(shown) <= LONGEST_NAME:
        return shown
    stem, dot, ending = shown.rpartition(".")
    if not dot or len(ending) > 10:
        return f"{shown[: LONGEST_NAME - 1]}\N{HORIZONTAL ELLIPSIS}"
    return f"{stem[: LONGEST_NAME - len(ending) - 2]}\N{HORIZONTAL ELLIPSIS}.{ending}"
