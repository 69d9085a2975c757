"""What the lint keeps from readers, what a waiver lets through, and how live texts stand today."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from content.lib.clock import database_now
from content.lint.finding import Finding, Level
from content.lint.known import Known
from content.lint.reading import from_revision
from content.lint.run import lint
from content.models import Revision, RevisionQuerySet, TextCheck, Waiver

EVERY: Final = timedelta(hours=20)
FEWEST_LEFT: Final = 3


@dataclass(frozen=True)
class Judged:
    """A finding, and the waiver that lets it through, if there is one."""

    finding: Finding
    waiver: Waiver | None = None

    @property
    def blocks(self) -> bool:
        level = self.finding.level
        return level == Level.ERROR or (level == Level.WARNING and self.waiver is None)


def judge(revision: Revision, *, at: datetime | None = None, known: Known | None = None) -> list[Judged]:
    """Everything that the lint finds in a revision, errors first, each with its waiver."""
    known = known or Known(at)
    waivers = list(Waiver.objects.valid(known.at).filter(article=revision.article_id))
    return [Judged(each, _waiver(each, waivers)) for each in lint(from_revision(revision), known)]


def _waiver(finding: Finding, waivers: list[Waiver]) -> Waiver | None:
    if finding.level != Level.WARNING:
        return None
    mine = (each for each in waivers if each.code == finding.code)
    return next((each for each in mine if each.text in ("", finding.text)), None)


def blocking(revision: Revision, *, at: datetime | None = None) -> list[Finding]:
    """What keeps a revision from readers at a moment: errors, and warnings without a valid waiver."""
    return [each.finding for each in judge(revision, at=at) if each.blocks]


def refusals(revision: Revision, *, at: datetime | None = None) -> list[str]:
    """The same as sentences for the editor who wants to publish it."""
    found = blocking(revision, at=at)
    said = [f"{_where(each)}: {each.message} {each.suggestion} ({each.code})" for each in found[:FEWEST_LEFT]]
    left = len(found) - len(said)
    more = [f"{left} more stand below the text." if left > 1 else "One more stands below the text."]
    return [*said, *(more if left else [])]


def _where(finding: Finding) -> str:
    named = finding.field.capitalize()
    return f"{named}, line {finding.line}" if finding.field == "body" else named


def unchecked(at: datetime | None = None) -> RevisionQuerySet:
    """Texts that readers see and that nobody looked at since yesterday."""
    now = at or database_now()
    fresh = Q(text_check__checked_at__gt=now - EVERY)
    return Revision.objects.live(at).exclude(fresh).select_related("article").order_by("pk")


def check_live(at: datetime | None = None, *, renew: Callable[[], None] = lambda: None) -> dict[str, int]:
    """Looks at each of them; what was said of texts that readers see no longer goes."""
    known = Known(at)
    counts = {"checked": 0, "failing": 0}
    for revision in list(unchecked(known.at)):
        renew()
        found = Counter(each.finding.level for each in judge(revision, known=known) if _counts(each))
        columns = {f"{level}s": found[level] for level in Level}
        TextCheck.objects.update_or_create(revision=revision, defaults={**columns, "checked_at": known.at})
        counts["checked"] += 1
        counts["failing"] += bool(found[Level.ERROR] or found[Level.WARNING])
    TextCheck.objects.exclude(revision__in=Revision.objects.live(at)).delete()
    return counts


def _counts(judged: Judged) -> bool:
    return judged.blocks or judged.finding.level == Level.INFO
