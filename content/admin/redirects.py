"""Addresses that moved, and the record of who let a text through."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from content.admin.access import NothingToSee, editor
from content.admin.bulk import RedirectRows
from content.admin.providers import ReadOnlyAdmin
from content.lib.bulk.pages import BulkPages
from content.models import Redirect, Revision, RevisionStep


@admin.register(Redirect)
class RedirectAdmin(BulkPages, SimpleHistoryAdmin):
    """An address that is not found leads on from here; readers are always sent on in one hop."""

    rows = RedirectRows
    list_display = ["path", "to", "article"]
    list_select_related = ["article"]
    search_fields = ["path", "to", "article__slug"]
    autocomplete_fields = ["article"]


@admin.register(RevisionStep)
class RevisionStepAdmin(NothingToSee, ReadOnlyAdmin[RevisionStep]):
    list_display = ["at", "move", "revision", "by", "note"]
    list_filter = ["move", "at"]
    list_select_related = ["revision", "by"]
    search_fields = ["revision__title", "revision__article__slug", "note"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RevisionStep]:
        mine = Revision.objects.seen_by(editor(request)).order_by().values("pk")
        return super().get_queryset(request).filter(revision__in=mine)
