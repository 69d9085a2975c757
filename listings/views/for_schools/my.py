"""The private page: what one speaks for, what was sent and where it stands, drafts, letters."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Count, Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from content.lib.pages import NumberedPagesMixin
from listings.models import Mailbox, Submission, SubmittedField
from listings.submissions.sending import subject_of
from listings.submissions.shown import name_of
from listings.views.for_schools.private import visiting

Field = SubmittedField.State
NEWEST_LETTERS: Final = 3
SHOWN_REASONS: Final = 3


class MyPage(NumberedPagesMixin, TemplateView):
    template_name = "listings/for_schools/my.html"
    page_anchor = "sent"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here: Mailbox = kwargs["here"]
        seen = Submission.objects.seen_by(here).exclude(state=Submission.State.DRAFT)
        pages = self.pages(seen.count())
        rows = list(_counted(seen.select_related("school"))[pages.start : pages.stop])
        reasons = _reasons(rows)
        return super().get_context_data(**kwargs) | {
            "claims": here.claims.select_related("school"),
            "drafts": here.submissions.filter(state=Submission.State.DRAFT).select_related("school"),
            "pages": pages,
            "rows": [(row, subject_of(row), _counts(row), reasons[row.pk]) for row in rows],
            "letters": here.letters.all()[:NEWEST_LETTERS],
        }


def _counted(rows: Any) -> Any:
    return rows.annotate(
        accepted=Count("fields", filter=Q(fields__state=Field.ACCEPTED)),
        returned=Count("fields", filter=Q(fields__state=Field.RETURNED)),
        waiting=Count("fields", filter=Q(fields__state=Field.WAITING)),
        withdrawn=Count("fields", filter=Q(fields__state=Field.WITHDRAWN)),
    )


def _counts(row: Any) -> list[str]:
    """How many fields stand where, in words; before it is confirmed that says nothing."""
    if row.state == Submission.State.UNCONFIRMED:
        return []
    names = ("waiting", "accepted", "returned", "withdrawn")
    return [f"{number} {name}" for name in names if (number := getattr(row, name))]


def _reasons(rows: Iterable[Submission]) -> dict[int, list[tuple[str, str]]]:
    """The first returned fields of each submission, in words, with their reasons."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    asked = [row.pk for row in rows if row.state in Submission.OPEN]
    for row in SubmittedField.objects.filter(submission__in=asked, state=Field.RETURNED):
        if len(found[row.submission_id]) < SHOWN_REASONS:
            found[row.submission_id].append((name_of(row), row.reason))
    return found


class Letters(NumberedPagesMixin, TemplateView):
    """Every mail that went out, or was to; a link that opens anything is in the mail alone."""

    template_name = "listings/for_schools/letters.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        letters = kwargs["here"].letters.all()
        pages = self.pages(letters.count())
        return super().get_context_data(**kwargs) | {"pages": pages, "letters": pages.cut(letters)}


@visiting
@require_safe
def my_page(request: HttpRequest, here: Mailbox) -> HttpResponseBase:
    return MyPage.as_view()(request, here=here)


@visiting
@require_safe
def letters(request: HttpRequest, here: Mailbox) -> HttpResponseBase:
    return Letters.as_view()(request, here=here)
