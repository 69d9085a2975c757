"""The facts boxes of a draft, their lines and the sources behind them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from content.admin.access import PartOfDraft, editor, revision_of
from content.drafting import keep
from content.models import Fact, FactBox, FactSource, Revision


class PartForm[Row: (Fact, FactBox)](forms.ModelForm[Row]):
    """Knows from which number of its draft the editor began."""

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["base"].initial = revision_of(self.instance).number

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        began, number = self.cleaned_data.get("base"), revision_of(self.instance).number
        if began is not None and began != number:
            self.data = {**self.data.dict(), "base": number}  # type: ignore[attr-defined]  # a QueryDict
            self.add_error(
                None,
                "Somebody saved this draft after you opened it. What you wrote stands below and is not saved"
                " yet: compare it with the draft, then save again.",
            )
        return cleaned


class DraftPartAdmin[Row: Model](PartOfDraft, admin.ModelAdmin[Row]):
    """A page for rows of a draft: each save keeps the draft as it was before."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Stored by `save_related`, which knows whether anything changed."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            revision = revision_of(form.instance)
            keep(revision.pk, base=revision.number, by=editor(request))
            form.instance.save()
        super().save_related(request, form, formsets, change)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Back to the text that it is part of."""
        text = reverse("admin:content_revision_change", args=[revision_of(obj).pk])
        return HttpResponseRedirect(f"{text}#fact_boxes-group")

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        revision = revision_of(obj)
        with transaction.atomic():
            keep(revision.pk, base=revision.number, by=editor(request))
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for row in queryset:
            row.refresh_from_db()
            self.delete_model(request, row)


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


class FactBoxForm(PartForm[FactBox]):
    class Meta:
        model = FactBox
        fields = ["title", "position"]


@admin.register(FactBox)
class FactBoxAdmin(DraftPartAdmin[FactBox]):
    form = FactBoxForm
    list_display = ["title", "revision"]
    list_select_related = ["revision"]
    search_fields = ["title", "revision__title"]
    readonly_fields = ["revision"]
    inlines = [FactInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[FactBox]:
        mine = Revision.objects.seen_by(editor(request)).order_by().values("pk")
        return super().get_queryset(request).filter(revision__in=mine)


class FactSourceInline(admin.TabularInline[FactSource, Fact]):
    model = FactSource
    extra = 0
    autocomplete_fields = ["source"]


class FactForm(PartForm[Fact]):
    class Meta:
        model = Fact
        fields = [
            *("label", "position", "statistic", "kind", "text", "value", "value_min", "value_max"),
            *("unit", "per", "period_from", "period_to", "qualifier"),
        ]


@admin.register(Fact)
class FactAdmin(DraftPartAdmin[Fact]):
    form = FactForm
    list_display = ["label", "box", "statistic", "value", "unit", "qualifier"]
    list_filter = ["kind", "unit"]
    list_select_related = ["box", "statistic"]
    search_fields = ["label", "text", "statistic__key", "box__revision__title"]
    autocomplete_fields = ["statistic"]
    readonly_fields = ["box"]
    inlines = [FactSourceInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fact]:
        mine = Revision.objects.seen_by(editor(request)).order_by().values("pk")
        return super().get_queryset(request).filter(box__revision__in=mine)
