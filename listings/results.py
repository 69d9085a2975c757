"""One page of schools with its paid places, as the school list and the panel of articles show it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from content.lib.pages import NumberedPages
from listings.cards import Card, CardReader
from listings.filters import SchoolFilter
from listings.index.answer import Answer, Counts
from listings.models import Placement
from listings.search import SchoolSearch
from listings.sentences import first_sentence, second_sentence
from listings.sponsored import places
from listings.wanted import Wanted


@dataclass(frozen=True)
class Results:
    """Cards in order: `stated` match by what is stated, `unsaid` only because they did not say."""

    wanted: Wanted
    answer: Answer
    fallback: str
    pages: NumberedPages
    stated: list[Card]
    unsaid: list[Card]
    sponsored: list[Card]
    disclosure: str

    @property
    def counts(self) -> Counts:
        return self.answer.counts

    @property
    def sentence(self) -> str:
        return first_sentence(self.wanted, self.counts)

    @property
    def unsaid_sentence(self) -> str:
        return second_sentence(self.wanted, self.counts)

    @property
    def has_unsaid(self) -> bool:
        """Whether the list goes on with schools that did not say, on this page or a later one."""
        return self.counts.listed > self.counts.stated

    @property
    def address(self) -> str:
        """The school list with the same choices."""
        return self.wanted.address()


def results(
    search: SchoolSearch,
    *,
    pages: Callable[[int], NumberedPages],
    placement: Placement,
    at: datetime | None = None,
) -> Results:
    """Four queries, whatever is asked and however many schools there are.

    `pages` makes the page asked for out of the number of schools; it raises NoSuchPage past the end.
    """
    counts = search.counts
    page = pages(counts.listed)
    keys = search.keys(page.start, page.stop) if counts.listed else []
    paid = places(search, placement, organic=len(keys), page=page.number, at=at)
    reader = CardReader(
        {*keys, *(place.school for place in paid)},
        answer=search.answer,
        near=search.wanted.near,
        sort=search.sort,
    )
    of_stated = max(0, counts.stated - page.start)
    return Results(
        wanted=search.wanted,
        answer=search.answer,
        fallback=search.fallback,
        pages=page,
        stated=reader.cards(keys[:of_stated]),
        unsaid=reader.cards(keys[of_stated:]),
        sponsored=[reader.card(place.school, ad=True, program=place.program) for place in paid],
        disclosure=paid[0].disclosure if paid else "",
    )


def panel(
    school_filter: str, *, pages: Callable[[int], NumberedPages], at: datetime | None = None
) -> Results:
    """The schools of a topic; `school_filter` is its stored query string of the school list."""
    search = SchoolSearch(SchoolFilter(QueryDict(school_filter)).wanted)
    return results(search, pages=pages, placement=Placement.ARTICLE_PANEL, at=at)
