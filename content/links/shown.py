"""Which cited addresses readers may follow."""

from functools import cached_property

from django.http import HttpRequest

from content.lib.addresses import normal
from content.models import CitedLink


class Withheld:
    """The addresses that drifted and wait for an editor: one query, once an address is held against them."""

    @cached_property
    def _addresses(self) -> frozenset[str]:
        return frozenset(CitedLink.objects.unlinked().values_list("address", flat=True))

    def __contains__(self, address: object) -> bool:
        return bool(address) and normal(str(address)) in self._addresses

    def shown(self, address: str) -> str:
        """The address, or nothing where readers get no link."""
        return "" if address in self else address


def withheld_for(request: HttpRequest) -> Withheld:
    """One for each request, so that a page asks once."""
    found: Withheld | None = getattr(request, "withheld", None)
    if found is None:
        found = request.withheld = Withheld()  # type: ignore[attr-defined]  # the request is the page's memory
    return found
