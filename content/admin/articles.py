"""Articles and their revisions: what readers see changes by publishing alone."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from content import publishing
from content.admin import unsaved
from content.admin.access import NothingToSee, editor, may_publish, said
from content.admin.ruling import Rulings
from content.models import Article, ErrorReport, Revision
from content.ruling import RULE


class ArticleForm(forms.ModelForm[Article]):
    title = forms.CharField(
        max_length=200, required=False, help_text="Of its first revision, which opens when you save."
    )

    class Meta:
        model = Article
        fields = ["slug", "kind", "topic", "review_at"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["title"]
        else:
            self.fields["title"].required = True

    def clean_kind(self) -> str:
        """An article's address begins otherwise than a page's, and readers know one of them."""
        kind: str = self.cleaned_data["kind"]
        if self.instance.first_published_at and kind != self.instance.kind:
            raise forms.ValidationError(
                "Readers know its address, which goes by its kind. Write a new one instead."
            )
        return kind


class ArchiveForm(forms.Form):
    """How an address answers whose article is taken away."""

    to = forms.CharField(
        required=False,
        max_length=200,
        label="Send readers on to",
        help_text="An address of this site, such as /articles/. Empty: the address answers 410, gone.",
    )


class ReviewFilter(admin.SimpleListFilter):
    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("due", "Its date has come"), ("never", "Published, never reviewed")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() == "due":
            return queryset.filter(pk__in=Article.objects.review_due().values("pk"))
        never = queryset.filter(status=Article.Status.PUBLISHED, reviewed_at=None)
        return never if self.value() == "never" else queryset


@admin.register(Article)
class ArticleAdmin(Rulings, NothingToSee, admin.ModelAdmin[Article]):
    """An identity: its address and topic are changed here, its texts in revisions."""

    form = ArticleForm
    list_display = ["title", "slug", "kind", "status", "topic", "next_publish_at", "review_at"]
    list_filter = ["status", "kind", "topic", ReviewFilter, "last_published_at"]
    list_select_related = ["topic"]
    search_fields = ["slug", "revisions__title"]
    readonly_fields = ["status", "address", "next_publish_at", "first_published_at", "last_published_at"]
    readonly_fields += ["reviewed_at", "reviewed_by"]
    actions = ["archive", "mark_reviewed"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number")
        seen = Article.objects.seen_by(editor(request)).values("pk")
        shown = super().get_queryset(request).filter(pk__in=seen)
        return shown.annotate(newest_title=Subquery(newest.values("title")[:1]))

    def get_urls(self) -> list[URLPattern]:
        away = self.admin_site.admin_view(self.take_away)
        keeping = self.admin_site.admin_view(lambda request: unsaved.keeping(request, None))
        own = [
            path("<int:pk>/archive/", away, name="content_article_archive"),
            path("unsaved/", keeping, name="content_article_unsaved"),
        ]
        return [*own, *self.ruling_urls(), *super().get_urls()]

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Address and topic are seen by readers at once, so once public they are a publisher's to change."""
        if not super().has_change_permission(request, obj) or obj is None or may_publish(request):
            return super().has_change_permission(request, obj)
        known = obj.first_published_at or obj.next_publish_at
        return not known and all(text.is_open_to(editor(request)) for text in obj.revisions.all())

    def get_view_on_site_url(self, obj: Article | None = None) -> str | None:
        """Where readers see nothing of it, the link would lead to "not found"."""
        seen_by_readers = obj and Revision.objects.live().filter(article=obj).exists()
        return super().get_view_on_site_url(obj) if seen_by_readers else None

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return may_publish(request)

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return editor(request).has_perm("content.approve_revision")

    def get_fields(self, request: HttpRequest, obj: Article | None = None) -> Any:
        own = ["slug", "kind", "topic"] if obj is None else ["slug", "kind", "topic", "review_at"]
        return [*own, *self.readonly_fields] if obj else ["title", *own]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Article | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["title"]}

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """What was public keeps its address: it is archived, never deleted."""
        never_public = obj is None or obj.first_published_at is None
        return never_public and super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """With an article that nobody ever read go its texts, which are not deleted one by one."""
        gone, counts, _needed, protected = super().get_deleted_objects(objs, request)
        return gone, counts, set(), protected

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        queryset.filter(first_published_at=None).delete()

    @admin.display(description="Title", ordering="newest_title")
    def title(self, article: Article) -> str:
        return article.newest_title or article.slug  # type: ignore[attr-defined]  # annotated

    @admin.display(description="Address")
    def address(self, article: Article) -> SafeString:
        return format_html('<a href="{0}">{0}</a>', article.get_absolute_url())

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = unsaved.offer(request, None) | (extra_context or {})
        return super().add_view(request, form_url, context)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().get_changeform_initial_data(request), **unsaved.restored(request, None)}

    def response_add(self, request: HttpRequest, obj: Article, *args: Any, **kwargs: Any) -> HttpResponse:
        unsaved.forget(request)
        first = publishing.save_revision(obj, title=request.POST["title"], by=editor(request))
        return HttpResponseRedirect(reverse("admin:content_revision_change", args=[first.pk]))

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """A new address is a verb of its own, which leaves a redirect where readers knew the old one."""
        if change and "slug" in form.changed_data:
            wanted, obj.slug = obj.slug, form.initial["slug"]
            obj.save()
            publishing.rename(obj, slug=wanted, by=editor(request))
        else:
            super().save_model(request, obj, form, change)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        texts = (
            Revision.objects.seen_by(editor(request))
            .filter(article__pk=int(object_id) if object_id.isdecimal() else 0)
            .select_related("article", "created_by")
        )
        newest_first = list(texts.exclude(state=Revision.State.KEPT).order_by("-number"))
        context = {
            "live": texts.live().first(),
            "texts": newest_first,
            "unsaved_in": list(
                texts.filter(unsaved_texts__editor=editor(request)).values_list("pk", flat=True)
            ),
            "newest": newest_first[0] if newest_first else None,
            "may_archive": may_publish(request),
            "may_rule": editor(request).has_perm(RULE),
            "may_write": editor(request).has_perm("content.change_revision"),
            "reports": self._reports(request, object_id),
        }
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def _reports(self, request: HttpRequest, object_id: str) -> int:
        """How many readers' reports on it wait, as far as this editor may see them."""
        if not editor(request).has_perm("content.view_errorreport"):
            return 0
        article = int(object_id) if object_id.isdecimal() else 0
        return ErrorReport.objects.waiting().filter(article=article).count()

    def take_away(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks where readers are to go, and archives."""
        article = get_object_or_404(self.get_queryset(request), pk=pk)
        if not may_publish(request):
            raise PermissionDenied
        form = ArchiveForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                publishing.archive(article, by=editor(request), to=form.cleaned_data["to"])
            except ValidationError as error:
                form.add_error("to", said(error))
            else:
                messages.success(request, "Archived. Publish a text again to bring it back.")
                return HttpResponseRedirect(reverse("admin:content_article_change", args=[pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Archive: {article.slug}",
            "article": article,
            "form": form,
        }
        return TemplateResponse(request, "admin/content/article/archive.html", context)

    @admin.action(description="Archive: readers get 410, gone", permissions=["publish"])
    def archive(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        for article in queryset:
            publishing.archive(article, by=editor(request))
        self.message_user(request, f"{len(queryset)} archived.", messages.SUCCESS)

    @admin.action(description="I have reviewed these articles as readers see them", permissions=["approve"])
    def mark_reviewed(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        done = sum(article.mark_reviewed(by=editor(request)) for article in queryset)
        self.message_user(request, f"{done} marked as reviewed by you.", messages.SUCCESS)
