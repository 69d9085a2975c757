"""Articles and their revisions: what readers see changes by publishing alone."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminSplitDateTime
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from content import publishing
from content.drafting import copy_to_draft
from content.models import Article, Fact, FactBox, FactSource, RelatedLink, Revision


def editor(request: HttpRequest) -> User:
    """Who is logged in; the admin lets nobody else in."""
    return cast(User, request.user)


class ArticleForm(forms.ModelForm[Article]):
    title = forms.CharField(
        max_length=200, required=False, help_text="Of its first revision, which opens when you save."
    )

    class Meta:
        model = Article
        fields = ["slug", "kind", "topic"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["title"]
        else:
            self.fields["title"].required = True


class RevisionInline(admin.TabularInline[Revision, Article]):
    model = Revision
    extra = 0
    readonly_fields = ["number", "title", "state", "change_note", "created_at", "created_by"]
    exclude = ["summary", "lead", "body", "disclosures", "credentials", "specialties"]
    show_change_link = True
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False


class RelatedLinkForm(forms.ModelForm[RelatedLink]):
    class Meta:
        model = RelatedLink
        fields = ["target", "origin", "position", "reason"]

    def clean_origin(self) -> str:
        """A computed link that an editor touches becomes the editor's, or the next rebuild would undo it."""
        origin: str = self.cleaned_data["origin"]
        if self.has_changed() and origin == RelatedLink.Origin.COMPUTED:
            raise ValidationError("Choose pinned or vetoed: computed links are the machine's to change.")
        return origin


class RelatedLinkInline(admin.TabularInline[RelatedLink, Article]):
    model = RelatedLink
    form = RelatedLinkForm
    fk_name = "article"
    extra = 0
    autocomplete_fields = ["target"]


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin[Article]):
    form = ArticleForm
    list_display = ["title", "slug", "kind", "status", "topic", "next_publish_at", "last_published_at"]
    list_filter = [
        "status",
        "kind",
        "topic",
        ("reviewed_at", admin.EmptyFieldListFilter),
        "last_published_at",
    ]
    list_select_related = ["topic"]
    search_fields = ["slug", "revisions__title"]
    autocomplete_fields = ["topic"]
    readonly_fields = ["status", "address", "next_publish_at", "first_published_at", "last_published_at"]
    inlines = [RevisionInline, RelatedLinkInline]
    actions = ["archive", "mark_reviewed"]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """The front page links to the articles that nobody has reviewed."""
        return lookup == "reviewed_at__isnull" or super().lookup_allowed(lookup, value, request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number")
        return super().get_queryset(request).annotate(newest_title=Subquery(newest.values("title")[:1]))

    def get_fields(self, request: HttpRequest, obj: Article | None = None) -> Any:
        own = ["slug", "kind", "topic"]
        return [*own, *self.readonly_fields] if obj else ["title", *own]

    def get_inlines(self, request: HttpRequest, obj: Article | None) -> list[Any]:
        return self.inlines if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Article | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["title"]}

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """What was public keeps its address: it is archived, never deleted."""
        never_public = obj is None or obj.first_published_at is None
        return never_public and super().has_delete_permission(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        queryset.filter(first_published_at=None).delete()

    @admin.display(description="Title", ordering="newest_title")
    def title(self, article: Article) -> str:
        return article.newest_title or article.slug  # type: ignore[attr-defined]  # annotated

    @admin.display(description="Address")
    def address(self, article: Article) -> SafeString:
        return format_html('<a href="{0}">{0}</a>', article.get_absolute_url())

    def response_add(self, request: HttpRequest, obj: Article, *args: Any, **kwargs: Any) -> HttpResponse:
        first = publishing.save_revision(obj, title=request.POST["title"], by=editor(request))
        return HttpResponseRedirect(reverse("admin:content_revision_change", args=[first.pk]))

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        if "_new_revision" not in request.POST:
            return super().response_change(request, obj)
        newest = obj.revisions.order_by("-number").first()
        draft = (
            copy_to_draft(newest, by=editor(request))
            if newest
            else publishing.save_revision(obj, title=obj.slug, by=editor(request))
        )
        return HttpResponseRedirect(reverse("admin:content_revision_change", args=[draft.pk]))

    @admin.action(description="Archive: readers get 410, gone", permissions=["change"])
    def archive(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        for article in queryset:
            publishing.archive(article, by=editor(request))
        self.message_user(request, f"{len(queryset)} archived.", messages.SUCCESS)

    @admin.action(description="I have reviewed these articles as readers see them", permissions=["change"])
    def mark_reviewed(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        done = sum(article.mark_reviewed(by=editor(request)) for article in queryset)
        self.message_user(request, f"{done} marked as reviewed by you.", messages.SUCCESS)


class FactBoxInline(admin.TabularInline[FactBox, Revision]):
    model = FactBox
    extra = 0
    show_change_link = True


class RevisionForm(forms.ModelForm[Revision]):
    publish_at = forms.SplitDateTimeField(
        required=False,
        widget=AdminSplitDateTime,
        help_text="For “Publish on this date”; readers see it from that moment on.",
    )

    state = forms.ChoiceField(
        choices=[(state.value, state.label) for state in (Revision.State.DRAFT, Revision.State.IN_REVIEW)]
    )

    class Meta:
        model = Revision
        fields = [
            "title",
            "summary",
            "lead",
            "body",
            "disclosures",
            "credentials",
            "specialties",
            "change_note",
            "state",
        ]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if "_schedule" in self.data and not self.cleaned_data.get("publish_at"):
            self.add_error("publish_at", "Give the date and the time of publishing.")
        return cleaned


@admin.register(Revision)
class RevisionAdmin(admin.ModelAdmin[Revision]):
    """Texts are edited here, as drafts; what readers have seen is kept as it was."""

    form = RevisionForm
    list_display = ["title", "article", "number", "state", "created_at", "created_by"]
    list_filter = ["state", "article__status", "article__kind", "created_at"]
    list_select_related = ["article", "created_by"]
    search_fields = ["title", "article__slug", "lead", "body"]
    filter_horizontal = ["credentials", "specialties"]
    inlines = [FactBoxInline]
    actions = ["publish_now", "start_draft"]
    change_form_template = "admin/content/revision/change_form.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A revision begins at its article: with it, or as a copy of an earlier one."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Revision | None = None) -> bool:
        return (obj is None or obj.is_open()) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Revision | None = None) -> bool:
        return (obj is None or obj.is_open()) and super().has_delete_permission(request, obj)

    @admin.action(description="Publish: readers see this revision from now on", permissions=["change"])
    def publish_now(self, request: HttpRequest, queryset: QuerySet[Revision]) -> None:
        done = 0
        for revision in queryset:
            try:
                publishing.publish(revision, by=editor(request))
                done += 1
            except ValidationError as error:
                said = f"{revision} is not published. {' '.join(error.messages)}"
                self.message_user(request, said, messages.ERROR)
        if done:
            self.message_user(request, f"{done} published.", messages.SUCCESS)

    @admin.action(description="Start a draft from this revision", permissions=["change"])
    def start_draft(self, request: HttpRequest, queryset: QuerySet[Revision]) -> None:
        for revision in queryset:
            copy_to_draft(revision, by=editor(request))
        self.message_user(request, f"{len(queryset)} drafts begun.", messages.SUCCESS)

    def response_change(self, request: HttpRequest, obj: Revision) -> HttpResponse:
        by, at = editor(request), request.POST
        try:
            if "_publish" in at:
                publishing.publish(obj, by=by)
                self.message_user(request, f"“{obj.title}” is published.", messages.SUCCESS)
            elif "_schedule" in at:
                form = self.get_form(request, obj)(request.POST, instance=obj)
                form.is_valid()
                publishing.schedule(obj, publish_at=form.cleaned_data["publish_at"], by=by)
                self.message_user(request, f"“{obj.title}” is scheduled.", messages.SUCCESS)
            else:
                return super().response_change(request, obj)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(request.path)
        return HttpResponseRedirect(reverse("admin:content_article_change", args=[obj.article_id]))


class OpenRevisionOnly:
    """Facts may change as long as their revision may."""

    def revision(self, obj: Any) -> Revision:
        return cast(Revision, obj.revision if isinstance(obj, FactBox) else obj.box.revision)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or self.revision(obj).is_open()) and super().has_change_permission(request, obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or self.revision(obj).is_open()) and super().has_delete_permission(request, obj)  # type: ignore[misc]


