"""Files that no row names go after a day; whatever crashes, a row never loses its files."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from django.test import TestCase

from content import pictures
from content.lib.images import Drawn
from content.models import Picture
from content.pictures import folder, store, sweep, write
from tasks import upkeep
from tests.build import make_picture

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DRAWN = Drawn(20, {30: b"narrow", 60: b"wide"})


@pytest.fixture(autouse=True)
def own_media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def names() -> set[str]:
    return {path.name.partition("-")[0] for path in folder().iterdir()}


def age(stem: str, when: datetime) -> None:
    for path in folder().glob(f"{stem}-*"):
        os.utime(path, (when.timestamp(), when.timestamp()))


def test_the_nightly_job_removes_what_no_row_names_and_keeps_the_rest() -> None:
    kept, old, young = make_picture().stem, write(DRAWN), write(DRAWN)
    age(kept, NOW - timedelta(days=900))
    age(old, NOW - timedelta(hours=25))
    age(young, NOW - timedelta(hours=23))
    assert upkeep.purge(lambda: None, NOW)["files"] == 2
    assert names() == {kept, young}
    assert upkeep.purge(lambda: None, NOW)["files"] == 0


def test_it_finds_nothing_where_nothing_was_uploaded() -> None:
    assert sweep(NOW) == 0


def test_it_works_in_batches_and_holds_its_claim_before_each(monkeypatch) -> None:
    monkeypatch.setattr(pictures, "BATCH", 4)
    for _ in range(5):
        age(write(DRAWN), NOW - timedelta(days=2))
    renewed: list[int] = []
    assert sweep(NOW, renew=lambda: renewed.append(1)) == 10
    assert len(renewed) == 3


def test_a_crash_before_the_row_leaves_files_alone(monkeypatch) -> None:
    picture = make_picture()
    before = picture.stem

    def crash(*_: object, **__: object) -> None:
        raise SystemExit

    monkeypatch.setattr(Picture, "save", crash)
    with pytest.raises(SystemExit):
        store(picture, DRAWN, by=None)
    stored = Picture.objects.get()
    assert stored.stem == before
    assert names() == {before, picture.stem}
    age(picture.stem, NOW - timedelta(days=2))
    sweep(NOW)
    assert names() == {before}


def test_a_crash_while_the_files_are_written_leaves_the_row_as_it_was(monkeypatch) -> None:
    picture = make_picture()
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError("No space left on device")))
    with pytest.raises(OSError, match="No space"):
        store(picture, DRAWN, by=None)
    stored = Picture.objects.get()
    assert [(folder() / f"{stored.stem}-{width}.webp").exists() for width in stored.widths] == [True, True]


def test_a_file_that_was_replaced_stays_a_day_from_then() -> None:
    picture = make_picture()
    first = picture.stem
    age(first, NOW - timedelta(days=900))
    with TestCase.captureOnCommitCallbacks(execute=True):
        store(picture, DRAWN, by=None)
    replaced = datetime.now(UTC)
    assert sweep(replaced + timedelta(hours=23)) == 0
    assert names() == {first, picture.stem}
    assert sweep(replaced + timedelta(hours=25)) == 2
    assert names() == {picture.stem}


def test_a_picture_that_was_deleted_goes_a_day_later() -> None:
    picture = make_picture()
    age(picture.stem, NOW - timedelta(days=900))
    with TestCase.captureOnCommitCallbacks(execute=True):
        pictures.remove(picture)
    deleted = datetime.now(UTC)
    assert sweep(deleted + timedelta(hours=23)) == 0
    assert sweep(deleted + timedelta(hours=25)) == 2
