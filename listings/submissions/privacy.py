"""Forgets in time, hands out and erases what is personal, as the register says."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from content.lib.clock import database_now
from listings.models import Mailbox, Submission, SubmittedField
from listings.submissions import claims
from listings.submissions.deciding import withdraw
from listings.submissions.register import ADDRESS, REGISTER, Kept

BATCH = 500


def purge(renew: Callable[[], None], at: datetime | None = None) -> dict[str, int]:
    """Forgets what was kept long enough, in short transactions; counts rows by the register's names."""
    now = at or database_now()
    counts = {kept.name: _forget(kept, now, renew) for kept in REGISTER if kept.over and kept != ADDRESS}
    counts[ADDRESS.name] = _forget_mailboxes(now, renew)
    counts["lost_letters"] = claims.sweep(now)
    return counts


def _forget(kept: Kept, now: datetime, renew: Callable[[], None]) -> int:
    if kept.over is None:
        return 0
    over, forgotten = kept.over(now), 0
    while keys := list(over.order_by().values_list("pk", flat=True)[:BATCH]):
        renew()
        # Asked again: what was saved or confirmed just now stays.
        forgotten += kept.forget(over.filter(pk__in=keys))
    return forgotten


def _forget_mailboxes(now: datetime, renew: Callable[[], None]) -> int:
    forgotten = 0
    while mailbox := when_over(now):
        renew()
        erase(mailbox, at=now)
        forgotten += 1
    return forgotten


def when_over(now: datetime) -> Mailbox | None:
    found: Mailbox | None = ADDRESS.over(now).first() if ADDRESS.over else None
    return found


def export(mailbox: Mailbox) -> list[dict[str, Any]]:
    """All that is kept of whoever writes with this address, one entry a row of the register.

    Each says what it is, why, how long and who sees it, and holds the rows; made for JSON
    (`DjangoJSONEncoder` for the dates).
    """
    return [_exported(kept, mailbox) for kept in REGISTER if kept.of]


def _exported(kept: Kept, mailbox: Mailbox) -> dict[str, Any]:
    rows = kept.of(mailbox) if kept.of else Mailbox.objects.none()
    columns = [name for name in (*kept.beside, *kept.fields) if name != "mailbox"]
    return {
        "what": kept.what,
        "why": kept.why,
        "how_long": kept.how_long,
        "who_sees": kept.who_sees,
        "rows": list(rows.order_by("pk").values(*columns)),
    }


def erase(mailbox: Mailbox, *, at: datetime | None = None) -> None:
    """Forgets a person at once: what waits is withdrawn, what stands on pages stays without a name.

    Whoever calls it made sure that the person asked. A second time it changes nothing.
    """
    now = at or database_now()
    with transaction.atomic():
        sent = Submission.objects.filter(mailbox=mailbox)
        for each in sent.filter(state__in=("waiting", "returned")):
            withdraw(each, at=now)
        accepted = SubmittedField.State.ACCEPTED
        sent.exclude(pk__in=sent.filter(fields__state=accepted).values("pk")).delete()
        for kept in REGISTER:
            if kept.of and kept != ADDRESS:
                kept.forget(kept.of(mailbox))
        # Reasons that editors gave, keys and letters go with the row.
        Mailbox.objects.filter(pk=mailbox.pk).delete()
