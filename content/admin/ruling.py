"""The related links of one article as readers see them, with buttons to pin, order, veto and freeze."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from content import ruling
from content.admin.access import editor, said
from content.models import Article, RelatedLink, Revision
from content.related import SHOWN, related_for

MOST_OFFERED: Final = 300
DONE: Final = {
    "pin": "“{}” is pinned.",
    "veto": "This article will not link to “{}”.",
    "release": "Whether “{}” belongs here is computed again within a minute.",
    "up": "“{}” is one place up.",
    "down": "“{}” is one place down.",
}


class TargetField(forms.CharField):
    """An article by its slug, its address or its title; the value is the live article."""

    def clean(self, value: Any) -> Article:
        words = str(super().clean(value)).strip()
        slug = words.rstrip("/").rpartition("/")[2]
        live = Revision.objects.live().articles().select_related("article")
        found = live.filter(article__slug=slug).first() or live.filter(title__iexact=words).first()
        if found is None:
            raise ValidationError("No article that readers see has this slug, address or title.")
        return found.article


class TargetForm(forms.Form):
    target = TargetField(
        label="Article",
        max_length=300,
        help_text="Its slug, address or title.",
        widget=forms.TextInput(attrs={"list": "live-articles", "autocomplete": "off", "size": 60}),
    )


class Rulings:
    """What the admin of articles adds for their related links."""

    admin_site: Any

    def ruling_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        page, rule = view(self.related_links), require_POST(view(self.rule))
        frozen = require_POST(view(self.set_frozen))
        return [
            path("<int:pk>/related/", page, name="content_article_related"),
            path("<int:pk>/related/freeze/", frozen, name="content_article_freeze"),
            path("<int:pk>/related/<slug:verb>/<int:target>/", rule, name="content_article_rule"),
        ]

    def related_links(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What readers see under the article and why; takes a new pin by POST."""
        article = self._ruled(request, pk)
        form = TargetForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            return self._done(request, article, "pin", form.cleaned_data["target"])
        rules = RelatedLink.objects.of_editors().filter(article=article).select_related("target", "made_by")
        live = Revision.objects.live().articles().exclude(article=article).order_by("title")
        context = {
            **self.admin_site.each_context(request),
            "title": f"Related links of {article.slug}",
            "article": article,
            "shown": list(related_for(article)),
            "most": SHOWN,
            "pins": rules.filter(origin=RelatedLink.Origin.PINNED).order_by("position", "pk"),
            "vetoes": rules.filter(origin=RelatedLink.Origin.VETOED).order_by("target__slug"),
            "form": form,
            "offered": live.values_list("article__slug", "title")[:MOST_OFFERED],
        }
        return TemplateResponse(request, "admin/content/article/related.html", context)

    def rule(self, request: HttpRequest, pk: int, verb: str, target: int) -> HttpResponse:
        """One button beside a link."""
        if verb not in DONE:
            raise Http404
        article = self._ruled(request, pk)
        return self._done(request, article, verb, get_object_or_404(Article, pk=target))

    def set_frozen(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._ruled(request, pk)
        if article.links_frozen:
            ruling.thaw(article, by=editor(request))
            messages.success(request, "Thawed: its links are computed anew within a minute.")
        else:
            ruling.freeze(article, by=editor(request))
            messages.success(request, "Frozen: nothing is computed for this article until you thaw it.")
        return _page(article)

    def _ruled(self, request: HttpRequest, pk: int) -> Article:
        if not request.user.has_perm(ruling.RULE):
            raise PermissionDenied
        seen = Article.objects.seen_by(editor(request)).filter(kind=Article.Kind.ARTICLE)
        return get_object_or_404(seen, pk=pk)

    def _done(self, request: HttpRequest, article: Article, verb: str, target: Article) -> HttpResponse:
        by = editor(request)
        try:
            if verb in ("up", "down"):
                ruling.move(article, target, up=verb == "up", by=by)
            else:
                getattr(ruling, verb)(article, target, by=by)
        except ValidationError as error:
            messages.error(request, said(error))
        else:
            messages.success(request, DONE[verb].format(target.slug))
        return _page(article)


def _page(article: Article) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:content_article_related", args=[article.pk]))
