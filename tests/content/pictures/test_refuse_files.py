"""A file that is no picture, or one made to hurt: a sentence, the texts of the form kept, nothing stored.

Rows A10, A11 and A12 of the attacks on a site with uploads.
"""

import io
import random
import re
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from content.lib import images
from content.models import Picture
from content.pictures import folder
from tests.content.pictures import files
from tests.content.pictures.uploading import TEXTS, errors, upload
from tests.content.workflow.people import logged_in, make_editor
from tests.proof import count

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SECRETS = (b"SECRET", b"Exif", b"EXIF", b"GPS", b"ICCP", b"XMP", b"<script", b"<?php", b"PK\x03\x04")


@pytest.fixture
def author() -> Client:
    return logged_in(make_editor("Author"))


@pytest.fixture(autouse=True)
def own_media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def stored() -> list[str]:
    return sorted(path.name for path in folder().iterdir()) if folder().exists() else []


@pytest.mark.parametrize("kind", files.REFUSED)
def test_a10_a11_it_refuses_with_a_sentence_and_keeps_the_texts(author: Client, kind: str) -> None:
    name, data = files.REFUSED[kind]
    answer = upload(author, data, name)
    (said,) = errors(answer)["file"]
    assert re.fullmatch(r"[A-Z][^<>]+\.", said), said
    assert re.search(r"[Ss]ave|Choose", said), said
    form = LexborHTMLParser(answer.content.decode())
    for field, value in TEXTS.items():
        if field != "licence":
            assert form.css_first(f"[name={field}]").attributes.get("value", "") in (value, None)
    assert form.css_first("[name=licence] option[selected]").attributes["value"] == "own-work"
    assert (Picture.objects.count(), stored()) == (0, [])


@pytest.mark.parametrize("kind", files.TAKEN)
def test_a10_it_takes_odd_pictures_and_serves_them_drawn_anew(author: Client, kind: str) -> None:
    name, data = files.TAKEN[kind]
    assert upload(author, data, name).status_code == 302, kind
    picture = Picture.objects.get()
    for width in picture.widths:
        answer = Client().get(picture.address(width))
        assert answer["Content-Type"] == "image/webp"
        assert answer["X-Content-Type-Options"] == "nosniff"
        served = b"".join(answer)
        assert not [word for word in SECRETS if word in served]
        image = Image.open(io.BytesIO(served))
        assert (image.format, image.width) == ("WEBP", width)
        assert set(image.info) <= {"background", "loop", "timestamp", "duration"}
        assert not image.getexif()
    assert image.size == (picture.width, picture.height)


def test_a10_place_date_and_camera_are_gone_and_the_picture_stands_upright(author: Client) -> None:
    data = files.with_place()
    assert b"SECRETCAMERA" in data
    assert 0x8825 in Image.open(io.BytesIO(data)).getexif()
    upload(author, data, "IMG_2041.jpg")
    picture = Picture.objects.get()
    assert (picture.width, picture.height) == (200, 400)
    image = Image.open(folder() / f"{picture.stem}-200.webp")
    top, bottom = image.getpixel((100, 50)), image.getpixel((100, 350))
    assert (top[0] > 200, top[2] < 60) == (True, True)
    assert (bottom[2] > 200, bottom[0] < 60) == (True, True)


@pytest.mark.parametrize("name", files.NAMES)
def test_a12_no_path_comes_from_the_name_of_a_file(author: Client, name: str) -> None:
    answer = upload(author, files.saved(files.plain()), name)
    if answer.status_code == 302:
        picture = Picture.objects.get()
        assert stored() == [f"{picture.stem}-40.webp"]
        shown = author.get(answer["Location"]).content.decode()
        assert "etc/passwd" not in shown
        assert "settings.py" not in shown
    else:
        assert errors(answer)["file"]
        assert stored() == []
    assert [path.name for path in settings.MEDIA_ROOT.iterdir()] in ([], ["pictures"])


def test_a11_a_large_head_is_refused_before_anything_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(*_: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", load)
    monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.verify", load)
    for kind in ("png-vast", "png-30000", "png-10000", "png-ribbon", "webp-vast", "jpeg-vast"):
        with pytest.raises(images.Refused, match="pixels"):
            images.drawn_here(files.REFUSED[kind][1])


def test_a11_what_takes_too_long_or_too_much_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that decodes is cut off, by the clock or by its memory, and the form says so."""
    data = files.saved(files.plain(6000, 5000, "RGBA", (1, 2, 3, 4)))
    monkeypatch.setattr(images, "SECONDS", 0.05)
    began = time.monotonic()
    with pytest.raises(images.Refused, match="more time or memory"):
        images.draw(data)
    assert time.monotonic() - began < 20
    monkeypatch.undo()
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(images.Refused, match="more time or memory"):
        images.draw(data)


def test_a11_the_process_that_decodes_keeps_to_its_memory(tmp_path) -> None:
    """With less than a large picture takes it ends, and nothing comes of it."""
    program = (
        f"import runpy, sys; main = runpy.run_path({images.__file__!r})['main'];"
        " main.__globals__['MEMORY'] = int(sys.argv[2]); main(sys.argv[1])"
    )
    data = files.saved(files.plain(6000, 5000, "RGBA", (1, 2, 3, 4)))
    for memory, ends_well in ((images.MEMORY, True), (200_000_000, False)):
        command = [sys.executable, "-I", "-c", program, str(tmp_path), str(memory)]
        done = subprocess.run(command, input=data, capture_output=True, check=False)
        assert (done.returncode == 0, b"MemoryError" in done.stderr) == (ends_well, not ends_well)
        assert bool(done.stdout) == ends_well


def test_any_damage_is_refused_or_drawn() -> None:
    """Bytes changed, cut, doubled: never anything but a picture or a sentence."""
    chance = random.Random(4)
    kinds = [data for _, data in files.TAKEN.values() if len(data) < 5000]
    outcomes = {True: 0, False: 0}
    for _ in range(count(3000)):
        data = bytearray(chance.choice(kinds))
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(data))
            match chance.randrange(3):
                case 0:
                    data[at] = chance.randrange(256)
                case 1:
                    del data[at : at + chance.randint(1, 40)]
                case _:
                    data[at:at] = data[at : at + chance.randint(1, 40)]
            data = data or bytearray(b"\x00")
        try:
            drawn = images.drawn_here(bytes(data))
        except images.Refused:
            outcomes[False] += 1
        else:
            assert drawn.files[drawn.width][8:12] == b"WEBP"
            outcomes[True] += 1
    assert min(outcomes.values()) > 0


def test_a_form_without_a_file_says_so(author: Client) -> None:
    assert errors(upload(author, None))["file"] == ["Choose a picture."]
