"""The table of ZIP points that the site ships, and the command that makes it."""

import gzip
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from listings.distance import Point
from listings.zips import TABLE, ZipPoints, zip_points

LINES = "GEOID,LAT,LONG,COUNTRY\n43215,39.9671,-83.0044,US\n00601,18.180555,-66.749961,US\n"


@pytest.fixture
def gazetteer(tmp_path: Path) -> Path:
    file = tmp_path / "gazetteer.csv.gz"
    file.write_bytes(gzip.compress(LINES.encode()))
    return file


def test_the_command_sorts_rounds_and_writes_the_same_bytes_each_time(
    gazetteer: Path, tmp_path: Path
) -> None:
    made = [tmp_path / name for name in ("one.gz", "two.gz")]
    for out in made:
        call_command("make_zip_points", gazetteer, out=out, verbosity=0)
    assert made[0].read_bytes() == made[1].read_bytes()
    assert gzip.decompress(made[0].read_bytes()) == b"00601,18.181,-66.750\n43215,39.967,-83.004\n"


@pytest.mark.parametrize("content", [b"no gzip", gzip.compress(b"ZIP,X\n1,2\n", mtime=0), b""])
def test_the_command_refuses_another_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "wrong.csv.gz"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=r"wrong\.csv\.gz is no gzip file of ZIP code areas"):
        call_command("make_zip_points", file, out=tmp_path / "out.gz")
    assert not (tmp_path / "out.gz").exists()


def test_the_shipped_table_is_small_and_whole() -> None:
    assert TABLE.stat().st_size < 400_000
    assert len(zip_points()) > 33_000
    assert zip_points().point("43004") == Point(40.015, -82.804)
    assert zip_points().point("99999") is None


def test_areas_and_nearest_points() -> None:
    table = ZipPoints(["43001,40.000,-82.000", "43002,41.000,-83.000", "43101,39.000,-80.000"])
    assert table.area("430") == Point(40.5, -82.5)
    assert table.area("999") is None
    assert (table.nearest(Point(40.1, -82.0)) or ("", 0.0))[0] == "43001"
    assert table.nearest(Point(10.0, -82.0)) is None


@pytest.mark.reference
def test_the_shipped_table_is_made_of_the_census_file(reference: Path, tmp_path: Path) -> None:
    points = reference / "data" / "zip" / "zcta_centroids.csv.gz"
    call_command("make_zip_points", points, out=tmp_path / "made.gz")
    assert (tmp_path / "made.gz").read_bytes() == TABLE.read_bytes()
