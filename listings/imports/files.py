"""Opens a federal CSV file, plain, gzip or zip, and vouches for its form before anyone reads its values."""

import csv
import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, cast

from listings.imports.refusals import LoadRefusedError

BLOCK: Final = 1 << 18
LARGEST: Final = 2 << 30  # bytes, unpacked
BOM: Final = b"\xef\xbb\xbf"
AGAIN: Final = "Download it again from its publisher."
# Bytes that cp1252 does not define, and UTF-8 letters and dashes as they would look in it.
NOT_CP1252: Final = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
UTF8_LETTER: Final = re.compile(rb"\xc3[\x80-\xbf]|\xe2\x80[\x90-\xa6]")

Progress = Callable[[str, int, int], None]


def silent(_step: str, _done: int, _total: int) -> None:
    """The progress of a load that nobody watches."""


@dataclass
class CsvFile:
    """A CSV file that was read through once: whole, decodable, without NUL; its header in capitals.

    `rows` counts its records once they were read to the end.
    """

    path: Path
    member: str
    sha256: str
    size: int
    encoding: str
    header: tuple[str, ...]
    rows: int = 0

    @property
    def name(self) -> str:
        return self.path.name

    def places(self, columns: Mapping[str, str]) -> dict[str, int]:
        """Where each column stands, by our names for them; raises if one is missing or stands twice."""
        missing = [column for column in columns.values() if column not in self.header]
        if missing:
            raise LoadRefusedError(
                f"{self.name} has no column {', '.join(missing)}. Give the complete file of its publisher."
            )
        twice = [column for column in columns.values() if self.header.count(column) > 1]
        if twice:
            raise LoadRefusedError(f"{self.name} names the column {', '.join(twice)} twice. {AGAIN}")
        return {ours: self.header.index(column) for ours, column in columns.items()}

    def records(
        self, progress: Progress = silent, *, loose_end: bool = False
    ) -> Iterator[tuple[int, list[str]]]:
        """Each record with the line it begins on; raises where one is cut short.

        With a `loose_end` records may end in a comma that their header lacks.
        """
        with _unpacked(self.path, progress) as (_member, stream):
            reader = _reader(stream, self.encoding)
            try:
                next(reader)
                line, width, rows = reader.line_num + 1, len(self.header), 0
                for record in reader:
                    if loose_end and len(record) == width + 1 and not record[-1].strip():
                        del record[-1]
                    if len(record) == width:
                        rows += 1
                        yield line, record
                    elif record:
                        raise LoadRefusedError(_misshapen(self.name, line, len(record), width))
                    line = reader.line_num + 1
                self.rows = rows
            except csv.Error as error:
                raise LoadRefusedError(_unreadable(self.name, reader.line_num, error)) from None


def open_csv(path: Path, progress: Progress = silent) -> CsvFile:
    """Reads the whole file once; raises `LoadRefusedError` for bad form."""
    with _unpacked(path, progress) as (member, stream):
        size, encoding = _check_bytes(path.name, stream)
    with path.open("rb") as packed:
        digest = hashlib.file_digest(packed, "sha256").hexdigest()
    with _unpacked(path, silent) as (_member, stream):
        reader = _reader(stream, encoding)
        try:
            header = tuple(name.strip().upper() for name in next(reader, []))
        except csv.Error as error:
            raise LoadRefusedError(_unreadable(path.name, 1, error)) from None
    return CsvFile(path, member, digest, size, encoding, header)


def _reader(stream: IO[bytes], encoding: str) -> Any:
    return csv.reader(io.TextIOWrapper(stream, encoding=encoding, newline=""), strict=True)


def _misshapen(name: str, line: int, cells: int, width: int) -> str:
    if cells < width:
        return f"{name}, line {line}: the record is cut short, {cells} of {width} cells. {AGAIN}"
    return f"{name}, line {line}: the record has {cells} cells, the header names {width}. {AGAIN}"


def _unreadable(name: str, line: int, error: csv.Error) -> str:
    if "unexpected end of data" in str(error):
        return f"{name} ends inside a quoted cell: its last record is cut short. {AGAIN}"
    if "field limit" in str(error):
        return f"{name}, line {line}: a cell is longer than {csv.field_size_limit():,} characters. {AGAIN}"
    return f"{name}, line {line}: the quotes do not match. {AGAIN}"


class _Counted(io.RawIOBase):
    """A stream that tells how far it is, and ends a load whose file unpacks to more than anyone publishes."""

    def __init__(self, stream: IO[bytes], packed: IO[bytes], label: str, progress: Progress) -> None:
        self._stream, self._packed, self._label, self._progress = stream, packed, label, progress
        self._total = Path(packed.name).stat().st_size
        self._read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # never None here
        chunk = self._stream.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self._read += len(chunk)
        if self._read > LARGEST:
            raise LoadRefusedError(f"{self._label} unpacks to over {LARGEST >> 30} GB; no federal file does.")
        self._progress(self._label, self._packed.tell(), self._total)
        return len(chunk)


