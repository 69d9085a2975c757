"""What makes an editor look twice: reasons in words, each with its weight. It decides nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final

from content.lib.clock import database_now
from listings import stating
from listings.models import Mailbox, Statement, Submission, SubmittedField
from listings.submissions.domains import (
    DISPOSABLE,
    FREE_MAIL,
    hosts_of,
    looks_like,
    speaks_for,
)
from listings.submissions.federal import FederalValue, federal

Field = Statement.Field
TEXTS: Final = (Field.NAME, Field.PREREQUISITES, Field.CURRICULUM, Field.CLOSURE)
LINK: Final = re.compile(
    r"(?:https?:|www\.)\S*|<\s*a\b\S*|\[url\S*|\b[a-z0-9-]+\.(?:com|net|org|info|biz|ru|xyz|io)\b\S*", re.I
)
MANY_LINKS: Final = 2
# Shorter texts are alike by chance: “High school diploma.”
LONG_TEXT: Final = 60
LONG_TEXTS: Final = 5
MANY_SCHOOLS: Final = 3
SHARED: Final = frozenset(
    {"admin", "contact", "hello", "info", "mail", "marketing", "office", "sales", "webmaster"}
)
NEW_FOR: Final = timedelta(days=7)
MUCH: Final = (timedelta(hours=24), 5)
NUMBERS: Final[dict[str, Callable[[Any], int]]] = {
    Field.TUITION: lambda value: int(value["amount"]),
    Field.MONTHS: int,
}
FAR: Final = 3
# From here on a submission stands in the list of those to look at twice.
HIGH: Final = 40


@dataclass
class Look:
    """What the signs are read from; each thing is asked once."""

    sent: Submission
    mailbox: Mailbox
    now: datetime

    @cached_property
    def fields(self) -> list[SubmittedField]:
        return list(self.sent.fields.all())

    @cached_property
    def hosts(self) -> set[str]:
        return hosts_of(self.sent.school) if self.sent.school else set()

    @cached_property
    def texts(self) -> list[SubmittedField]:
        return [row for row in self.fields if row.field in TEXTS and row.value]

    @cached_property
    def federal(self) -> dict[tuple[str, str], FederalValue]:
        return federal(self.sent.school)


def assess(sent: Submission, *, at: datetime | None = None) -> tuple[int, list[str]]:
    """The risk from 0 to 100 and its reasons, the heaviest first; 0 where nobody is known to have sent it."""
    if sent.mailbox is None:
        return 0, []
    look = Look(sent, sent.mailbox, at or database_now())
    found = [(weight, reason) for weight, sign in SIGNS if (reason := sign(look))]
    return min(100, sum(weight for weight, _ in found)), [reason for _, reason in found]


def _look_alike(look: Look) -> str:
    host = next((host for host in sorted(look.hosts) if looks_like(look.mailbox.domain, host)), "")
    return f"{look.mailbox.domain} looks like the school's own {host}, and is another domain." if host else ""


def _disposable(look: Look) -> str:
    known = look.mailbox.domain in DISPOSABLE
    return f"{look.mailbox.domain} gives addresses that are thrown away after use." if known else ""


def _same_text(look: Look) -> str:
    """The same words from several schools are an agency's, or a machine's."""
    long = [row for row in look.texts if len(_words(row)) >= LONG_TEXT]
    for row in sorted(long, key=lambda row: -len(_words(row)))[:LONG_TEXTS]:
        alike = SubmittedField.objects.filter(field=row.field, value=row.value)
        alike = alike.exclude(submission=look.sent).exclude(submission__state="draft")
        schools = {school or -sent for school, sent in alike.values_list("submission__school", "submission")}
        schools.add(look.sent.school_id or -look.sent.pk)
        if len(schools) >= MANY_SCHOOLS:
            label = stating.FIELDS[row.field].label
            return f"The same text under “{label}” was sent for {len(schools)} schools."
    return ""


def _links(look: Look) -> str:
    said = [*(_words(row) for row in look.texts), look.sent.note]
    count = sum(len(LINK.findall(text)) for text in said)
    return f"{count} links stand in its texts." if count >= MANY_LINKS else ""


def _far_numbers(look: Look) -> str:
    far = [row for row in look.fields if _is_far(row, look.federal.get((row.program_key, row.field)))]
    return f"{far[0]} is over {FAR} times away from the federal value." if far else ""


def _is_far(row: SubmittedField, file: FederalValue | None) -> bool:
    if file is None or row.value is None or row.field not in NUMBERS:
        return False
    sent, known = NUMBERS[row.field](row.value), NUMBERS[row.field](file.value)
    return bool(known) and (sent * FAR < known or sent > known * FAR)


def _other_domain(look: Look) -> str:
    domain, school = look.mailbox.domain, look.sent.school
    if school is None or domain in FREE_MAIL | DISPOSABLE or speaks_for(domain, school):
        return ""
    if not look.hosts:
        return f"We hold no site of the school that {domain} could belong to."
    return f"{domain} is not the school's own domain ({', '.join(sorted(look.hosts))})."


def _free_mail(look: Look) -> str:
    known = look.mailbox.domain in FREE_MAIL
    return f"Anybody can have an address at {look.mailbox.domain}." if known else ""


def _much(look: Look) -> str:
    time, most = MUCH
    if look.mailbox.created_at <= look.now - NEW_FOR:
        return ""
    count = look.mailbox.submissions.filter(sent_at__gt=look.now - time).count()
    return f"A new mailbox that sent {count} times within a day." if count >= most else ""


def _nobody(look: Look) -> str:
    said = look.mailbox.person or look.mailbox.position
    return "" if said else "The sender gave neither a name nor a position."


def _shared(look: Look) -> str:
    local = look.mailbox.address.partition("@")[0]
    return f"Several people may read a mailbox called “{local}”." if local in SHARED else ""


def _words(row: SubmittedField) -> str:
    return stating.FIELDS[row.field].in_words(row.value)


# Weight, and what finds the reason; points add up, and 100 is the most.
SIGNS: Final[tuple[tuple[int, Callable[[Look], str]], ...]] = (
    (50, _look_alike),
    (45, _disposable),
    (40, _same_text),
    (25, _links),
    (20, _far_numbers),
    (20, _much),
    (15, _other_domain),
    (15, _free_mail),
    (5, _nobody),
    (5, _shared),
)
