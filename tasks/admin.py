"""Job runs in the admin: what ran and how it ended, with a button that asks for a run."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from tasks.models import JobRun
from tasks.schedule import JOBS


class NeedsFilter(admin.SimpleListFilter):
    title = "what is needed"
    parameter_name = "needs"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("person", "somebody to look"), ("worker", "a worker that works")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[JobRun]) -> QuerySet[JobRun]:
        if self.value() == "person":
            return queryset.filter(pk__in=JobRun.objects.needing_a_person().values("pk"))
        if self.value() == "worker":
            return queryset.filter(pk__in=JobRun.objects.late().values("pk"))
        return queryset


@admin.register(JobRun)
class JobRunAdmin(admin.ModelAdmin[JobRun]):
    """Rows are written by the jobs alone; editors read them and ask for runs."""

    list_display = ["job", "state", "outcome", "slot", "asked_by", "started", "ended", "attempts"]
    list_filter = [NeedsFilter, "state", "job"]
    list_select_related = ["asked_by"]
    search_fields = ["job", "outcome", "error"]
    date_hierarchy = "asked"
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: JobRun | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: JobRun | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        run_now = self.admin_site.admin_view(require_POST(self.run_now))
        return [path("run-now/<slug:job>/", run_now, name="tasks_jobrun_run_now"), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        may_run = request.user.has_perm("tasks.add_jobrun")
        return super().changelist_view(
            request, {"jobs": JOBS.values(), "may_run": may_run, **(extra_context or {})}
        )

    def run_now(self, request: HttpRequest, job: str) -> HttpResponse:
        """Writes a run that the next tick starts; where one is open, says so instead."""
        if not request.user.has_perm("tasks.add_jobrun"):
            raise PermissionDenied
        if job not in JOBS:
            raise Http404
        run = JobRun.objects.ask(job, by=cast("User", request.user))
        if run.started:
            since = f"{timezone.localtime(run.started):%H:%M:%S}"
            self.message_user(request, f"The job {job} is running already, since {since}.", messages.WARNING)
        else:
            self.message_user(
                request, f"The job {job} starts within 15 seconds. Reload this page to see how it ends."
            )
        return HttpResponseRedirect(reverse("admin:tasks_jobrun_changelist"))
