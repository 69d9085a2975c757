"""Revisions: texts are edited here, as drafts, and go on from here to review and to readers."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST, require_safe

from content import publishing
from content.admin import comparing, moving, previewing, unsaved
from content.admin.access import PartOfDraft, editor, may_publish, seen
from content.admin.picking import pick
from content.admin.saving import RevisionForm, as_new_draft, compared
from content.comparing import MARKS, TEXTS
from content.drafting import copy_to_draft, hold, keep
from content.models import FactBox, Revision

State = Revision.State


class StateFilter(admin.SimpleListFilter):
    """Earlier saves are left out unless they are asked for."""

    title = "where it stands"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("draft", "Draft"),
            ("in-review", "In review"),
            ("approved", "Approved, not published"),
            ("scheduled", "Scheduled"),
            ("public", "Readers see it"),
            ("unsaved", "You have unsaved text"),
            ("kept", "Earlier saves"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Revision]) -> QuerySet[Revision]:
        chosen = {
            "draft": Q(state=State.DRAFT),
            "in-review": Q(state=State.IN_REVIEW),
            "approved": Q(pk__in=Revision.objects.unpublished().order_by().values("pk")),
            "scheduled": Q(next_of__isnull=False),
            "public": Q(pk__in=Revision.objects.live().order_by().values("pk")),
            "unsaved": Q(unsaved_texts__editor=editor(request)),
            "kept": Q(state=State.KEPT),
        }
        return queryset.filter(chosen.get(self.value() or "", ~Q(state=State.KEPT)))


class FactBoxInline(admin.StackedInline[FactBox, Revision]):
    """The boxes of a text; each line leads to its own page, and a box to a page where lines are added."""

    model = FactBox
    extra = 0
    show_change_link = True
    readonly_fields = ["lines"]
    fields = [("title", "position"), "lines"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[FactBox]:
        return super().get_queryset(request).prefetch_related("facts")

    @admin.display(description="Lines")
    def lines(self, box: FactBox) -> SafeString | str:
        if box.pk is None:
            return "After the box is saved"
        pages = [
            (reverse("admin:content_fact_change", args=[fact.pk]), fact.label) for fact in box.facts.all()
        ]
        links = format_html_join("", '<li><a href="{}">{}</a></li>', pages)
        more = reverse("admin:content_factbox_change", args=[box.pk])
        return format_html(
            '<ul class="fact-lines">{}<li><a href="{}">All, or add one</a></li></ul>', links, more
        )


@admin.register(Revision)
class RevisionAdmin(PartOfDraft, admin.ModelAdmin[Revision]):
    """A draft is edited and moved on; everything else is read, compared, previewed and restored."""

    form = RevisionForm
    list_display = ["title", "article", "number", "state", "created_at", "created_by"]
    list_filter = [StateFilter, "article__status", "article__kind", "created_at"]
    list_select_related = ["article", "created_by"]
    search_fields = ["title", "article__slug", "lead", "body"]
    inlines = [FactBoxInline]
    actions = ["approve", "publish_now", "start_draft"]
    change_form_template = "admin/content/revision/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        mine = Revision.objects.seen_by(editor(request)).order_by().values("pk")
        return super().get_queryset(request).filter(pk__in=mine)

    def get_urls(self) -> list[URLPattern]:
        def page(view: Any) -> Any:
            def shown(request: HttpRequest, pk: int, **named: Any) -> HttpResponse:
                answer: HttpResponse = view(request, seen(request, pk), self.admin_site, **named)
                return answer

            return self.admin_site.admin_view(shown)

        def posted(view: Any) -> Any:
            return require_POST(page(view))

        urls = [
            ("compare", require_safe(page(comparing.compare_page)), "compare"),
            ("restore", posted(moving.restore), "restore"),
            ("move/<slug:name>", posted(moving.move), "move"),
            ("preview", require_safe(page(previewing.frames)), "preview"),
            ("preview/link", posted(previewing.make), "preview_link"),
            ("unsaved", page(lambda request, revision, _site: unsaved.keeping(request, revision)), "unsaved"),
        ]
        own = [
            path(f"<int:pk>/{where}/", view, name=f"content_revision_{name}") for where, view, name in urls
        ]
        own += [
            path(
                "pick/<slug:kind>/",
                self.admin_site.admin_view(require_safe(pick)),
                name="content_revision_pick",
            )
        ]
        return [*own, *super().get_urls()]

    def get_fields(self, request: HttpRequest, obj: Revision | None = None) -> Any:
        """What belongs to the form alone is not shown beside a text that is only read."""
        own = [*TEXTS, *MARKS]
        return [*own, "publish_at", "base"] if self.has_change_permission(request, obj) else own

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A revision begins at its article: with it, or as a copy of an earlier one."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Revision | None = None) -> bool:
        """No text is deleted: a draft that nobody wants is put aside."""
        return False

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return may_publish(request)

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return editor(request).has_perm("content.approve_revision")

    def get_view_on_site_url(self, obj: Revision | None = None) -> str | None:
        """Where readers see nothing of the article, the link would lead to "not found"."""
        seen_by_readers = obj and Revision.objects.live().filter(article=obj.article_id).exists()
        return super().get_view_on_site_url(obj) if seen_by_readers else None

    @method_decorator(csp_override(previewing.FRAMING))
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        context = {**(extra_context or {})}
        if object_id is None or not object_id.isdecimal():
            return super().changeform_view(request, object_id, form_url, context)
        stored = seen(request, int(object_id))
        context |= unsaved.offer(request, stored)
        if request.method != "POST" or not self._may_write(request, stored):
            context |= moving.standing(request, stored)
            return super().changeform_view(request, object_id, form_url, context)
        with transaction.atomic():
            stored = hold(stored.pk) or stored
            if not stored.is_open():
                draft = as_new_draft(request, stored, editor(request))
                object_id, form_url = str(draft.pk), reverse("admin:content_revision_change", args=[draft.pk])
                text = "This text cannot be changed any more, so what you wrote is a new draft."
                self.message_user(request, text, messages.WARNING)
            elif meanwhile := compared(request, stored):
                context["meanwhile"] = meanwhile
            context |= moving.standing(request, stored)
            return super().changeform_view(request, object_id, form_url, context)

    def _may_write(self, request: HttpRequest, revision: Revision) -> bool:
        return editor(request).has_perm("content.change_revision") and (
            revision.is_open_to(editor(request)) or revision.state == State.APPROVED
        )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        texts = unsaved.restored(request, obj) if obj else {}
        return type(form.__name__, (form,), {"restored": texts}) if texts else form

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Revision, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """After another's save the facts boxes are those that are stored, not those that were sent."""
        given: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if "_look" in request.POST:
            del given["data"], given["files"]
        return given

    def save_model(self, request: HttpRequest, obj: Revision, form: Any, change: bool) -> None:
        """Stored by `save_related`, which knows whether anything changed."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        if form.changes_the_text() or any(formset.has_changed() for formset in formsets):
            draft = form.instance
            draft.number = keep(draft.pk, base=draft.number, by=editor(request))
            draft.save(update_fields=list(TEXTS))
        super().save_related(request, form, formsets, change)

    def response_change(self, request: HttpRequest, obj: Revision) -> HttpResponse:
        unsaved.forget(request)
        form = self.get_form(request, obj, change=True)(request.POST, instance=obj)
        return moving.after_save(request, obj, form) or super().response_change(request, obj)

    @admin.action(description="Approve", permissions=["approve"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Revision]) -> None:
        moving.each(request, queryset, lambda one, by: publishing.move("approve", one, by=by), "approved")

    @admin.action(description="Publish: readers see this revision from now on", permissions=["publish"])
    def publish_now(self, request: HttpRequest, queryset: QuerySet[Revision]) -> None:
        moving.each(request, queryset, lambda one, by: publishing.publish(one, by=by), "published")

    @admin.action(description="Start a draft from this revision", permissions=["change"])
    def start_draft(self, request: HttpRequest, queryset: QuerySet[Revision]) -> None:
        moving.each(request, queryset, lambda one, by: copy_to_draft(one, by=by), "begun as drafts")
