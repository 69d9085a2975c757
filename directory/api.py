"""The API's addresses, its schema, the page to try it on, and the guide."""

from typing import Any, Final

from django.conf import settings
from django.urls import path, re_path
from django.views.generic import TemplateView
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.views import SpectacularAPIView

from content import api as content
from content.lib.api import Nothing, PublicView
from listings import api as listings
from listings.api_facets import Facets

FIRST_CALLS: Final = (
    ("schools", "Schools in Ohio that teach billing and coding", "?state=OH&field=billing-coding"),
    ("programs", "Programs that lead to an associate's degree", "?award=associate&per_page=5"),
    ("facets", "How many schools in Ohio there are beside each choice", "?state=OH"),
    ("statistics", "Every figure, its newest value first", ""),
    ("articles", "Articles that changed in 2026 or later", "?updated_since=2026-01-01"),
    ("credentials", "The first part of a whole copy", "?cursor=start"),
)


class Guide(TemplateView):
    """How to use the API, in words and first calls."""

    template_name = "api_guide.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        most, seconds = settings.API_RATE
        calls = [{"what": what, "address": f"/api/v1/{name}/{query}"} for name, what, query in FIRST_CALLS]
        return super().get_context_data(**kwargs) | {"calls": calls, "most": most, "seconds": seconds}


class Schema(PublicView, SpectacularAPIView):
    """OpenAPI 3 as JSON."""

    renderer_classes = [OpenApiJsonRenderer]


class Docs(TemplateView):
    """Swagger with everything from this site, under its strict policy."""

    template_name = "api_docs.html"


urlpatterns = [
    path("", Guide.as_view(), name="api-guide"),
    path("schema/", Schema.as_view(), name="api-schema"),
    path("docs/", Docs.as_view(), name="api-docs"),
    path("schools/", listings.Schools.as_view(), name="api-schools"),
    path("schools/<slug:slug>/", listings.OneSchool.as_view(), name="api-school"),
    path("programs/", listings.Programs.as_view(), name="api-programs"),
    re_path(r"^programs/(?P<key>[-a-zA-Z0-9_.]+)/$", listings.OneProgram.as_view(), name="api-program"),
    path("facets/", Facets.as_view(), name="api-facets"),
    path("credentials/", content.Credentials.as_view(), name="api-credentials"),
    path("credentials/<slug:slug>/", content.OneCredential.as_view(), name="api-credential"),
    path("articles/", content.Articles.as_view(), name="api-articles"),
    path("articles/<slug:slug>/", content.OneArticle.as_view(), name="api-article"),
    path("statistics/", content.Statistics.as_view(), name="api-statistics"),
    re_path(r"^statistics/(?P<key>[a-z0-9.-]+)/$", content.OneStatistic.as_view(), name="api-statistic"),
    re_path(r"^[\s\S]+/$", Nothing.as_view()),
]
