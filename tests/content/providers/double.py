"""A double of the wages API and the schools API on loopback, with faults that are switched on by name.

The forms of answers and errors are those that the publishers document or that public clients report.
"""

import gzip
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.content.http.servers import Handler, serving

KEY = "demo-key-1234"


@dataclass
class Double:
    """`pay` is the value of every series, unless `values` names it; `schools` how many there are."""

    url: str = ""
    fault: str = ""
    pay: str = "51140"
    year: str = "2026"
    values: dict[str, str] = field(default_factory=dict)
    schools: int = 120
    earnings: int | None = 34_000
    gone: str = ""
    asked: list[Any] = field(default_factory=list)

    def __call__(self, request: Handler) -> None:
        length = int(request.headers.get("Content-Length", 0))
        sent = request.rfile.read(length)
        self.asked.append(json.loads(sent) if sent else request.path)
        fault = FAULTS.get(self.fault)
        wages = request.path.startswith("/wages")
        answer = self.wages(json.loads(sent)["seriesid"]) if wages else self.page(request.path)
        if fault is None:
            request.send(json.dumps(answer).encode(), X_RateLimit_Remaining="999")
        else:
            fault(request, answer, self)

    def wages(self, series: list[str]) -> dict[str, Any]:
        rows = [{"seriesID": name, "data": [self.row(name)] * (name != self.gone)} for name in series]
        words = [f"Series does not exist for Series {self.gone}"] * (self.gone in series)
        return {
            "status": "REQUEST_SUCCEEDED",
            "responseTime": 9,
            "message": words,
            "Results": {"series": rows},
        }

    def row(self, name: str) -> dict[str, Any]:
        value = self.values.get(name, self.pay)
        note = [{"code": "2", "text": "Annual wages have been calculated"}]
        about = {"year": self.year, "period": "A01", "periodName": "Annual", "latest": "true"}
        return about | {"value": value, "footnotes": note}

    def page(self, path: str) -> dict[str, Any]:
        number = int(path.split("&page=")[1])
        first, last = number * 100, min(self.schools, number * 100 + 100)
        about = {"page": number, "total": self.schools, "per_page": 100}
        return {"metadata": about, "results": [self.school(each) for each in range(first, last)]}

    def school(self, number: int) -> dict[str, Any]:
        earnings = {"1_yr": {"overall_median_earnings": self.earnings}}
        programs = [
            {"code": "5107", "credential": {"level": level}, "earnings": earnings, "title": "Coding."}
            for level in (1, 2)
        ]
        return {
            "id": 100_000 + number,
            "school.name": f"School {number}",
            "latest.programs.cip_4_digit": programs,
        }


type Fault = Callable[[Handler, Any, Double], None]


def status(code: int, **headers: str) -> Fault:
    return lambda request, answer, double: request.send(b'{"error":{"code":"X"}}', code, **headers)


def raw(body: bytes) -> Fault:
    return lambda request, answer, double: request.send(body)


def changed(change: Callable[[Any], Any]) -> Fault:
    """The right answer with one thing changed in every value or school."""

    def send(request: Handler, answer: Any, double: Double) -> None:
        request.send(json.dumps(change(answer)).encode())

    return send


