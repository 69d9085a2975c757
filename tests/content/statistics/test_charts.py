"""Charts are sound SVG with words beside the picture, whatever the values."""

import re
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from content.lib.charts import PLOT_HEIGHT, WIDTH, Point, history, spread
from content.lib.figures import format_value
from tests.proof import count

SEEDED = settings(max_examples=count(500), derandomize=True, deadline=None)
numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
points = st.builds(Point, st.dates(date(1990, 1, 1), date(2040, 1, 1)), numbers, texts, texts)
segments = st.lists(
    st.lists(points, max_size=5).map(lambda found: sorted(found, key=lambda point: point.at)), max_size=4
)


def parse(svg: str) -> ElementTree.Element:
    assert "style=" not in svg
    assert "<script" not in svg
    return ElementTree.fromstring(svg)


@SEEDED
@given(segments=segments, title=texts)
def test_a_history_is_sound_within_its_frame_and_told_in_words(segments, title):
    drawn = [segment for segment in segments if segment]
    svg = history(segments, name="plot", title=title)
    if sum(len(segment) for segment in drawn) < 2:
        assert svg == ""
        return
    root = parse(svg)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "plot-title plot-told"
    told = {each.get("id"): each.text or "" for each in root.iter() if each.get("id")}
    assert told["plot-title"] == title
    assert all(point.said in told["plot-told"] for segment in drawn for point in segment)
    lines = [each for each in root.iter() if each.tag.endswith("polyline")]
    assert [len(line.get("points").split()) for line in lines] == [len(segment) for segment in drawn]
    for dot in (each for each in root.iter() if each.tag.endswith("circle")):
        assert 0 <= float(dot.get("cx")) <= WIDTH
        assert 0 <= float(dot.get("cy")) <= PLOT_HEIGHT
    assert svg.count("chart-break") == len(drawn) - 1


@SEEDED
@given(values=st.lists(numbers, min_size=5, max_size=5).map(sorted), words=texts)
def test_a_spread_is_sound_within_its_frame(values, words):
    svg = spread([(words, value, words) for value in values], name="bar", title=words)
    if values[0] == values[-1]:
        assert svg == ""
        return
    places = [float(each) for each in re.findall(r' x[12]?="(-?[\d.]+)"', svg)]
    assert parse(svg).get("role") == "img"
    assert min(places) >= 0
    assert max(places) <= WIDTH


def test_values_are_said_with_their_units():
    said = [
        format_value(Decimal(value), unit, per)
        for value, unit, per in [
            ("51140.0000", "USD", "year"),
            ("24.5900", "USD", "hour"),
            ("15", "USD", "hour"),
            ("0.5", "USD", ""),
            ("-3.7", "percent", ""),
            ("7.0000", "percent", ""),
            ("12345", "awards", ""),
            ("1", "schools", ""),
            ("0", "awards", ""),
            ("14200.0", "openings", "year"),
            ("100", "", ""),
        ]
    ]
    assert said == [
        "$51,140 a year",
        "$24.59 an hour",
        "$15.00 an hour",
        "$0.50",
        "\N{MINUS SIGN}3.7%",
        "7%",
        "12,345 awards",
        "1 school",
        "0 awards",
        "14,200 openings a year",
        "100",
    ]
    assert format_value(None, "USD") == ""
