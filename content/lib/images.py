"""Pictures as they come from outside, drawn anew as WebP in a few widths.

Nothing of a file is kept but what it shows: no metadata, no colour profile, nothing behind its end. It is
decoded in a process of its own, which this module is when it is run: a file made to hurt takes neither time
nor memory of the web server. Nothing of the project and nothing of Django is imported here.
"""

import io
import json
import re
import resource
import subprocess
import sys
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MOST_BYTES: Final = 12_000_000
MOST_PIXELS: Final = 36_000_000
LONGEST_SIDE: Final = 12_000
MOST_SCANS: Final = 60
WIDTHS: Final = (480, 960, 1600)
QUALITY: Final = 82
FLAT_COLOURS: Final = 4096  # at most so many: a drawing or a screenshot, which is kept without loss
SECONDS: Final = 20
MEMORY: Final = 1_500_000_000  # bytes of addresses

FORMATS: Final = ("PNG", "JPEG", "WEBP")
SCAN: Final = re.compile(rb"\xff\xda")
SHARED_PROFILES: Final = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK"}


class Refused(Exception):
    """The file is no picture that this site takes; its text says why and what to do."""


@dataclass(frozen=True)
class Drawn:
    """A picture drawn anew: its widths in pixels with the bytes of each, the widest last."""

    height: int
    files: dict[int, bytes]

    @property
    def width(self) -> int:
        return max(self.files)


def check_size(size: int, most: int = MOST_BYTES) -> None:
    """Refuses more bytes than a picture may have, before they are read."""
    if size > most:
        raise Refused(
            f"The file has {size / 1e6:.1f} MB, and {most // 1_000_000} MB are the most."
            " Save the picture smaller."
        )


def draw(data: bytes, within: tuple[int, int] | None = None) -> Drawn:
    """The picture in a file, decoded apart; raises Refused.

    In a few widths, or in one size that fits `within` so much width and height in pixels; never larger.
    """
    check_size(len(data))
    with tempfile.TemporaryDirectory() as folder:
        # Isolated, so that neither the working directory nor the modules beside this one stand in the way.
        command = [sys.executable, "-I", __file__, folder, *map(str, within or ())]
        try:
            done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
            said = json.loads(done.stdout) if done.returncode == 0 else None
        except (subprocess.TimeoutExpired, ValueError):
            said = None
        if said is None:
            raise Refused(
                "This file takes more time or memory than a picture should."
                " Open it in a picture editor and save it anew, or choose another."
            )
        if "refused" in said:
            raise Refused(said["refused"])
        files = {width: (Path(folder) / f"{width}.webp").read_bytes() for width in said["widths"]}
    return Drawn(said["height"], files)


def drawn_here(data: bytes, within: tuple[int, int] | None = None) -> Drawn:
    """The same without a process of its own."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _drawn(_decoded(data), within)
    except (Refused, MemoryError):
        raise
    except Exception as error:  # whatever a decoder makes of a damaged file
        raise Refused(
            "The picture in this file is damaged or cut off. Open it in a picture editor and save it anew."
        ) from error


def _decoded(data: bytes) -> Image.Image:
    """Upright, in sRGB, as RGB or RGBA."""
    image = _opened(data)
    _check(image, data)
    _opened(data).verify()
    profile = image.info.get("icc_profile")
    transparent = image.has_transparency_data
    if image.format in ("JPEG", "MPO"):
        # Decoded at the scale that is needed: a fraction of the memory and of the time.
        image.draft(None, (2 * WIDTHS[-1], 2 * WIDTHS[-1]))
    image.load()
    if image.mode.startswith("I"):
        image = image.point(lambda value: value * (1 / 257) + 0.5).convert("L")
    image = ImageOps.exif_transpose(image)
    if transparent:
        image = image.convert("RGBA")
    return _in_srgb(image, profile, "RGBA" if transparent else "RGB")


def _opened(data: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError:
        raise Refused(_too_large()) from None
    except UnidentifiedImageError:
        raise Refused(
            "This is no PNG, JPEG or WebP picture, whatever its name says. Save it as one of these."
        ) from None


def _check(image: Image.Image, data: bytes) -> None:
    """What can be said from the head of the file, before anything is decoded."""
    width, height = image.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise Refused(_too_large(f"{width:,} x {height:,}"))
    # Cameras put a preview behind a photograph (MPO); its first picture is the photograph.
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise Refused("This picture moves, and readers get still ones. Save one of its frames as a picture.")
    if image.format in ("JPEG", "MPO") and len(SCAN.findall(data)) > MOST_SCANS:
        raise Refused("This JPEG comes in too many passes. Save it anew as an ordinary JPEG.")


def _too_large(size: str = "") -> str:
    has = f"The picture has {size} pixels" if size else "The picture has too many pixels"
    most = f"{MOST_PIXELS // 1_000_000} million, and {LONGEST_SIDE:,} on a side"
    return f"{has}; the most is {most}. Save it smaller."


def _in_srgb(image: Image.Image, profile: bytes | None, mode: str) -> Image.Image:
    """The colours that the profile means; one that is damaged or of another kind of colours is left out."""
    if image.mode not in ("L", "RGB", "RGBA", "CMYK"):
        image = image.convert(mode)
    if not profile:
        return image.convert(mode)
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if SHARED_PROFILES.get(source.profile.xcolor_space) != image.mode.removesuffix("A"):
            return image.convert(mode)
        target = ImageCms.createProfile("sRGB")
        changed = ImageCms.profileToProfile(image, source, target, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image.convert(mode)
    return changed if changed is not None else image.convert(mode)


def _drawn(image: Image.Image, within: tuple[int, int] | None) -> Drawn:
    widest = _widest(image, *within) if within else min(image.width, WIDTHS[-1])
    flat = image.getcolors(FLAT_COLOURS) is not None
    files, height = {}, 0
    for width in (*(each for each in WIDTHS if each < widest and not within), widest):
        height = max(1, round(image.height * width / image.width))
        if within:
            # Of a picture so narrow that one pixel of width is too much.
            height = min(height, within[1])
        part = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        # What a format's writer finds here it would write.
        part.info = {}
        file = io.BytesIO()
        part.save(file, "WEBP", lossless=flat, quality=80 if flat else QUALITY, method=4)
        files[width] = file.getvalue()
    return Drawn(height, files)


def _widest(image: Image.Image, width: int, height: int) -> int:
    return max(1, min(image.width, width, image.width * height // image.height))


def main(folder: str, *within: str) -> None:
    """Reads a file from standard input, writes the pictures into the folder and says what they are."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        width_and_height = (int(within[0]), int(within[1])) if within else None
        drawn = drawn_here(sys.stdin.buffer.read(MOST_BYTES + 1), width_and_height)
    except Refused as refused:
        said: dict[str, object] = {"refused": str(refused)}
    else:
        for width, data in drawn.files.items():
            (Path(folder) / f"{width}.webp").write_bytes(data)
        said = {"height": drawn.height, "widths": list(drawn.files)}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:])