def values(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Fault:
    def every(answer: Any) -> Any:
        for series in answer["Results"]["series"]:
            series["data"] = [change(row) for row in series["data"]]
        return answer

    return changed(every)


def cut(request: Handler, answer: Any, double: Double) -> None:
    request.send(json.dumps(answer).encode()[:-40])


def drip(request: Handler, answer: Any, double: Double) -> None:
    body = json.dumps(answer).encode()
    request.send_response(200)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    for byte in body:
        request.wfile.write(bytes([byte]))
        time.sleep(0.05)


def huge(request: Handler, answer: Any, double: Double) -> None:
    request.send_response(200)
    request.send_header("Content-Length", str(2_000_000_000))
    request.end_headers()
    while True:
        request.wfile.write(b" " * 1_000_000)


def bomb(request: Handler, answer: Any, double: Double) -> None:
    request.send(gzip.compress(b" " * 60_000_000, 6), Content_Encoding="gzip")


def keep(part: float) -> Callable[[Any], Any]:
    """Only so much of the series or schools."""

    def some(answer: Any) -> Any:
        rows = answer["Results"]["series"] if "Results" in answer else answer["results"]
        del rows[int(len(rows) * part) :]
        return answer

    return some


def said(state: str, *words: str) -> Fault:
    return changed(lambda answer: {"status": state, "message": list(words), "Results": {}})


def without(name: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda row: {key: value for key, value in row.items() if key != name}


def second_page(fault: Fault) -> Fault:
    """The first page is right, the second is not."""

    def send(request: Handler, answer: Any, double: Double) -> None:
        if answer["metadata"]["page"]:
            fault(request, answer, double)
        else:
            request.send(json.dumps(answer).encode())

    return send


def shifted(answer: Any) -> Any:
    """A school moved from the first page to the second while it was read."""
    answer["results"][0]["id"] = 100_000
    return answer


def program(change: Callable[[dict[str, Any]], Any]) -> Fault:
    def every(answer: Any) -> Any:
        for school in answer["results"]:
            for each in school["latest.programs.cip_4_digit"]:
                change(each)
        return answer

    return changed(every)


NOT_PROCESSED = "REQUEST_NOT_PROCESSED"
TODAYS = (
    "Request could not be serviced, as the daily threshold for total number of requests has been reached."
)
WAGE_FAULTS: dict[str, Fault] = {
    "429": status(429),
    "429-later": status(429, Retry_After="7200"),
    "500": status(500),
    "503": status(503, Retry_After="nonsense"),
    "hang": lambda request, answer, double: time.sleep(2),
    "drip": drip,
    "garbage-html": raw(b"<html><body>Down for maintenance</body></html>"),
    "garbage-cut": cut,
    "garbage-utf8": raw(b'{"status": "\xff\xfe"}'),
    "garbage-bom": raw(b'\xef\xbb\xbf{"status": "REQUEST_SUCCEEDED"}'),
    "garbage-nan": raw(b'{"status": "REQUEST_SUCCEEDED", "value": NaN}'),
    "garbage-doubles": raw(b'{"status": "REQUEST_NOT_PROCESSED", "status": "REQUEST_SUCCEEDED"}'),
    "garbage-deep": raw(b"[" * 10_000 + b"]" * 10_000),
    "200-fail-quota": said(NOT_PROCESSED, TODAYS),
    "200-fail-key": said(NOT_PROCESSED, f"The key:{KEY} provided by the User is invalid."),
    "schema-renamed": values(lambda row: without("value")(row) | {"amount": "51140"}),
    "schema-number": values(lambda row: row | {"value": 51140}),
    "schema-period": values(without("period")),
    "schema-mark": values(lambda row: row | {"value": "n/a"}),
    "unit-thousands": values(lambda row: row | {"value": f"{float(row['value']) / 1000:.3f}"}),
    "partial": changed(keep(0.6)),
    "empty": changed(keep(0)),
    "implausible-zero": values(lambda row: row | {"value": "0"}),
    "implausible-negative": values(lambda row: row | {"value": "-51140"}),
    "implausible-jump": values(lambda row: row | {"value": str(int(float(row["value"]) * 5))}),
    "implausible-future": values(lambda row: row | {"year": "2031"}),
    "huge": huge,
    "bomb": bomb,
    "redirect-inside": status(302, Location="http://169.254.169.254/latest/meta-data/"),
    "redirect-loop": status(307, Location="/wages/"),
}
SCHOOL_FAULTS: dict[str, Fault] = {
    "schools-429": status(429),
    "schools-key": status(403),
    "schools-question": lambda request, answer, double: request.send(
        json.dumps({"errors": [{"error": "field_not_found", "message": "not a field"}]}).encode(), 400
    ),
    "schools-second-page": second_page(status(500)),
    "schools-shifted": second_page(changed(shifted)),
    "schools-partial": changed(keep(0.6)),
    "schools-empty": changed(lambda answer: {"metadata": {"total": 0, "page": 0}, "results": []}),
    "schools-string": program(
        lambda each: each.update(earnings={"1_yr": {"overall_median_earnings": "34000"}})
    ),
    "schools-renamed": program(lambda each: each.update(earnings={"first_yr": {}})),
    "schools-jump": program(
        lambda each: each.update(earnings={"1_yr": {"overall_median_earnings": 170_000}})
    ),
}
FAULTS = WAGE_FAULTS | SCHOOL_FAULTS


@contextmanager
def double() -> Iterator[Double]:
    answers = Double()
    with serving(answers) as server:
        answers.url = server.url
        yield answers
