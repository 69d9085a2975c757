"""The queue of what schools sent, its pace, and acceptance in bulk for those who speak for their school."""

from typing import Any, NoReturn, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, Count, ExpressionWrapper, Prefetch, Q, QuerySet
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.timezone import localtime

from listings.admin import bulk_accepting, moderating
from listings.admin.federal import ReadOnlyAdmin
from listings.models import Submission, SubmissionQuerySet, SubmittedField
from listings.models.submission import PROMISED
from listings.submissions.pace import pace
from listings.submissions.risk import HIGH

State = Submission.State
CHANGE = "listings.change_submission"
SEE_CONTACTS = "listings.see_contacts"


class StandingFilter(admin.SimpleListFilter):
    """What waits is what the list begins with."""

    title = "where it stands"
    parameter_name = "standing"
    rows = {
        "late": Q(state=State.WAITING, queued_at__lte=Now() - PROMISED),
        "risky": Q(state=State.WAITING, risk__gte=HIGH),
        "returned": Q(state=State.RETURNED),
        "done": Q(state=State.DONE),
        "withdrawn": Q(state=State.WITHDRAWN),
        "all": Q(),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("late", "Waits past the promised day"),
            ("risky", "Waits, to look at twice"),
            ("returned", "Waits for the school"),
            ("done", "Decided"),
            ("withdrawn", "Withdrawn"),
            ("all", "Everything that was sent"),
        ]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [{**first, "display": "Waits for an editor"}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Submission]) -> QuerySet[Submission]:
        return queryset.filter(self.rows.get(self.value() or "", Q(state=State.WAITING)))


class TrustFilter(admin.BooleanFieldListFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "whether the sender speaks for the school"


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    list_display = ["reference", "what", "waits", "look_twice", "trusted", "waiting"]
    list_filter = [StandingFilter, "kind", ("is_trusted", TrustFilter)]
    list_select_related = ["school"]
    list_per_page = 50
    ordering = ["queued_at", "pk"]
    change_list_template = "admin/listings/submission/change_list.html"
    actions = ["accept_trusted"]

    def has_change_permission(self, request: HttpRequest, obj: Submission | None = None) -> bool:
        return request.user.has_perm(CHANGE)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(CHANGE)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        names = SubmittedField.objects.filter(program_key="", field="name")
        rows = cast(SubmissionQuerySet, super().get_queryset(request))
        rows = rows.sent().annotate(
            waiting_fields=Count("fields", filter=Q(fields__state="waiting")),
            is_late=ExpressionWrapper(Q(queued_at__lte=Now() - PROMISED), BooleanField()),
        )
        return rows.prefetch_related(Prefetch("fields", names, to_attr="names"))

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """A mail address is found by those alone who may see it."""
        own = ["reference__istartswith", "school__name", "=school__unitid"]
        return [*own, "=mailbox__address"] if request.user.has_perm(SEE_CONTACTS) else own

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> NoReturn:
        raise Http404

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        shown = {"title": "What schools sent", "pace": pace().in_words(), **(extra_context or {})}
        return super().changelist_view(request, shown)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The page of one submission; it decides field by field and saves nothing else."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST" and not self.has_change_permission(request):
            raise PermissionDenied
        return moderating.page(request, object_id, self)

    @admin.display(description="School and kind", ordering="school__name")
    def what(self, sent: Submission) -> SafeString:
        names: list[SubmittedField] = sent.names  # type: ignore[attr-defined]  # prefetched above
        new = names[0].value if names else "no name yet"
        return format_html("{}<br>{}", sent.school or f"New: {new}", sent.get_kind_display())

    @admin.display(description="Waits for", ordering="queued_at")
    def waits(self, sent: Submission) -> SafeString | str:
        """How long, the promised day, and whether that is past; of others where they stand."""
        if sent.state != State.WAITING or sent.queued_at is None or sent.promised_at is None:
            return sent.get_state_display()
        is_late: bool = sent.is_late  # type: ignore[attr-defined]  # annotated above
        day = date_format(localtime(sent.promised_at), "j M Y")
        due = format_html("<strong>late, due {}</strong>", day) if is_late else f"due {day}"
        return format_html("{}<br>{}", timesince(sent.queued_at, depth=1), due)

    @admin.display(description="Look twice", ordering="risk")
    def look_twice(self, sent: Submission) -> SafeString | str:
        if not sent.risk_reasons:
            return ""
        first, *others = sent.risk_reasons
        said = format_html("<strong>{}</strong> {}", sent.risk, first)
        if not others:
            return said
        more = format_html_join("", "<br>{}", ((reason,) for reason in others))
        return format_html("{}<details><summary>{} more</summary>{}</details>", said, len(others), more)

    @admin.display(description="Speaks for it", boolean=True, ordering="is_trusted")
    def trusted(self, sent: Submission) -> bool:
        return sent.is_trusted

    @admin.display(description="To decide", ordering="waiting_fields")
    def waiting(self, sent: Submission) -> int:
        return sent.waiting_fields  # type: ignore[attr-defined, no-any-return]  # annotated above

    @admin.action(
        description="Accept all fields, where the sender speaks for the school", permissions=["decide"]
    )
    def accept_trusted(self, request: HttpRequest, queryset: QuerySet[Submission]) -> HttpResponse | None:
        return bulk_accepting.page(request, queryset, self)