class FactInline(admin.StackedInline[Fact, FactBox]):
    model = Fact
    extra = 0
    autocomplete_fields = ["statistic"]
    show_change_link = True
    fields = [
        ("label", "position"),
        ("statistic", "kind"),
        ("value", "value_min", "value_max", "unit", "per"),
        "text",
        ("period_from", "period_to", "qualifier"),
    ]


@admin.register(FactBox)
class FactBoxAdmin(OpenRevisionOnly, admin.ModelAdmin[FactBox]):
    list_display = ["title", "revision"]
    list_select_related = ["revision"]
    search_fields = ["title", "revision__title"]
    readonly_fields = ["revision"]
    inlines = [FactInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class FactSourceInline(admin.TabularInline[FactSource, Fact]):
    model = FactSource
    extra = 0
    autocomplete_fields = ["source"]


@admin.register(Fact)
class FactAdmin(OpenRevisionOnly, admin.ModelAdmin[Fact]):
    list_display = ["label", "box", "statistic", "value", "unit", "qualifier"]
    list_filter = ["kind", "unit"]
    list_select_related = ["box", "statistic"]
    search_fields = ["label", "text", "statistic__key", "box__revision__title"]
    autocomplete_fields = ["statistic"]
    readonly_fields = ["box"]
    inlines = [FactSourceInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(RelatedLink)
class RelatedLinkAdmin(admin.ModelAdmin[RelatedLink]):
    form = RelatedLinkForm
    list_display = ["article", "target", "origin", "position", "score", "reason", "made_at"]
    list_filter = ["origin", "made_at"]
    list_select_related = ["article", "target"]
    search_fields = ["article__slug", "target__slug"]
    autocomplete_fields = ["article", "target"]
    fields = ["article", "target", "origin", "position", "reason"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RelatedLink]:
        """Without the generations that readers do not see."""
        computed = Q(origin=RelatedLink.Origin.COMPUTED)
        return super().get_queryset(request).filter(~computed | Q(generation__is_current=True))
