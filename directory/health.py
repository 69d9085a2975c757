"""`/healthz`: whether the site can answer, for load balancers and monitors."""

import logging

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from content.lib.verbs import read_only
from tasks.models import JobRun

logger = logging.getLogger(__name__)


@read_only
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 where pages can be read, 503 where the database does not answer; late jobs are no failure."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        late = JobRun.objects.late().count()
    except DatabaseError as error:
        logger.error("health.database_down", extra={"reason": type(error).__name__})
        return JsonResponse({"status": "down", "database": "does not answer"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok", "jobs": f"{late} late" if late else "ok"})
