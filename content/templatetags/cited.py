"""Links to cited sites: readers get none where the site is not what was cited any more."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from content.links.shown import Withheld, withheld_for

register = template.Library()


@register.simple_tag(takes_context=True)
def cited(context: Context, address: str, words: Any) -> SafeString | str:
    """The words, linked to the address if there is one that may be followed."""
    request = context.get("request")
    withheld = withheld_for(request) if request else Withheld()
    if not withheld.shown(address):
        return conditional_escape(words)
    return format_html('<a href="{}" rel="noopener">{}</a>', address, words)