@contextmanager
def _unpacked(path: Path, progress: Progress) -> Iterator[tuple[str, IO[bytes]]]:
    """The name of the CSV file and its bytes; whatever a damaged archive raises becomes one sentence."""
    try:
        with path.open("rb") as packed:
            member, stream = _unpack(path, packed)
            with stream:
                yield member, io.BufferedReader(_Counted(stream, packed, path.name, progress), BLOCK)
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, NotImplementedError) as error:
        raise LoadRefusedError(f"{path.name} is a damaged archive ({error}). {AGAIN}") from None
    except OSError as error:
        raise LoadRefusedError(f"{path} cannot be read: {error.strerror or error}.") from None


def _unpack(path: Path, packed: IO[bytes]) -> tuple[str, IO[bytes]]:
    magic = packed.read(4)
    packed.seek(0)
    if magic.startswith(b"\x1f\x8b"):
        return path.name.removesuffix(".gz"), cast(IO[bytes], gzip.GzipFile(fileobj=packed, mode="rb"))
    if magic.startswith(b"PK"):
        archive = zipfile.ZipFile(packed)
        member = _only_csv(path.name, archive)
        return Path(member.filename).name, archive.open(member)
    if path.suffix.lower() in (".gz", ".zip"):
        raise LoadRefusedError(f"{path.name} is a damaged archive: it does not begin like one. {AGAIN}")
    return path.name, packed


def _only_csv(name: str, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The one CSV file of the archive; a revised release (`_rv`) goes before the first one."""
    tables = [info for info in archive.infolist() if info.filename.lower().endswith(".csv")]
    tables = [info for info in tables if not info.filename.startswith("__MACOSX/")]
    revised = [info for info in tables if info.filename.lower().endswith("_rv.csv")]
    chosen = revised or tables
    if len(chosen) != 1:
        raise LoadRefusedError(f"{name} holds {len(chosen)} CSV files. Unpack it and name the one to load.")
    if chosen[0].flag_bits & 1:
        raise LoadRefusedError(f"{name} asks for a password. Unpack it and give the CSV file.")
    return chosen[0]


def _check_bytes(name: str, stream: IO[bytes]) -> tuple[int, str]:
    """Size in bytes and encoding of a file that is UTF-8 or cp1252; raises for anything else."""
    text = _Text(name)
    while block := stream.read(BLOCK):
        text.feed(block)
    return text.size, text.encoding()


class _Text:
    """Decides the encoding of a file block by block, without holding it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.size = 0
        self.lines = 0
        self.marked = False
        self.not_utf8: int | None = None
        self.not_cp1252: int | None = None
        self.utf8_letter: int | None = None
        self._rest = b""

    def feed(self, block: bytes) -> None:
        if not self.size:
            self._begin(block)
        nul = block.find(b"\0")
        if nul >= 0:
            line = self._line(block, nul)
            raise LoadRefusedError(
                f"{self.name}, line {line}: a block of NUL bytes, as a torn copy has. {AGAIN}"
            )
        self._look(block)
        self.size += len(block)
        self.lines += block.count(b"\n")

    def encoding(self) -> str:
        if not self.size:
            raise LoadRefusedError(f"{self.name} is empty. {AGAIN}")
        if self._rest and self.not_utf8 is None:
            self.not_utf8 = self.lines + 1
        if self.not_utf8 is None:
            return "utf-8-sig" if self.marked else "utf-8"
        if self.marked:
            raise LoadRefusedError(
                f"{self.name}, line {self.not_utf8}: marked as UTF-8, but its bytes are not. {AGAIN}"
            )
        if self.not_cp1252 is not None:
            raise LoadRefusedError(
                f"{self.name}, line {self.not_cp1252}: bytes that are neither UTF-8 nor cp1252. {AGAIN}"
            )
        if self.utf8_letter is not None:
            raise LoadRefusedError(
                f"{self.name} mixes UTF-8 (line {self.utf8_letter}) and cp1252 (line {self.not_utf8})."
                f" {AGAIN}"
            )
        return "cp1252"

    def _begin(self, block: bytes) -> None:
        if block.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise LoadRefusedError(f"{self.name} is UTF-16. Save it as CSV in UTF-8, or {AGAIN.lower()}")
        if block.lstrip()[:1] == b"<":
            raise LoadRefusedError(f"{self.name} is a web page, not a CSV file. {AGAIN}")
        self.marked = block.startswith(BOM)

    def _look(self, block: bytes) -> None:
        if self.not_cp1252 is None and (found := NOT_CP1252.search(block)):
            self.not_cp1252 = self._line(block, found.start())
        if self.utf8_letter is None and (found := UTF8_LETTER.search(block)):
            self.utf8_letter = self._line(block, found.start())
        if self.not_utf8 is not None:
            return
        joined = self._rest + block
        try:
            joined.decode()
            self._rest = b""
        except UnicodeDecodeError as error:
            if error.end == len(joined) and error.reason == "unexpected end of data":
                self._rest = joined[error.start :]
            else:
                self.not_utf8 = self._line(joined, error.start)

    def _line(self, block: bytes, at: int) -> int:
        return self.lines + block.count(b"\n", 0, at) + 1
