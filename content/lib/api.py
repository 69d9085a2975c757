"""What the API's addresses share: JSON alone, open to every site, tagged, in pages, with plain errors."""

import re
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, time
from hashlib import blake2b
from typing import Any, Final

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    QueryDict,
)
from django.utils.dateparse import parse_date, parse_datetime
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from content.lib.pages import NoSuchPage, asked_page

PER_PAGE: Final = 20
MOST_PER_PAGE: Final = 100
NUMBER: Final = re.compile(r"[1-9][0-9]{0,2}")
CURSOR: Final = re.compile(r"start|[1-9][0-9]{0,17}")
NOTHING: Final = "There is nothing at this address."


class BadValue(APIException):
    """400; `errors` holds a key and a sentence for each value that cannot be used."""

    status_code = 400
    default_detail = "A value in the address cannot be used."

    def __init__(self, errors: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.errors = errors


class JsonAlways(BaseContentNegotiation):
    """What a client accepts and a `format` key change nothing."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


def answer_error(exception: Exception, context: dict[str, Any]) -> Response | None:
    """`detail` as a sentence; the same words for what is not there and what readers may not see."""
    if isinstance(exception, Http404):
        words = "There is no such page in this list." if isinstance(exception, NoSuchPage) else NOTHING
        return Response({"detail": words}, status=404)
    response = exception_handler(exception, context)
    if response is not None and isinstance(exception, BadValue):
        response.data["errors"] = [{"key": key, "message": message} for key, message in exception.errors]
    return response


class PublicView(APIView):
    """Read only, for anybody, from every site; `If-None-Match` saves the bytes of an answer that stayed."""

    http_method_names = ["get", "head"]
    content_negotiation_class = JsonAlways

    def get_exception_handler(self) -> Callable[[Exception, dict[str, Any]], Response | None]:
        return answer_error

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if isinstance(response, Response):
            response.render()
            if response.status_code == 200:
                response = tagged(request, response)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        return response


def tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with a weak ETag of its bytes, or 304 where the client holds them; asks no query."""
    tag = f'W/"{blake2b(response.content, digest_size=12).hexdigest()}"'
    held = request.META.get("HTTP_IF_NONE_MATCH", "")
    if held.strip() == "*" or tag in (each.strip() for each in held[:2000].split(",")):
        response = HttpResponseNotModified()
    response["ETag"] = tag
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


class Nothing(PublicView):
    """Every address of the API that is none."""

    schema = None

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        raise Http404


class Asked:
    """The keys that say which part of a list is wanted; a bad one is refused with a sentence.

    A list comes in numbered pages in its own order, or, with `cursor` or `updated_since`, in the order of
    keys that never change, so that a copy misses nothing while rows come and go.
    """

    def __init__(self, query: QueryDict, *, known: Collection[str] = ()) -> None:
        self.query = query
        self.errors: list[tuple[str, str]] = []
        for key in ("page", "per_page", "cursor", "updated_since", *known):
            if any("\0" in value for value in query.getlist(key)):
                self.errors.append((key, "holds a NUL character; leave it out."))
        self.per_page = self._per_page()
        self.updated_since = self._updated_since()
        self.cursor = self._cursor()
        self.is_copy = self.updated_since is not None or self.cursor is not None

    def check(self) -> None:
        """Raises BadValue with all that was refused, else NoSuchPage for a page spelt wrongly."""
        if self.errors:
            raise BadValue(self.errors)
        self.page = 1 if self.is_copy else asked_page(self.query)

    def address(self, path: str, **keys: str | int) -> str:
        """The absolute address of another part of the list: the same keys, and these instead."""
        query = self.query.copy()
        for key, value in keys.items():
            query[key] = str(value)
        return f"{settings.SITE_URL}{path}?{query.urlencode()}"

    def _text(self, key: str) -> str:
        return self.query.get(key, "").strip()

    def _per_page(self) -> int:
        text = self._text("per_page")
        if not text:
            return PER_PAGE
        if not NUMBER.fullmatch(text) or int(text) > MOST_PER_PAGE:
            self.errors.append(("per_page", f"Write a number from 1 to {MOST_PER_PAGE}."))
            return PER_PAGE
        return int(text)

    def _cursor(self) -> int | None:
        text = self._text("cursor")
        if not text:
            return None
        if not CURSOR.fullmatch(text):
            self.errors.append(("cursor", "Write start, then follow the address in next."))
            return None
        if "page" in self.query:
            self.errors.append(("cursor", "Leave out either page or cursor."))
        return 0 if text == "start" else int(text)

    def _updated_since(self) -> datetime | None:
        # A plus in an address stands for a space, and moments are written with one.
        text = self._text("updated_since").replace(" ", "+")
        if not text:
            return None
        try:
            day = parse_date(text)
            moment = datetime.combine(day, time()) if day else parse_datetime(text)
            if moment is not None:
                moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            moment = None
        if moment is None:
            self.errors.append(("updated_since", "Write a date or a moment, such as 2026-01-31T00:00:00Z."))
        elif "page" in self.query:
            self.errors.append(("updated_since", "Leave out page; follow the address in next."))
        return moment


def page_of(asked: Asked, path: str, *, total: int, results: list[Any], **more: Any) -> dict[str, Any]:
    """A numbered page as it is sent."""
    last = max(1, -(-total // asked.per_page))
    if asked.page > last:
        raise NoSuchPage(last)
    return {
        "count": total,
        "next": asked.address(path, page=asked.page + 1) if asked.page < last else None,
        "previous": asked.address(path, page=asked.page - 1) if asked.page > 1 else None,
        **more,
        "results": results,
    }


def part_of(asked: Asked, path: str, *, keys: list[int], results: list[Any], **more: Any) -> dict[str, Any]:
    """A part of a copy; `keys` are those of the results and, where there is more, of one row behind them."""
    onward = len(keys) > asked.per_page
    return {
        "count": None,
        "next": asked.address(path, cursor=keys[asked.per_page - 1]) if onward else None,
        "previous": None,
        **more,
        "results": results,
    }


def keys_after[Row: Model](rows: QuerySet[Row], asked: Asked, by: str = "pk") -> list[int]:
    """Keys behind the cursor, one more than fit; `by` is a column that never changes and is unique."""
    after = rows.filter(**{f"{by}__gt": asked.cursor or 0}).order_by(by)
    return list(after.values_list(by, flat=True)[: asked.per_page + 1])


class Figure(serializers.Serializer[Any]):
    """A value that is never bare: what it is of, where it was read, or why it is missing."""

    value = serializers.FloatField(allow_null=True, help_text="Null where it is missing; never 0 for that.")
    missing = serializers.CharField(allow_null=True, help_text="Why there is no value.")
    unit = serializers.CharField()
    period = serializers.CharField(allow_null=True)
    source = serializers.CharField(allow_null=True)  # type: ignore[assignment]  # DRF takes the fields away
    release = serializers.CharField(allow_null=True)


class Part(serializers.Serializer[Any]):
    """A page or a part of a list."""

    count = serializers.IntegerField(allow_null=True, help_text="Of numbered pages; null in a copy.")
    next = serializers.CharField(allow_null=True, help_text="The address of what follows.")
    previous = serializers.CharField(allow_null=True)


class ErrorLine(serializers.Serializer[Any]):
    key = serializers.CharField()
    message = serializers.CharField()


class BadValueData(serializers.Serializer[Any]):
    """Which values cannot be used, and what to write instead."""

    detail = serializers.CharField()
    errors = ErrorLine(many=True)  # type: ignore[assignment]  # DRF takes the fields away


class Problem(serializers.Serializer[Any]):
    """What is wrong, as a sentence."""

    detail = serializers.CharField()


PARAMETERS: Final = [
    OpenApiParameter("page", str, description="A numbered page, from 1.", pattern="^[1-9][0-9]{0,4}$"),
    OpenApiParameter(
        "per_page",
        str,
        description=f"Rows a page, 1 to {MOST_PER_PAGE}; {PER_PAGE} if empty.",
        pattern="^([1-9][0-9]?|100)$",
    ),
    OpenApiParameter(
        "cursor",
        str,
        description="start, for a whole copy; then follow the address in next. Not with page.",
        pattern="^(start|[1-9][0-9]{0,17})$",
    ),
]
UPDATED_SINCE: Final = OpenApiParameter(
    "updated_since",
    OpenApiTypes.DATETIME,
    description="Rows that changed at this moment, or date (UTC), or later, as a copy. Not with page.",
)


def answers(
    data: type[serializers.Serializer[Any]], *, of_list: bool = True
) -> dict[int, type[serializers.Serializer[Any]]]:
    """What an address may answer, for the schema."""
    found: dict[int, type[serializers.Serializer[Any]]] = {200: data, 404: Problem, 429: Problem}
    return found | {400: BadValueData} if of_list else found
