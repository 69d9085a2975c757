"""What makes an editor look twice: reasons in words, each with its weight. It decides nothing."""

from datetime import datetime

from listings.models import Submission


def assess(sent: Submission, *, at: datetime | None = None) -> tuple[int, list[str]]:
    """The risk from 0 to 100 and its reasons."""
    found: list[tuple[int, str]] = []
    return min(100, sum(weight for weight, _ in found)), [reason for _, reason in found]
