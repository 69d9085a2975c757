"""Certifying bodies, credentials, specialties, topics, sources, the glossary."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from content.admin.bulk import CredentialRows
from content.lib.bulk.pages import BulkPages
from content.models import (
    Attribution,
    CertifyingBody,
    Credential,
    CredentialSetting,
    Requirement,
    Source,
    Specialty,
    Term,
    Topic,
)


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin[Source]):
    list_display = ["title", "publisher", "url", "retrieved_on", "checked_on"]
    list_filter = ["publisher", "retrieved_on"]
    search_fields = ["publisher", "title", "url"]
    date_hierarchy = "retrieved_on"


@admin.register(CertifyingBody)
class CertifyingBodyAdmin(admin.ModelAdmin[CertifyingBody]):
    list_display = ["acronym", "name", "url", "credential_count"]
    search_fields = ["acronym", "name"]
    prepopulated_fields = {"slug": ["acronym"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[CertifyingBody]:
        return super().get_queryset(request).annotate(credential_count=Count("credentials"))

    @admin.display(description="Credentials", ordering="credential_count")
    def credential_count(self, body: CertifyingBody) -> int:
        return body.credential_count  # type: ignore[attr-defined, no-any-return]  # annotated above


class RequirementInline(admin.StackedInline[Requirement, Credential]):
    model = Requirement
    extra = 0
    autocomplete_fields = ["source"]
    fields = [("kind", "position"), "text", ("source", "as_of")]


class SettingInline(admin.TabularInline[CredentialSetting, Credential]):
    model = CredentialSetting
    extra = 0
    autocomplete_fields = ["source"]


class AttributionInline(admin.TabularInline[Attribution, Credential]):
    model = Attribution
    extra = 0
    autocomplete_fields = ["source"]


@admin.register(Credential)
class CredentialAdmin(BulkPages, admin.ModelAdmin[Credential]):
    rows = CredentialRows
    list_display = ["code", "name", "body", "level", "status", "became", "as_of"]
    list_filter = ["body", "level", "entry", "status", "settings__setting"]
    list_select_related = ["body", "became"]
    search_fields = ["code", "name", "body__acronym"]
    autocomplete_fields = ["body", "became", "source"]
    filter_horizontal = ["specialties"]
    prepopulated_fields = {"slug": ["code"]}
    inlines = [SettingInline, AttributionInline, RequirementInline]


@admin.register(Requirement)
class RequirementAdmin(admin.ModelAdmin[Requirement]):
    list_display = ["credential", "kind", "text", "source", "as_of"]
    list_filter = ["kind", "as_of", "credential__body"]
    list_select_related = ["credential", "source"]
    search_fields = ["credential__code", "text", "source__title"]
    autocomplete_fields = ["credential", "source"]


@admin.register(Specialty)
class SpecialtyAdmin(admin.ModelAdmin[Specialty]):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    autocomplete_fields = ["source"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin[Topic]):
    list_display = ["name", "slug", "school_filter", "position"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Term)
class TermAdmin(admin.ModelAdmin[Term]):
    list_display = ["name", "acronym", "definition", "source", "as_of"]
    list_filter = ["as_of", "source__publisher"]
    list_select_related = ["source"]
    search_fields = ["name", "acronym", "definition"]
    autocomplete_fields = ["source", "see_also", "credential", "article"]
    prepopulated_fields = {"slug": ["name"]}
