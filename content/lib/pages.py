"""Numbered pages: one strict spelling of `page`, a short window of links, slices by key."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.db.models import Model, QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    QueryDict,
)
from django.shortcuts import render
from django.views.generic import View

PAGE: Final = re.compile(r"[1-9][0-9]{0,4}")
EDGE: Final = 1
AROUND: Final = 1


class NoSuchPage(Http404):
    """A page that is spelled wrongly or lies past the end; `last` is the last one, if that is known."""

    def __init__(self, last: int | None = None) -> None:
        super().__init__("There is no such page in this list.")
        self.last = last


def asked_page(query: QueryDict) -> int:
    """The page an address asks for, 1 where it names none; raises NoSuchPage for any other spelling."""
    values = query.getlist("page")
    if not values:
        return 1
    if len(values) > 1 or not PAGE.fullmatch(values[0]):
        raise NoSuchPage
    return int(values[0])


@dataclass(frozen=True)
class PageLink:
    """A place in the pager: a page, or the gap between two where `number` is None."""

    number: int | None
    address: str = ""
    current: bool = False


class NumberedPages:
    """One page of a list of `total` rows: where it starts and stops, and the links to the others."""

    def __init__(self, *, total: int, number: int, per_page: int, address: Callable[[int], str]) -> None:
        self.total = total
        self.number = number
        self.per_page = per_page
        self.address = address
        self.last = max(1, -(-total // per_page))
        if number > self.last:
            raise NoSuchPage(self.last)

    @property
    def start(self) -> int:
        return (self.number - 1) * self.per_page

    @property
    def stop(self) -> int:
        return min(self.start + self.per_page, self.total)

    @property
    def previous(self) -> str:
        """Address of the page before, empty on the first one."""
        return self.address(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        """Address of the page after, empty on the last one."""
        return self.address(self.number + 1) if self.number < self.last else ""

    @cached_property
    def links(self) -> list[PageLink]:
        """`1 2 3 ... 40`: both ends, three pages around this one, and gaps of two pages or more."""
        middle = min(max(self.number, 1 + AROUND), self.last - AROUND)
        near = range(middle - AROUND, middle + AROUND + 1)
        ends = [*range(1, EDGE + 1), *range(self.last - EDGE + 1, self.last + 1)]
        shown = sorted({number for number in [*near, *ends] if 1 <= number <= self.last})
        links: list[PageLink] = []
        before = 0
        for number in shown:
            if number - before == 2:
                links.append(self._link(number - 1))
            elif number - before > 2:
                links.append(PageLink(None))
            links.append(self._link(number))
            before = number
        return links

    def _link(self, number: int) -> PageLink:
        return PageLink(number, self.address(number), current=number == self.number)

    def cut[Row: Model](self, rows: QuerySet[Row]) -> list[Row]:
        """This page's rows in their order.

        Two queries: the keys alone are skipped and counted off, the wide rows are read for this page only.
        """
        return by_key(rows, list(rows.values_list("pk", flat=True)[self.start : self.stop]))


def by_key[Row: Model](rows: QuerySet[Row], keys: list[Any]) -> list[Row]:
    """The rows of these primary keys, in the order of the keys; no query for no key."""
    if not keys:
        return []
    found = {row.pk: row for row in rows.filter(pk__in=keys).order_by()}
    return [found[key] for key in keys if key in found]


class NumberedPagesMixin(View):
    """For class views with numbered pages.

    `page=1` moves to the clean address; a wrong page is answered with 404 and a way back.
    """

    per_page = 20
    page_anchor = ""
    page_number = 1

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.page_number = asked_page(request.GET)
            if self.page_number == 1 and "page" in request.GET:
                return HttpResponsePermanentRedirect(self.page_address(1))
            return super().dispatch(request, *args, **kwargs)
        except NoSuchPage as missing:
            back = {"first": self.page_address(1)}
            if missing.last and missing.last > 1:
                back |= {"last": self.page_address(missing.last), "last_number": str(missing.last)}
            return render(request, "pages/no_such_page.html", back, status=404)

    def page_query(self) -> str:
        """The query string that belongs to every page of this list, without `page`."""
        return ""

    def page_address(self, number: int) -> str:
        """The one address of a page of this list."""
        page = f"page={number}" if number > 1 else ""
        query = "&".join(part for part in (self.page_query(), page) if part)
        anchor = f"#{self.page_anchor}" if self.page_anchor else ""
        return f"{self.request.path}{'?' if query else ''}{query}{anchor}"

    def pages(self, total: int) -> NumberedPages:
        """The page asked for, of `total` rows; raises NoSuchPage past the end."""
        return NumberedPages(
            total=total, number=self.page_number, per_page=self.per_page, address=self.page_address
        )
