"""One line a log record, as text or JSON; control characters escaped, long values cut."""

import json
import logging
import re
from datetime import UTC, datetime
from textwrap import indent

LONGEST = 512
BESIDE = ("message", "asctime", "taskName", "request", "server_time")
STANDARD = frozenset(vars(logging.makeLogRecord({}))).union(BESIDE)

# Whoever reads a log must not be able to open what a mailed link opens, or learn who wrote.
LINK = re.compile(r"(/(?:for-schools/(?:confirm|my|reminders)|preview|admin/once)/)[^/\s?&#'\"]{20,}")
MAIL_ADDRESS = re.compile(r"[^\s<>()\[\],;:'\"=/@]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")


def impersonal(text: str) -> str:
    """The text without keys of mailed links and without mail addresses."""
    return MAIL_ADDRESS.sub("(mail address)", LINK.sub(r"\1(key)", text))


def plain(value: object) -> str:
    """The value on one line: a stored name must not be able to forge a log line or colour a terminal."""
    shown = impersonal(str(value))
    shown = shown if len(shown) <= LONGEST else shown[:LONGEST] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in shown)


def trace(text: str) -> str:
    """A traceback, each line like any other value: its last one repeats what somebody sent."""
    return "\n".join(plain(line) for line in text.split("\n"))


class TextLines(logging.Formatter):
    """`12:00:01 INFO listings.load event key=value`."""

    def format(self, record: logging.LogRecord) -> str:
        when = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%d %H:%M:%SZ")
        extra = "".join(f" {key}={plain(value)}" for key, value in extras(record).items())
        line = f"{when} {record.levelname} {record.name} {plain(record.getMessage())}{extra}"
        if not record.exc_info:
            return line
        # Set in, so that no line of it begins like one of ours.
        return f"{line}\n{indent(trace(self.formatException(record.exc_info)), '  ')}"


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, the record's extras and its traceback."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": plain(record.getMessage()),
        } | {key: plain(value) for key, value in extras(record).items()}
        if record.exc_info:
            entry["traceback"] = trace(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


def extras(record: logging.LogRecord) -> dict[str, object]:
    """What the caller passed as `extra`, requests and the like left out."""
    return {key: value for key, value in vars(record).items() if key not in STANDARD}
