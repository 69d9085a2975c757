"""Files as cameras, programs and attackers make them, as bytes."""

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms, PngImagePlugin

PNG = b"\x89PNG\r\n\x1a\n"


def saved(image: Image.Image, form: str = "PNG", **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def plain(width: int = 40, height: int = 30, mode: str = "RGB", colour: Any = "teal") -> Image.Image:
    return Image.new(mode, (width, height), colour)


def halves(width: int = 40, height: int = 20) -> Image.Image:
    """Red on the left, blue on the right."""
    image = plain(width, height, colour=(255, 0, 0))
    image.paste((0, 0, 255), (width // 2, 0, width, height))
    return image


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_head(width: int, height: int, depth: int = 8, colours: int = 2) -> bytes:
    return PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0))


def png(width: int, height: int, rows: bytes, *more: bytes, depth: int = 8, colours: int = 2) -> bytes:
    """A PNG of these unfiltered rows, whatever they are; `more` are chunks before them."""
    data = chunk(b"IDAT", zlib.compress(rows, 9))
    return png_head(width, height, depth, colours) + b"".join(more) + data + chunk(b"IEND", b"")


def bomb(width: int, height: int) -> bytes:
    """Few bytes that unpack to all rows of a large white picture of one bit a pixel."""
    packer = zlib.compressobj(9)
    row = b"\x00" + b"\xff" * ((width + 7) // 8)
    parts = [packer.compress(row * 500) for _ in range(0, height, 500)]
    data = b"".join(parts) + packer.flush()
    return png_head(width, height, 1, 0) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def jpeg(image: Image.Image | None = None, **options: Any) -> bytes:
    return saved(image or halves(), "JPEG", **options)


def with_place() -> bytes:
    """A photograph that lies on its side, with place, date and camera in its EXIF, and a remark."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SECRETCAMERA"
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (39.0, 57.0, 40.0), 3: "W", 4: (82.0, 59.0, 56.0), 29: "2026:01:02"}
    )
    return jpeg(halves(400, 200), exif=exif, comment=b"SECRETREMARK", quality=95)


def many_scans(scans: int) -> bytes:
    """A progressive JPEG whose last pass is repeated."""
    data = jpeg(halves(400, 200), progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * scans + data[-2:]


def moving(form: str, frames: int = 3) -> bytes:
    pictures = [plain(colour=(n % 2 * 255, n % 256, 0)) for n in range(frames)]
    return saved(pictures[0], form, save_all=True, append_images=pictures[1:], duration=50)


def profiled(mode: str = "RGB", form: str = "PNG") -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return saved(plain(mode=mode, colour=1 if mode == "P" else "teal"), form, icc_profile=profile)


def told(**texts: str) -> bytes:
    """A PNG with text chunks."""
    info = PngImagePlugin.PngInfo()
    for name, text in texts.items():
        info.add_text(name, text)
    return saved(plain(), pnginfo=info)


def webp_head(width: int, height: int) -> bytes:
    """A WebP that announces a canvas and holds nothing."""
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\x00\x00\x00\x00" + canvas
    return b"RIFF" + struct.pack("<I", len(body)) + body


REFUSED: dict[str, tuple[str, bytes]] = {
    "nothing": ("empty.png", b""),
    "html": ("page.png", b"<!doctype html><script>alert(1)</script>"),
    "svg": ("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    "svg-as-svg": ("drawing.svg", b"<?xml version='1.0'?><svg><script>alert(1)</script></svg>"),
    "xml-bomb": ("drawing.svg", b"<!DOCTYPE s [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><svg>&b;</svg>"),
    "gif": ("still.gif", saved(plain(), "GIF")),
    "gif-as-png": ("still.png", saved(plain(), "GIF")),
    "gif-script": ("a.png", b"GIF89a/*" + b"\x00" * 20 + b"*/=1;alert(1)//"),
    "gif-moving": ("a.gif", moving("GIF", 200)),
    "bmp": ("a.bmp", saved(plain(), "BMP")),
    "tiff": ("a.tif", saved(plain(), "TIFF")),
    "ico": ("favicon.ico", saved(plain(), "ICO")),
    "jpeg2000": ("a.jp2", saved(plain(), "JPEG2000")),
    "eps": ("a.png", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(x) run\n"),
    "pdf": ("a.jpg", saved(plain(), "PDF")),
    "fits": ("a.png", b"SIMPLE  =                    T" + b" " * 2850),
    "zip": ("a.webp", b"PK\x03\x04" + b"\x00" * 60),
    "elf": ("a.jpg", b"\x7fELF" + b"\x00" * 100),
    "php": ("a.php%00.png", b"<?php system($_GET['c']); ?>"),
    "text": ("a.png", b"no picture at all"),
    "one-byte": ("a.png", b"\x89"),
    "zeros": ("a.jpg", bytes(10_000)),
    "png-signature": ("a.png", PNG),
    "png-head": ("a.png", png_head(40, 30)),
    "png-html-behind-signature": ("a.png", PNG + b"<html><script>alert(1)</script>"),
    "png-cut": ("a.png", saved(halves(400, 200), compress_level=0)[:4000]),
    "png-wrong-sum": ("a.png", saved(plain())[:-20] + bytes(20)),
    "png-no-pixels": ("a.png", png(0, 0, b"")),
    "png-wrong-depth": ("a.png", png(4, 4, b"\x00" * 52, depth=7)),
    "png-vast": ("a.png", png_head(2**31 - 1, 2**31 - 1) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")),
    "png-30000": ("a.png", bomb(30_000, 30_000)),
    "png-10000": ("a.png", bomb(10_000, 10_000)),
    "png-ribbon": ("a.png", bomb(20_000, 2)),
    "png-tower": ("a.png", bomb(2, 20_000)),
    "png-text-bomb": (
        "a.png",
        png(1, 1, b"\x00" * 4, chunk(b"zTXt", b"x\x00\x00" + zlib.compress(bytes(99_000_000)))),
    ),
    "png-chunk-past-the-end": ("a.png", png_head(40, 30) + struct.pack(">I", 2**31 - 1) + b"IDAT" + b"x"),
    "apng": ("a.png", moving("PNG")),
    "webp-moving": ("a.webp", moving("WEBP")),
    "webp-vast": ("a.webp", webp_head(2**24, 2**24)),
    "webp-hollow": ("a.webp", webp_head(40, 30)),
    "webp-cut": ("a.webp", saved(halves(400, 200), "WEBP", lossless=True)[:40]),
    "jpeg-cut": ("a.jpg", jpeg(halves(400, 200))[:700]),
    "jpeg-signature": ("a.jpg", b"\xff\xd8\xff"),
    "jpeg-html": ("a.jpg", b"\xff\xd8\xff\xe0<html><script>alert(1)</script>"),
    "jpeg-vast": ("a.jpg", jpeg().replace(b"\x00\x14\x00\x28\x03", b"\xff\xff\xff\xff\x03")),
    "jpeg-many-scans": ("a.jpg", many_scans(200)),
    "too-many-bytes": ("a.png", saved(plain()) + bytes(12_000_001)),
}
"""What is refused: the name of the file and its bytes."""

TAKEN: dict[str, tuple[str, bytes]] = {
    "png": ("a.png", saved(plain())),
    "jpeg": ("a.jpg", jpeg()),
    "webp": ("a.webp", saved(plain(), "WEBP")),
    "one-pixel": ("a.png", saved(plain(1, 1))),
    "named-otherwise": ("a.exe", saved(plain())),
    "too-few-rows": ("a.png", png(40, 30, b"\x00" * 121)),
    "grey": ("a.png", saved(plain(mode="L", colour=90))),
    "grey-and-clear": ("a.png", saved(plain(mode="LA", colour=(90, 40)))),
    "one-bit": ("a.png", saved(plain(mode="1", colour=1))),
    "sixteen-bit-grey": ("a.png", saved(plain(mode="I;16", colour=40_000))),
    "sixteen-bit": ("a.png", png(2, 2, (b"\x00" + b"\x9c\x40" * 6) * 2, depth=16)),
    "palette": ("a.png", saved(halves().quantize(4))),
    "palette-and-clear": ("a.png", saved(halves().quantize(4), transparency=0)),
    "clear-colour": ("a.png", saved(halves(), transparency=(255, 0, 0))),
    "half-clear": ("a.png", saved(plain(mode="RGBA", colour=(0, 128, 128, 99)))),
    "cmyk": ("a.jpg", jpeg(plain(mode="CMYK", colour=(255, 0, 0, 0)))),
    "grey-jpeg": ("a.jpg", jpeg(plain(mode="L", colour=90))),
    "progressive": ("a.jpg", jpeg(progressive=True)),
    "camera": ("a.jpg", saved(halves(), "MPO", save_all=True, append_images=[plain()])),
    "profile": ("a.png", profiled()),
    "profile-of-jpeg": ("a.jpg", profiled(form="JPEG")),
    "profile-of-others": ("a.png", profiled("L")),
    "profile-damaged": ("a.png", saved(plain(), icc_profile=b"no profile at all" * 20)),
    "exif-damaged": ("a.jpg", jpeg(exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff")),
    "place": ("a.jpg", with_place()),
    "html-in-text": ("a.png", told(Comment="<script>alert('SECRETREMARK')</script>")),
    "html-behind": ("a.png", saved(plain()) + b"<script>SECRETREMARK</script>"),
    "zip-behind": ("a.jpg", jpeg() + b"PK\x03\x04SECRETREMARK"),
    "php-in-comment": ("a.jpg", jpeg(comment=b"<?php SECRETREMARK ?>")),
    "wide": ("a.png", saved(plain(9000, 20))),
    "tall": ("a.png", saved(plain(20, 9000))),
}
"""What is taken, odd as it may be."""

NAMES = [
    "../../settings.py",
    "..\\..\\settings.py",
    "/etc/passwd",
    "a.php%00.png",
    "a\x00.png",
    "a" * 300 + ".png",
    "\u202egnp.exe",
    "\u200b.png",
    "CON",
    ".htaccess",
    "a\r\nSet-Cookie: x=1.png",
    '"><script>alert(1)</script>.png',
    "{{7*7}}%s{0.__class__}.png",
    " . ",
]
