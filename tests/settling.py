"""What the first request after a change of listings does once, whichever page it asks for."""

from listings.index.current import answer
from listings.wanted import Wanted


def settle() -> None:
    """Reads into memory what changed, so that a test counts the queries of a page alone."""
    answer(Wanted())
