"""Any two revisions of an article side by side."""

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from content.admin.access import editor
from content.comparing import compare
from content.models import Revision


def compare_page(request: HttpRequest, revision: Revision, site: AdminSite) -> HttpResponse:
    """This revision beside the one that `with` names; else beside what readers see, or the one before."""
    others = Revision.objects.seen_by(editor(request)).filter(article=revision.article_id)
    others = others.exclude(pk=revision.pk).select_related("created_by").order_by("-number")
    wanted = request.GET.get("with", "")
    if wanted:
        other = others.filter(pk=wanted).first() if wanted.isdecimal() else None
        if other is None:
            raise Http404
    else:
        live = others.live().first()
        before = others.filter(number__lt=revision.number)
        # A save on the way to this text says less than the text that it replaced.
        whole = before.exclude(state=Revision.State.KEPT).first()
        other = live or whole or before.first() or others.first()
    context = {
        **site.each_context(request),
        "title": f"Compare: {revision.title}",
        "revision": revision,
        "other": other,
        "others": others[:200],
        "fields": compare(other, revision) if other else [],
        "left_said": f"Revision {other.number}" if other else "",
        "right_said": f"Revision {revision.number}",
    }
    return TemplateResponse(request, "admin/content/revision/compare.html", context)
