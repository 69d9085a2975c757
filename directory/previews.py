"""Texts that are not public yet, as the page that readers will see; nowhere stored, nowhere indexed."""

from typing import Any, Final, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.csp import CSP
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

from content.lib.clock import database_now
from content.models import Revision
from content.previewing import find
from directory.views import ArticlePage

FRAMED: Final[dict[str, Any]] = {**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF]}


class Preview(ArticlePage):
    """An article's page with the text of one revision, dated as if it were published now."""

    def page(self, revision: Revision) -> HttpResponse:
        article, now = revision.article, database_now()
        article.first_published_at = article.first_published_at or now
        article.last_published_at = now
        self.object = revision
        return unlisted(self.render_to_response(self.get_context_data(object=revision)))


@method_decorator(never_cache, name="dispatch")
class SharedPreview(Preview):
    """By a link that expires, for somebody without a login."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        link = find(kwargs["token"])
        if link is None:
            raise Http404
        if link.revoked_at or link.expires_at <= database_now():
            return unlisted(render(request, "preview_ended.html", status=410))
        if Revision.objects.live().filter(pk=link.revision_id).exists():
            return unlisted(HttpResponseRedirect(link.revision.get_absolute_url()))
        return self.page(link.revision)


@method_decorator([never_cache, xframe_options_sameorigin, csp_override(FRAMED)], name="dispatch")
class EditorsPreview(Preview):
    """For an editor who may see the text, also inside the frames of an admin page.

    In a frame links open beside it: other pages refuse to be framed. Places of the page itself stay inside.
    """

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"framed": "framed" in self.request.GET}

    def page(self, revision: Revision) -> HttpResponse:
        answer = cast(TemplateResponse, super().page(revision)).render()
        if "framed" in self.request.GET:
            answer.content = answer.content.replace(b'href="#', b'target="_self" href="#')
        return answer

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("content.view_revision"):
            raise Http404
        rows = Revision.objects.seen_by(request.user).filter(pk=kwargs["pk"])
        revision = rows.select_related("article__topic", "article__reviewed_by").first()
        if revision is None:
            raise Http404
        return self.page(revision)


def unlisted(answer: HttpResponse) -> HttpResponse:
    """No search engine keeps it, no cache stores it, no other site learns its address."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
