"""Statistics in templates: never a value without its period and its receipt."""

from typing import Any

from django import template

from content.lib.figures import format_value
from content.models import Observation, Statistic

register = template.Library()


@register.filter
def said(observation: Observation, statistic: Statistic) -> str:
    """The observation's value with the statistic's unit, or in words why there is none."""
    return format_value(observation.value, statistic.unit, statistic.per) or observation.get_missing_display()


@register.inclusion_tag("content/_figure.html")
def figure(statistic: Statistic) -> dict[str, Any]:
    """A statistic of `with_current()`, large, with its period and source, linked to its receipt."""
    return {"statistic": statistic, "current": statistic.current}


@register.inclusion_tag("content/_figure_inline.html")
def figure_inline(statistic: Statistic) -> dict[str, Any]:
    """A statistic of `with_current()` within a line or a cell: value and period, linked to its receipt."""
    return {"statistic": statistic, "current": statistic.current}


@register.inclusion_tag("content/_figure_cell.html")
def figure_cell(statistic: Statistic | None) -> dict[str, Any]:
    """A statistic in a cell of a table whose row names the period: its value, linked to its receipt."""
    current = statistic.current if statistic else None
    value = format_value(current.value, statistic.unit) if statistic and current else ""
    words = value or (current.get_missing_display() if current else "")
    return {"statistic": statistic, "current": current, "said": words}
