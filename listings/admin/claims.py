"""Claims of schools: evidence, the letter as a download, and granting, refusing, revoking."""

from typing import Any, Final, NoReturn, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.csp import CSP
from django.utils.decorators import method_decorator
from django.utils.timesince import timesince
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST

from listings.admin.federal import ReadOnlyAdmin
from listings.models import Claim, ContactLook
from listings.submissions import claims
from listings.submissions.domains import DISPOSABLE, FREE_MAIL, hosts_of, looks_like

State = Claim.State
CHANGE: Final = "listings.change_claim"
READ_LETTER: Final = "listings.read_letter"
INERT: Final[dict[str, Any]] = {"default-src": [CSP.NONE], "sandbox": True, "frame-ancestors": [CSP.NONE]}
VERBS: Final = {"grant": claims.grant, "refuse": claims.refuse, "revoke": claims.revoke}
DONE: Final = {
    "grant": "Granted. What they sent and waits counts as sent by the school.",
    "refuse": "Refused. The person reads the reason.",
    "revoke": "Revoked. What was accepted stays until it is corrected.",
}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The person reads it. Needed to refuse and to revoke.",
    )


class StandingFilter(admin.SimpleListFilter):
    title = "where it stands"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        others = [(state.value, state.label) for state in State if state != State.WAITING]
        return [*others, ("all", "Every claim")]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [{**first, "display": State.WAITING.label}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        chosen = self.value()
        return queryset.filter(Q() if chosen == "all" else Q(state=chosen or State.WAITING))


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "domain", "basis", "state", "asked_at", "age", "has_letter", "decided_by"]
    list_filter = [StandingFilter, "basis"]
    list_select_related = ["school", "mailbox", "decided_by"]
    search_fields = ["school__name", "=school__unitid"]

    def has_change_permission(self, request: HttpRequest, obj: Claim | None = None) -> bool:
        return request.user.has_perm(CHANGE)

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> NoReturn:
        raise Http404

    def get_urls(self) -> list[URLPattern]:
        letter = self.admin_site.admin_view(require_POST(self.letter))
        return [path("<int:pk>/letter/", letter, name="listings_claim_letter"), *super().get_urls()]

    @admin.display(description="Domain of the address")
    def domain(self, claim: Claim) -> str:
        return claim.mailbox.domain

    @admin.display(description="Since")
    def age(self, claim: Claim) -> str:
        return timesince(claim.asked_at, depth=1)

    @admin.display(description="Letter", boolean=True)
    def has_letter(self, claim: Claim) -> bool:
        return bool(claim.letter)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The evidence, and the decision."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST" and not self.has_change_permission(request):
            raise PermissionDenied
        rows = Claim.objects.select_related("school", "mailbox", "decided_by")
        claim = get_object_or_404(rows, pk=object_id if object_id.isdecimal() and len(object_id) < 19 else 0)
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                return self._decided(request, claim, form.cleaned_data["reason"])
            except ValidationError as error:
                form.add_error("reason", error)
                claim.refresh_from_db()
        return self._shown(request, claim, form)

    def _decided(self, request: HttpRequest, claim: Claim, reason: str) -> HttpResponse:
        do = request.POST.get("do", "")
        if do not in VERBS:
            raise ValidationError("Press one of the buttons: grant, refuse or revoke.")
        VERBS[do](claim, by=cast(User, request.user), reason=reason)
        self.log_change(request, claim, DONE[do])
        messages.success(request, DONE[do])
        return HttpResponseRedirect(reverse("admin:listings_claim_changelist"))

    def _shown(self, request: HttpRequest, claim: Claim, form: ReasonForm) -> HttpResponse:
        mailbox, hosts = claim.mailbox, sorted(hosts_of(claim.school))
        context = {
            **self.admin_site.each_context(request),
            "title": str(claim),
            "opts": self.opts,
            "claim": claim,
            "form": form,
            "hosts": hosts,
            "look_alikes": [host for host in hosts if looks_like(mailbox.domain, host)],
            "is_free_mail": mailbox.domain in FREE_MAIL,
            "is_disposable": mailbox.domain in DISPOSABLE,
            "others": mailbox.claims.exclude(pk=claim.pk).select_related("school"),
            "of_school": claim.school.claims.exclude(pk=claim.pk).select_related("mailbox"),
            "may_decide": self.has_change_permission(request),
            "may_read_letter": bool(claim.letter) and request.user.has_perm(READ_LETTER),
            "may_see_contacts": request.user.has_perm("listings.see_contacts"),
        }
        return TemplateResponse(request, "admin/listings/claim/decide.html", context)

    @method_decorator(csp_override(INERT))
    def letter(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The file that was sent, never shown in the browser; who downloads it is written down."""
        if not request.user.has_perm(READ_LETTER):
            raise PermissionDenied
        claim = get_object_or_404(Claim.objects.exclude(letter=""), pk=pk)
        file = claims.folder() / claim.letter
        if not file.is_file():
            raise Http404
        ContactLook.objects.create(
            by=cast(User, request.user), of=f"letter of claim {claim.pk}", reason="To check the claim", rows=1
        )
        answer = HttpResponse(file.read_bytes(), content_type="application/octet-stream")
        answer["Content-Disposition"] = f'attachment; filename="claim-{claim.pk}{file.suffix}"'
        answer["X-Content-Type-Options"] = "nosniff"
        return answer
