"""Texts that are not public yet, as the page that readers will see; nowhere stored, nowhere indexed."""

from collections.abc import Mapping
from typing import Any, Final, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.csp import CSP
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

from content.admin.saving import sent_state
from content.comparing import TEXTS
from content.lib.clock import database_now
from content.models import Article, Credential, Revision, Specialty
from content.models.workflow import WRITE
from content.previewing import find
from content.reading import named_in
from content.unsaved import MOST_CHARACTERS
from content.views.texts import PageDetail, contact_address
from directory.views import ArticlePage

FRAMED: Final[dict[str, Any]] = {**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF]}


class Preview(ArticlePage):
    """An article's page with the text of one revision, dated as if it were published now."""

    def get_template_names(self) -> list[str]:
        is_page = self.object.article.kind == Article.Kind.PAGE
        return [PageDetail.template_name] if is_page else super().get_template_names()

    def page(self, revision: Revision) -> HttpResponse:
        article, now = revision.article, database_now()
        article.first_published_at = article.first_published_at or now
        article.last_published_at = now
        self.object = revision
        return unlisted(
            self.render_to_response(self.get_context_data(object=revision, contact=contact_address()))
        )


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

    written: Mapping[str, Any] = {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | {"framed": "framed" in self.request.GET}
        if self.written:
            credentials = Credential.objects.filter(pk__in=self.written["credentials"])
            specialties = Specialty.objects.filter(pk__in=self.written["specialties"])
            context["credentials"], context["specialties"] = named_in(credentials, specialties)
        return context

    def page(self, revision: Revision) -> HttpResponse:
        answer = cast(TemplateResponse, super().page(revision)).render()
        if "framed" in self.request.GET:
            answer.content = answer.content.replace(b'href="#', b'target="_self" href="#')
        return answer

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page(self.revision(request, kwargs["pk"]))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """With what stands in the editor's form instead of what is saved; nothing of it is stored."""
        if not request.user.is_authenticated:
            return _told("Your login ran out. Log in in another tab, then go on here.", 401)
        revision = self.revision(request, kwargs["pk"])
        if not request.user.has_perm(WRITE) or not revision.is_open_to(request.user):
            raise PermissionDenied
        if sum(len(text) for text in request.POST.values()) > MOST_CHARACTERS:
            return _told(f"A text of more than {MOST_CHARACTERS:,} characters has no preview here.", 413)
        self.written = sent_state(request.POST)
        for name in TEXTS:
            setattr(revision, name, self.written[name])
        return self.page(revision)

    def revision(self, request: HttpRequest, pk: int) -> Revision:
        if not request.user.has_perm("content.view_revision"):
            raise Http404
        rows = Revision.objects.seen_by(request.user).filter(pk=pk)
        revision = rows.select_related("article__topic", "article__reviewed_by").first()
        if revision is None:
            raise Http404
        return revision


def _told(words: str, status: int) -> HttpResponse:
    return unlisted(JsonResponse({"said": words}, status=status))


def unlisted(answer: HttpResponse) -> HttpResponse:
    """No search engine keeps it, no cache stores it, no other site learns its address."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
