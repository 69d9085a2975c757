"""What the lint says of a text, beside the form that edits it."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.urls import reverse

from content.lint.gate import Judged, judge
from content.models import Revision

register = template.Library()


@register.inclusion_tag("admin/content/revision/_lint.html", takes_context=True)
def lint_of(context: Context, revision: Revision) -> dict[str, Any]:
    """Its findings as it was last saved, with a link to a waiver beside each warning for who may give one."""
    found = judge(revision)
    may_waive = context["request"].user.has_perm("content.add_waiver")
    return {
        "rows": [(each, _waive(revision, each) if may_waive else "") for each in found],
        "blocking": sum(each.blocks for each in found),
        "is_open": revision.is_open(),
    }


def _waive(revision: Revision, judged: Judged) -> str:
    if judged.finding.level != "warning" or judged.waiver:
        return ""
    about = {"article": revision.article_id, "code": judged.finding.code, "text": judged.finding.text[:200]}
    return f"{reverse('admin:content_waiver_add')}?{urlencode(about)}"
