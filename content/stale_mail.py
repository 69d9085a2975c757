"""The one mail a week that tells editors which figures are past their date: a row first, sent by a job."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone

from content.models import EditorsMail, Statistic
from content.models.statistic import StatisticQuerySet

KIND: Final = "stale-figures"
MOST_NAMED: Final = 30


def is_due(at: datetime | None = None) -> bool:
    """Whether something is stale and this week's mail is not written yet."""
    written = EditorsMail.objects.filter(kind=KIND, week=monday(at)).exists()
    return not written and Statistic.objects.stale(at).exists()


def write(at: datetime | None = None) -> dict[str, int]:
    """Writes this week's mail, if there is anything to say."""
    if not is_due(at):
        return {"written": 0}
    stale = Statistic.objects.stale(at).select_related("current").order_by(F("stale_at"), "key")
    count = stale.count()
    noun = "figure is" if count == 1 else "figures are"
    lines = [f"{count} {noun} past the date at which a newer value was to be expected:", ""]
    lines += [*_named(stale.of_publishers()), *_together(stale.of_the_directory())]
    lines += ["Readers see each with the note that it may be out of date. There is one such mail a week."]
    values = {"subject": f"{settings.SITE_NAME}: {count} {noun} past their date", "text": "\n".join(lines)}
    _mail, is_new = EditorsMail.objects.get_or_create(kind=KIND, week=monday(at), defaults=values)
    return {"written": int(is_new)}


def _named(stale: StatisticQuerySet) -> list[str]:
    """Each by its name, the longest stale first."""
    count = stale.count()
    lines = [_line(statistic) for statistic in stale[:MOST_NAMED]]
    lines += [f"and {count - MOST_NAMED} more."] if count > MOST_NAMED else []
    return [*lines, "", f"All of them: {_list('stale')}", ""] if lines else []


def _together(stale: StatisticQuerySet) -> list[str]:
    """Figures that one load of files makes new again are one line."""
    count = stale.count()
    said = f"{count} counted in the directory: load newer federal files. {_list('stale-directory')}"
    return [said, ""] if count else []


def _list(date: str) -> str:
    return f"{settings.SITE_URL}{reverse('admin:content_statistic_changelist')}?date={date}"


def _line(statistic: Statistic) -> str:
    period = statistic.current.period if statistic.current else "no value"
    receipt = f"{settings.SITE_URL}{reverse('statistic-detail', args=[statistic.key])}"
    return f"- {statistic.label} ({period}): {receipt}"


def unsent() -> QuerySet[EditorsMail]:
    return EditorsMail.objects.filter(sent_at=None)


def send(renew: Callable[[], None], at: datetime | None = None) -> dict[str, int]:
    """Sends what is written, to every editor that has an address, each by their own."""
    editors = User.objects.filter(is_active=True, is_staff=True).exclude(email="").order_by("pk")
    to = list(editors.values_list("email", flat=True))
    sent = 0
    for mail in unsent():
        renew()
        if to:
            EmailMessage(subject=mail.subject, body=mail.text, bcc=to).send()
        sent += mail.mark_sent(at=at)
    return {"sent": sent}


def monday(at: datetime | None) -> date:
    """The week that a mail of that moment belongs to."""
    today = timezone.localdate(at)
    return today - timedelta(days=today.weekday())
