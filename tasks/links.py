"""Looks at the sites that are cited."""

from datetime import datetime

from django.conf import settings

from content.links import checking, gathering
from content.links.control import OurFault
from content.models import CitedLink
from listings import websites
from tasks.job import Counts, Renew, Skipped


def check_links(renew: Renew, at: datetime | None) -> Counts:
    """Gathers what is cited and looks at what is due."""
    _need_network()
    gathered = gathering.gather(websites.cited(), renew, at)
    try:
        return gathered | checking.check_due(renew, at)
    except OurFault as fault:
        raise Skipped(str(fault)) from None


def check_asked_links(renew: Renew, at: datetime | None) -> Counts:
    _need_network()
    try:
        return checking.check_asked(renew, at)
    except OurFault as fault:
        raise Skipped(str(fault)) from None


def may_ask(now: datetime) -> bool:
    """Without a network the timetable writes no run, not even a skipped one."""
    return bool(settings.NETWORK)


def some_asked(now: datetime) -> bool:
    return bool(settings.NETWORK) and CitedLink.objects.asked().exists()


def _need_network() -> None:
    if not settings.NETWORK:
        raise Skipped("network is off")
