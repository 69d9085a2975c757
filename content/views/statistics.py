"""Receipts: all statistics, one with its history, and its values as csv."""

import csv
from typing import Any, Final

from django.conf import settings
from django.db.models import Case, Q, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.views.generic import TemplateView

from content.lib import charts
from content.lib.cells import safe
from content.lib.embed import picture
from content.lib.figures import format_value
from content.lib.pages import NumberedPagesMixin
from content.lib.verbs import read_only
from content.links.shown import Withheld, withheld_for
from content.models import Statistic, StatisticQuerySet
from content.receipts import Receipt, statistic_of

SUBJECT: Final = "29-2072"
MOST_WORDS: Final = 8
MOST_CHARACTERS: Final = 200


class StatisticList(NumberedPagesMixin, TemplateView):
    """Every statistic with an accepted value, what the site is about first, then the rest of the nation.

    `q` holds words that stand in the key or the label.
    """

    template_name = "content/statistic_list.html"
    per_page = 25
    text = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.text = words_of(request.GET.get("q", ""))
        if "q" in request.GET and not self.text:
            return HttpResponseRedirect(request.path)
        return super().dispatch(request, *args, **kwargs)

    def page_query(self) -> str:
        return urlencode({"q": self.text}) if self.text else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = matching(self.text)
        pages = self.pages(found.count())
        return super().get_context_data(**kwargs) | {
            "text": self.text,
            "pages": pages,
            "total": f"{pages.total:,}",
            "statistics": pages.cut(found.with_current()),
        }


def matching(words: str) -> StatisticQuerySet:
    """The statistics with a value that have all the words, in the order of the list."""
    found = Statistic.objects.exclude(current=None)
    for word in words.split():
        found = found.filter(Q(key__icontains=word) | Q(label__icontains=word))
    nearness = Case(
        When(key__contains=f".{SUBJECT}.us.", then=Value(0)),
        When(area="United States", then=Value(1)),
        default=Value(2),
    )
    return found.order_by(nearness, "label", "key")


def words_of(text: str) -> str:
    """The first words of what was typed, with single spaces; no character that is not printed."""
    printed = "".join(character if character.isprintable() else " " for character in text[:MOST_CHARACTERS])
    return " ".join(printed.split()[:MOST_WORDS])


class StatisticDetail(TemplateView):
    """A receipt; a key that is not there is answered with 404 and a way back."""

    template_name = "content/statistic_detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        statistic = statistic_of(kwargs["key"])
        if statistic is None:
            return no_such_statistic(request)
        receipt = Receipt(statistic)
        return self.render_to_response(
            self.get_context_data(receipt=receipt, structured=structured(receipt, withheld_for(request)))
        )


@read_only
def statistic_data(request: HttpRequest, key: str) -> HttpResponse:
    """The accepted values as csv, the oldest first."""
    statistic = statistic_of(key)
    if statistic is None:
        return no_such_statistic(request)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{statistic.key}.csv"'
    table = csv.writer(answer)
    table.writerow(["period", "value", "missing", "source", "release", "retrieved"])
    accepted = statistic.observations.accepted().newest_first().reverse().select_related("source")
    withheld = Withheld()
    for each in accepted:
        source = f"{each.source.publisher}: {each.source.title}"
        address = withheld.shown(each.source.url)
        table.writerow(
            [
                safe(each.period),
                safe(each.value),
                each.missing,
                safe(f"{source}, {address}" if address else source),
                safe(each.release),
                localdate(each.retrieved_at).isoformat(),
            ]
        )
    return answer


@read_only
def statistic_chart(request: HttpRequest, key: str) -> HttpResponse:
    """The figure as a picture that other sites may show, with its period and its source line."""
    statistic = statistic_of(key)
    if statistic is None or statistic.current is None:
        return no_such_statistic(request)
    receipt, current = Receipt(statistic), statistic.current
    retrieved = f"{localdate(current.retrieved_at):%B %-d, %Y}"
    source = (
        f"Source: {current.source.publisher}, {current.source.title}; retrieved {retrieved}. "
        f"{settings.SITE_NAME}, {settings.SITE_URL}{reverse('statistic-detail', args=[key])}"
    )
    value = format_value(current.value, statistic.unit, statistic.per) or current.get_missing_display()
    chart = (receipt.plot, charts.PLOT_HEIGHT) if receipt.plot else (receipt.bar, charts.BAR_HEIGHT)
    drawn = picture(statistic.label, value, current.period, source, chart)
    answer = HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=60"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def structured(receipt: Receipt, withheld: Withheld) -> dict[str, Any]:
    """The figure in schema.org's words; empty where there is no value to state."""
    statistic, current = receipt.statistic, receipt.current
    if current is None or current.value is None:
        return {}
    value = current.value
    return {
        "@context": "https://schema.org",
        "@type": "Observation",
        "name": statistic.label,
        "url": f"{settings.SITE_URL}{reverse('statistic-detail', args=[statistic.key])}",
        "value": int(value) if value == value.to_integral_value() else float(value),
        "unitText": f"{statistic.unit} a {statistic.per}" if statistic.per else statistic.unit,
        "observationDate": current.period_end,
        "observationPeriod": current.period,
        "observationAbout": {"@type": "Place", "name": statistic.area},
        "measuredProperty": {"@type": "Property", "name": f"{statistic.subject}: {statistic.measure}"},
        "isBasedOn": withheld.shown(current.source.url)
        or f"{current.source.publisher}: {current.source.title}",
        "creator": {"@type": "Organization", "name": statistic.publisher},
    }


def no_such_statistic(request: HttpRequest) -> HttpResponse:
    """404 with a way back."""
    return render(request, "content/no_such_statistic.html", status=404)
