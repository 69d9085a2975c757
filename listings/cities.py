"""Cities as the loaded directory file has them, to measure distances from."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from listings import bystanders
from listings.models import Bystander, DataVersion, DirectoryRow, Place

LIKE: Final = {"ft": "fort", "mt": "mount", "st": "saint"}
KEY_LENGTH: Final = 200
CHUNK: Final = 2_000
COLUMNS: Final = ("name", "latitude", "longitude", "institutions")

Institution = tuple[str, str, float | None, float | None]


def city_key(name: str) -> str:
    """One spelling for lookups: no case, accents or punctuation, `St.` read as `Saint`."""
    bare = "".join(
        character
        for character in unicodedata.normalize("NFKD", name).casefold()
        if not unicodedata.combining(character) and character not in "'\u2019"
    )
    found = "".join(character if character.isalnum() else " " for character in bare).split()
    return " ".join(LIKE.get(word, word) for word in found)[:KEY_LENGTH]


@dataclass
class _City:
    names: Counter[str] = field(default_factory=Counter)
    latitude: float = 0.0
    longitude: float = 0.0


def prepare(version: DataVersion) -> list[Place]:
    """The cities of a version, by state and key."""
    found: dict[tuple[str, str], _City] = {}
    for name, state, latitude, longitude in _institutions(version):
        key = city_key(name)
        if not (key and state) or latitude is None or longitude is None:
            continue
        city = found.setdefault((state, key), _City())
        city.names[name] += 1
        city.latitude += latitude
        city.longitude += longitude
    return [_place(*where, city) for where, city in sorted(found.items())]


def apply(places: Iterable[Place]) -> None:
    """Puts in the prepared cities that differ from those there are; in a transaction."""
    must = {(place.state, place.key): place for place in places}
    gone = [old.pk for old in Place.objects.all() if not _take_out_same(must, old)]
    for start in range(0, len(gone), CHUNK):
        Place.objects.filter(pk__in=gone[start : start + CHUNK]).delete()
    Place.objects.bulk_create(must.values(), batch_size=CHUNK)


def _take_out_same(must: dict[tuple[str, str], Place], old: Place) -> bool:
    new = must.get((old.state, old.key))
    if new is None or any(getattr(new, column) != getattr(old, column) for column in COLUMNS):
        return False
    del must[old.state, old.key]
    return True


def _place(state: str, key: str, city: _City) -> Place:
    """The commonest spelling; of equally common ones the first by the alphabet."""
    number = city.names.total()
    name = min(city.names, key=lambda spelling: (-city.names[spelling], spelling))
    return Place(
        state=state,
        key=key,
        name=name,
        latitude=city.latitude / number,
        longitude=city.longitude / number,
        institutions=number,
    )


def _institutions(version: DataVersion) -> Iterator[Institution]:
    """City, state and point: schools of ours that the directory names, then the others of its file."""
    schools = DirectoryRow.objects.at_version(version.number).filter(absent_from=None)
    columns = ("city", "state", "latitude", "longitude")
    yield from schools.order_by("school").values_list(*columns).iterator(chunk_size=CHUNK)
    files = bystanders.directory_files(version.number, version.year)
    ours = set(schools.exclude(school__unitid=None).values_list("school__unitid", flat=True))
    for file in files:
        others = Bystander.objects.filter(file=file).order_by("unitid").values_list("unitid", "record")
        for unitid, record in others.iterator(chunk_size=CHUNK):
            if unitid not in ours:
                ours.add(unitid)
                yield _values(record, columns)


def _values(record: dict[str, Any], columns: Iterable[str]) -> Institution:
    city, state, latitude, longitude = (record[column] for column in columns)
    return city, state, latitude, longitude
